import { describe, expect, test } from '@jest/globals';
import { atoll, failure } from '../support/command-line';
import { ProjectCopy } from '../support/project-copy';
import { everything } from '../support/tree';

const project = new ProjectCopy().root;
const NAMES = 'allowed one, two; name one of them';

describe('a command line that cannot be right', () => {
  test.each([
    ['deploy', "error: unknown command 'deploy'", 'see atoll --help'],
    ['synth one', "error: too many arguments for 'synth'. Expected 0 arguments but got 1.", 'see atoll --help'],
    ['synth --tenent acme', "error: unknown option '--tenent'", '(Did you mean --tenant?)', 'see atoll --help'],
    [
      'synth -e one --today 2026-13-01',
      "error: option '--today <day>' argument '2026-13-01' is invalid. got '2026-13-01', allowed a day as YYYY-MM-DD",
      'see atoll --help',
    ],
    ['validate -e nope', `--env: got 'nope', ${NAMES}`],
    ['synth -e nope', `--env: got 'nope', ${NAMES}`],
    ['images mirror', `-c env=<name>: got nothing, ${NAMES}`],
    ['images mirror -c env=nope', `-c env=<name>: got 'nope', ${NAMES}`],
    ['images mirror -c en=one', "-c: got 'en=one', allowed env=<name>; remove it"],
    ['synth -t acme', "--tenant: got 'acme' without --env, allowed with --env; say which environment's tenant"],
    [
      'synth -e one -t nobody',
      "environments/one/tenants: tenant: got 'nobody', allowed one of the 2 tenants of the environment; name one of them",
    ],
  ])('atoll %s: one message, nothing written', (line, ...messages) => {
    const before = everything(project);
    expect(atoll(line.split(' '), { project })).toEqual(failure(...messages));
    expect(everything(project)).toEqual(before);
  });

  test('has a stack trace where it is asked for, before or behind the command', () => {
    const trace = new RegExp(`^Error: --env: got 'nope', ${NAMES}\n( {4}at .*\n)+$`);
    const traced = { status: 1, stdout: '', stderr: expect.stringMatching(trace) };
    expect(atoll(['--verbose', 'validate', '-e', 'nope'], { project })).toEqual(traced);
    expect(atoll(['validate', '-e', 'nope', '--verbose'], { project })).toEqual(traced);
  });
});
