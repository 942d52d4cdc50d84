import { afterEach, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from '../../../services/trainer/run';
import { temporaryFolder } from '../../support/temporary';

const END = '2026-12-11T00:00:00Z';
const BEFORE = Date.parse('2026-12-01T00:00:00Z');
const bucket = 's3://atoll-sample-acme-222222222222';

const variables = (command: readonly string[], more: Readonly<Record<string, string | undefined>> = {}) => ({
  PATH: process.env['PATH'],
  ATOLL_TRAINING: 'acme-topics-2',
  ATOLL_MODEL: 'topics',
  ATOLL_COMMAND: JSON.stringify(command),
  ATOLL_DATA: JSON.stringify([{ place: `${bucket}/derived/text/`, account: '222222222222' }]),
  ATOLL_CHECKPOINTS: `${bucket}/trainings/acme-topics-2/`,
  ATOLL_CANDIDATE: `${bucket}/models/candidates/acme-topics-2/`,
  ATOLL_STORE_ACCOUNT: '222222222222',
  ATOLL_END: END,
  AWS_REGION: 'eu-central-1',
  HOME: '/scratch',
  TMPDIR: '/scratch',
  ...more,
});

const program = (text: string): string[] => [process.execPath, '-e', text];

interface Started {
  readonly code: Promise<number>;
  readonly lines: string[];
  readonly complaints: string[];
  readonly stop: AbortController;
}
let open: AbortController[] = [];
afterEach(() => {
  for (const each of open) each.abort();
  open = [];
});

function start(told: Readonly<Record<string, string | undefined>>, now = BEFORE, graceMilliseconds = 5000): Started {
  const stop = new AbortController();
  open.push(stop);
  const lines: string[] = [];
  const complaints: string[] = [];
  const code = run({
    variables: told,
    signal: stop.signal,
    now: () => now,
    write: (line) => lines.push(line),
    complain: (line) => complaints.push(line),
    graceMilliseconds,
  });
  return { code, lines, complaints, stop };
}

async function written(file: string): Promise<string> {
  for (let i = 0; i < 400; i++) {
    if (existsSync(file) && readFileSync(file, 'utf8') !== '') return readFileSync(file, 'utf8');
    await sleep(25);
  }
  throw new Error(`${file}: got nothing in ten seconds, expected a text`);
}

test('a command that ends with 0 is done, and was told everything', async () => {
  const file = join(temporaryFolder(), 'told');
  const text = `require('fs').writeFileSync(${JSON.stringify(file)}, process.env.ATOLL_CANDIDATE + process.env.ANYTHING)`;
  const { code, lines } = start(variables(program(text), { ANYTHING: '!' }));
  expect(await code).toBe(0);
  expect(readFileSync(file, 'utf8')).toBe(`${bucket}/models/candidates/acme-topics-2/!`);
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    { event: 'started', training: 'acme-topics-2', model: 'topics' },
    { event: 'exited', training: 'acme-topics-2', model: 'topics', code: 0 },
  ]);
});

test.each([
  [65, 65],
  [1, 70],
  [64, 70],
  [75, 70],
])('a command that ends with %d ends the container with %d', async (own, expected) => {
  expect(await start(variables(program(`process.exit(${own})`))).code).toBe(expected);
});

test('a command that a signal ends, or that is not there, is tried again', async () => {
  expect(await start(variables(program("process.kill(process.pid, 'SIGKILL')"))).code).toBe(70);
  const { code, lines } = start(variables(['no-such-program']));
  expect(await code).toBe(70);
  expect(lines.at(-1)).toContain('"failed":"spawn no-such-program ENOENT"');
});

test('a machine that goes away is told to the command and to what it has started, and no code of theirs counts', async () => {
  const file = join(temporaryFolder(), 'rank');
  const rank = `process.on('SIGTERM', () => { require('fs').appendFileSync(${JSON.stringify(file)}, ' stopped'); process.exit(0) }); setInterval(() => {}, 1000); require('fs').writeFileSync(${JSON.stringify(file)}, 'up')`;
  const launcher = `const c = require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(rank)}]); process.on('SIGTERM', () => {}); c.on('exit', () => process.exit(0))`;
  const { code, stop } = start(variables(program(launcher)));
  await written(file);
  stop.abort();
  expect(await code).toBe(75);
  expect(readFileSync(file, 'utf8')).toBe('up stopped');
});

test('a command that does not end is ended', async () => {
  const file = join(temporaryFolder(), 'up');
  const deaf = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); require('fs').writeFileSync(${JSON.stringify(file)}, 'up')`;
  const { code, stop, lines } = start(variables(program(deaf)), BEFORE, 200);
  await written(file);
  stop.abort();
  expect(await code).toBe(75);
  expect(lines.at(-1)).toContain('"killedBy":"SIGKILL"');
});

test('nothing starts after the end, and what runs then is ended', async () => {
  const file = join(temporaryFolder(), 'ran');
  const writes = program(`require('fs').writeFileSync(${JSON.stringify(file)}, 'ran'); setInterval(() => {}, 1000)`);
  const late = start(variables(writes), Date.parse(END));
  expect(await late.code).toBe(65);
  expect(existsSync(file)).toBe(false);
  expect(late.lines).toEqual([`{"event":"ended","training":"acme-topics-2","model":"topics","end":"${END}"}`]);
  expect(await start(variables(writes), Date.parse(END) - 1500).code).toBe(65);
});

test('every fault of the variables is said at once, and nothing is started', async () => {
  const { code, complaints, lines } = start(
    variables([], {
      ATOLL_DATA: 'derived/',
      ATOLL_CANDIDATE: 's3://bucket',
      ATOLL_TRAINING: undefined,
      AWS_REGION: 'somewhere',
    }),
  );
  expect(await code).toBe(64);
  expect(lines).toEqual([]);
  expect(complaints.join('\n').split('\n')).toEqual([
    "environment: ATOLL_CANDIDATE: got 's3://bucket', allowed s3://bucket/prefix/; change it to that form",
    'environment: ATOLL_COMMAND: got a list of 0, at least 1 in the list; add to it',
    "environment: ATOLL_DATA: got 'derived/', allowed a list in JSON; write it as JSON",
    'environment: ATOLL_TRAINING: got nothing, a text is required; add it',
    "environment: AWS_REGION: got 'somewhere', allowed a region such as us-east-1; change it to that form",
  ]);
});

test('a training without a bucket of its own is told none', async () => {
  const none = {
    ATOLL_DATA: '[]',
    ATOLL_MODEL: undefined,
    ATOLL_CHECKPOINTS: undefined,
    ATOLL_CANDIDATE: undefined,
    ATOLL_STORE_ACCOUNT: undefined,
    ATOLL_END: undefined,
  };
  expect(await start(variables(program('0'), none)).code).toBe(0);
});
