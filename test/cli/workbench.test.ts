import { describe, expect, test } from '@jest/globals';
import { createPublicKey } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { environmentNames, loadNamed } from '../../environments';
import { sealed } from '../../services/workbench/password';
import { atoll, failure } from '../support/command-line';
import { temporaryFolder } from '../support/temporary';

/** Any environment with a team and a pool of workbenches, and the first team of it. */
const [found] = environmentNames.flatMap((name) => {
  const env = loadNamed(name);
  const [team] = env.researchTeams;
  const pool = env.nodePools.some(({ workload, gpuLimit }) => workload === 'workbench' && gpuLimit === 0);
  return team === undefined || !pool ? [] : [{ name, team: team.id }];
});
if (found === undefined) throw new Error('environments: got no team with a pool of workbenches, allowed one; add one');
const { name, team } = found;
const WHERE = ['-e', name, '-t', team];
const START = ['workbench', 'start', ...WHERE, '-p', 'ada@example.com', '-k'];

interface Job {
  readonly metadata: { readonly name: string };
  readonly spec: { template: { spec: { containers: { env: { name: string; value: string }[] }[] } } };
}

describe('atoll workbench start', () => {
  const key = join(temporaryFolder(), 'key');
  const { status, stdout, stderr } = atoll([...START, key]);
  const job = parse(stdout) as Job;

  test('prints a Job, and how its person comes to it', () => {
    expect(status).toBe(0);
    expect(job).toMatchObject({
      kind: 'Job',
      metadata: { namespace: `research-${team}`, annotations: { 'atoll.dev/person': 'ada@example.com' } },
      spec: { suspend: true, template: { spec: { serviceAccountName: 'research' } } },
    });
    expect(job.metadata.name).toMatch(/^workbench-[0-9a-f]{8}$/);
    const own = `--namespace research-${team}`;
    expect(stderr.split('\n')).toEqual([
      `${job.metadata.name}: once its pod runs, in two terminals`,
      `  kubectl ${own} logs job/${job.metadata.name} | npx atoll workbench open --key ${key}`,
      `  kubectl ${own} port-forward job/${job.metadata.name} 8888:8888`,
      '',
    ]);
  });

  test('leaves a key that nobody else may read, and no secret in what it prints', () => {
    expect(statSync(key).mode & 0o777).toBe(0o600);
    expect(readFileSync(key, 'utf8')).toContain('PRIVATE KEY');
    expect(stdout + stderr).not.toMatch(/PRIVATE|[Pp]assword|token:/);
  });

  test('makes no Job where the key would replace a file, or the request is one that admission refuses', () => {
    const again = atoll([...START, key]);
    expect(again).toEqual(failure(`--key: got EEXIST of '${key}', allowed a file that is not there yet; name another`));
    const other = join(temporaryFolder(), 'key');
    expect(atoll([...START, other, '--hours', '100'])).toEqual(
      failure('--hours: got 100, allowed a whole number from 1 to 12; write one'),
    );
    expect(() => statSync(other)).toThrow(/ENOENT/);
  });

  test('makes a key by which open reads the password that the pod prints, the last of several', () => {
    const [container] = job.spec.template.spec.containers;
    const der = container?.env.find(({ name: variable }) => variable === 'ATOLL_PUBLIC_KEY')?.value ?? '';
    const publicKey = createPublicKey({ key: Buffer.from(der, 'base64'), format: 'der', type: 'spki' });
    const line = (password: string, kind = 'jupyter'): string =>
      `${JSON.stringify({ event: 'ready', kind, sealed: sealed(password, publicKey) })}\n`;
    const open = (input: string, file = key) => atoll(['workbench', 'open', '-k', file], { input });
    const printed = (stdoutOf: string) => ({ status: 0, stdout: stdoutOf, stderr: '' });
    expect(open(`${line('before')}{"event":"other"}\nno JSON\n${line('after')}`)).toEqual(
      printed('http://localhost:8888/lab?token=after\n'),
    );
    expect(open(line('word', 'code-server'))).toEqual(printed('http://localhost:8888/ asks for word\n'));
    expect(open('waiting\n')).toEqual(
      failure("standard input: got 'waiting ', allowed the output of a workbench; wait until its pod runs"),
    );
    const stranger = join(temporaryFolder(), 'stranger');
    writeFileSync(stranger, 'no key');
    expect(open(line('word'), stranger)).toEqual(
      failure(`--key: got '${stranger}', allowed the key that was made with this workbench; name that one`),
    );
  });
});

describe('atoll workbench list and stop', () => {
  test('print what kubectl is to be asked', () => {
    expect(atoll(['workbench', 'list', ...WHERE]).stdout).toBe(
      `kubectl --namespace research-${team} get jobs --selector app.kubernetes.io/name=workbench --output ` +
        "custom-columns='NAME:.metadata.name,PERSON:.metadata.annotations.atoll\\.dev/person,STARTED:.status.startTime'\n",
    );
    expect(atoll(['workbench', 'stop', ...WHERE, 'grant-some--workbench-0a1b2c3d']).stdout).toBe(
      `kubectl --namespace research-${team} delete job grant-some--workbench-0a1b2c3d\n`,
    );
  });

  test('take the name of nothing else', () => {
    for (const other of ['training-1', 'workbench-0a1b2c3d; rm', '--all', 'grant-a--dataset-0a1b2c3d'])
      expect(atoll(['workbench', 'stop', ...WHERE, '--', other])).toEqual(
        failure(`<name>: got '${other}', allowed the name of a workbench; take it from 'atoll workbench list'`),
      );
  });
});
