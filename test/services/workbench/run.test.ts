import { describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { WORKBENCH_EXITS, WORKBENCH_LOG } from '../../../schema/workbench';
import { run } from '../../../services/workbench/run';
import { temporaryFolder } from '../../support/temporary';
import { passwordOf, personKey, told } from './sample';

const key = personKey();

interface Ran {
  readonly code: number;
  readonly lines: readonly string[];
  readonly complaints: readonly string[];
  readonly home: string;
  /** The password that the server was given. */
  readonly password: string;
  readonly seconds: number;
}

/** Runs a server that is this script, in a home of its own. */
async function ran(
  script: string,
  more: Readonly<Record<string, string>> = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<Ran> {
  const home = temporaryFolder();
  const lines: string[] = [];
  const complaints: string[] = [];
  let given = '';
  const begun = performance.now();
  const code = await run({
    variables: told(home, key.publicKey, more),
    signal,
    write: (line) => lines.push(line),
    complain: (line) => complaints.push(line),
    graceSeconds: 0.5,
    server: (_, asked, password) => {
      given = password;
      return { program: process.execPath, args: ['-e', script], variables: { SECRET: password, AT: asked.HOME } };
    },
  });
  return { code, lines, complaints, home, password: given, seconds: (performance.now() - begun) / 1000 };
}

const FOREVER = 'setInterval(() => {}, 1000);';
const ended = ({ lines }: Ran): unknown => {
  const { event, why } = JSON.parse(lines.at(-1) ?? '') as Record<string, unknown>;
  return [event, why];
};

describe('a workbench', () => {
  test('that its server leaves ends with 0, and has printed nothing but a password for its person', async () => {
    const done = await ran('console.log("notes-of-a-customer.ipynb", process.env.SECRET); console.error("more");');
    expect([done.code, done.complaints, done.lines.length, ended(done)]).toEqual([0, [], 2, ['ended', 'idle']]);
    expect(passwordOf(done.lines[0], key.privateKey)).toBe(done.password);
    expect(done.password).toMatch(/^[\w-]{43}$/);
    expect(done.lines.join('\n')).not.toContain(done.password);
    const log = join(done.home, WORKBENCH_LOG);
    expect(readFileSync(log, 'utf8')).toBe(`notes-of-a-customer.ipynb ${done.password}\nmore\n`);
    expect(statSync(log).mode & 0o777).toBe(0o600);
  });

  test('has another password each time', async () => {
    expect((await ran('')).password).not.toBe((await ran('')).password);
  });

  test('whose server fails, or is not there, ends with 70', async () => {
    const failed = await ran('process.exit(3)');
    expect([failed.code, ended(failed)]).toEqual([WORKBENCH_EXITS.server, ['ended', 'server']]);
    const lines: string[] = [];
    const missing = await run({
      variables: told(temporaryFolder(), key.publicKey),
      signal: new AbortController().signal,
      write: (line) => lines.push(line),
      complain: (line) => lines.push(line),
      server: () => ({ program: 'no-such-server', args: [], variables: {} }),
    });
    expect([missing, lines.length]).toEqual([WORKBENCH_EXITS.server, 2]);
  });

  test('ends at the end of its time, although somebody is there, with 0', async () => {
    const over = await ran(FOREVER, { ATOLL_MAX_SECONDS: '1' });
    expect([over.code, ended(over)]).toEqual([0, ['ended', 'time']]);
    expect(over.seconds).toBeGreaterThan(0.9);
  });

  test('leaves no server that does not listen, and no process of it', async () => {
    const script =
      `require('node:child_process').spawn(process.execPath, ['-e', "process.on('SIGTERM', () => {}); setTimeout(() => ` +
      `require('node:fs').writeFileSync(process.env.AT + '/left', ''), 2500)"], { stdio: 'inherit' });` +
      `process.on('SIGTERM', () => {}); ${FOREVER}`;
    const over = await ran(script, { ATOLL_MAX_SECONDS: '1' });
    expect(over.code).toBe(0);
    await wait(3000 - Math.min(over.seconds * 1000, 1500));
    expect(existsSync(join(over.home, 'left'))).toBe(false);
  });

  test('that is told to end lets its server write what is open, and ends with 75', async () => {
    const stop = new AbortController();
    const script = `process.on('SIGTERM', () => { require('node:fs').writeFileSync(process.env.AT + '/saved', ''); process.exit(0); }); require('node:fs').writeFileSync(process.env.AT + '/up', ''); ${FOREVER}`;
    const going = ran(script, {}, stop.signal);
    await wait(1500);
    stop.abort();
    const done = await going;
    expect([done.code, ended(done)]).toEqual([WORKBENCH_EXITS.interrupted, ['ended', 'told']]);
    expect(existsSync(join(done.home, 'saved'))).toBe(true);
  });

  test('that was told to end before it began starts nothing', async () => {
    const done = await ran(`require('node:fs').writeFileSync(process.env.AT + '/up', '')`, {}, AbortSignal.abort());
    expect([done.code, ended(done), existsSync(join(done.home, 'up'))]).toEqual([75, ['ended', 'told'], false]);
  });
});

describe('an environment that is not one', () => {
  test('is said whole, with 64', async () => {
    const wrong = { ATOLL_WORKBENCH: 'rstudio', ATOLL_IDLE_SECONDS: '0', ATOLL_MAX_SECONDS: '1h', HOME: 'here' };
    const { code, complaints, lines } = await ran('', wrong);
    expect([code, lines]).toEqual([WORKBENCH_EXITS.environment, []]);
    expect(complaints.join('\n').split('\n')).toEqual([
      "environment: ATOLL_IDLE_SECONDS: got '0', allowed a whole number of seconds, 1 to 99999; change it to that form",
      "environment: ATOLL_MAX_SECONDS: got '1h', allowed a whole number of seconds, 1 to 99999; change it to that form",
      "environment: ATOLL_WORKBENCH: got 'rstudio', allowed 'jupyter' or 'code-server'; choose one of them",
      "environment: HOME: got 'here', allowed an absolute path of a folder that can be written; change it to that form",
    ]);
  });

  test.each([
    ['no key at all', 'A'.repeat(400)],
    ['a short one', personKey(2048).publicKey],
  ])('starts nothing for %s', async (_, ATOLL_PUBLIC_KEY) => {
    const { code, complaints, lines } = await ran('', { ATOLL_PUBLIC_KEY });
    expect([code, lines]).toEqual([WORKBENCH_EXITS.environment, []]);
    expect(complaints).toEqual([
      'environment: ATOLL_PUBLIC_KEY: got another key, allowed an RSA key of 3,072 bits or more; make the Job again',
    ]);
  });
});
