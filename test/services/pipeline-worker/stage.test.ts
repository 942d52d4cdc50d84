import { describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { StageVariables } from '../../../schema/pipeline-job';
import { secondsAfter } from '../../../services/pipeline-worker/drain';
import { isLostReceipt } from '../../../services/pipeline-worker/errors';
import { runStage, type StageResult, type StageRun } from '../../../services/pipeline-worker/stage';
import { stageVariables } from '../../../services/pipeline-worker/stage-variables';
import { TIMING } from '../../../services/pipeline-worker/timing';
import { temporaryFolder } from '../../support/temporary';
import { nodeStage } from './sample';

const never = new AbortController().signal;
const running = (script: string, over: Partial<StageRun> = {}, timeoutSeconds = 60): Promise<StageResult> =>
  runStage({
    stage: nodeStage('one', script, timeoutSeconds),
    variables: {},
    folder: temporaryFolder(),
    stop: never,
    lost: never,
    graceSeconds: 60,
    ...over,
  });

/** Runs a stage that is told something once it has written a file. */
async function told(
  script: string,
  what: 'stop' | 'lost',
  graceSeconds = 60,
): Promise<StageResult & { folder: string }> {
  const folder = temporaryFolder();
  const tell = new AbortController();
  const stage = running(script, { folder, [what]: tell.signal, graceSeconds });
  while (!existsSync(join(folder, 'ready'))) await wait(20);
  tell.abort();
  return { ...(await stage), folder };
}
const READY = "fs.writeFileSync('ready', ''); setInterval(() => {}, 1000);";

describe('a stage', () => {
  test.each([
    [0, 'done'],
    [65, 'rejected'],
    [75, 'retry'],
    [1, 'retry'],
    [64, 'retry'],
    [255, 'retry'],
  ])('that ends with %i is %s', async (code, end) => {
    expect(await running(`process.exit(${code})`)).toMatchObject({ end, code });
  });

  test('that a signal ends, that takes too long, or that is no program is tried again', async () => {
    expect(await running("process.kill(process.pid, 'SIGKILL')")).toMatchObject({ end: 'retry', code: 'SIGKILL' });
    expect(await running('setInterval(() => {}, 1000)', {}, 0.3)).toMatchObject({ end: 'retry', code: 'timeout' });
    const none = { stage: { name: 'one', command: ['no-such-program'], timeoutSeconds: 1 } };
    expect(await running('', none)).toMatchObject({ end: 'retry', code: 'ENOENT' });
    const odd = { variables: { A: 'a\0b' } };
    expect(await running('', odd)).toMatchObject({ end: 'retry', code: 'not started' });
  });

  test('has no shell: its arguments come as they are', async () => {
    const folder = temporaryFolder();
    const command = [process.execPath, '-e', "fs.writeFileSync('args', process.argv[1])", '$(id); *'];
    await running('', { folder, stage: { name: 'one', command, timeoutSeconds: 60 } });
    expect(readFileSync(join(folder, 'args'), 'utf8')).toBe('$(id); *');
  });

  test('that is told to end may write, and is interrupted whatever its code says', async () => {
    const { folder, ...ended } = await told(
      `process.on('SIGTERM', () => { fs.writeFileSync('late', ''); process.exit(0); }); ${READY}`,
      'stop',
    );
    expect(ended).toMatchObject({ end: 'interrupted', code: 0 });
    expect(existsSync(join(folder, 'late'))).toBe(true);
  });

  test('that does not listen is killed when its grace is over', async () => {
    const ended = await told(`process.on('SIGTERM', () => {}); ${READY}`, 'stop', 0.3);
    expect(ended).toMatchObject({ end: 'interrupted', code: 'SIGKILL' });
  });

  test('whose message is another’s is killed at once', async () => {
    const ended = await told(`process.on('SIGTERM', () => {}); ${READY}`, 'lost');
    expect(ended).toMatchObject({ end: 'abandoned', code: 'SIGKILL' });
  });

  test('does not start when that is known before', async () => {
    const over = AbortSignal.abort();
    expect(await running('', { stop: over })).toMatchObject({ end: 'interrupted', code: 'not started' });
    expect(await running('', { lost: over, stop: over })).toMatchObject({ end: 'abandoned', code: 'not started' });
  });

  test('leaves no process behind', async () => {
    const folder = temporaryFolder();
    const child =
      "const child = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);";
    await running(`${child} fs.writeFileSync('pid', String(child.pid)); process.exit(0);`, { folder });
    const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
    for (let i = 0; i < 100 && isAlive(pid); i++) await wait(20);
    expect(isAlive(pid)).toBe(false);
  });
});

/** A process that has ended and that nobody has asked for counts as gone. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !existsSync('/proc') || !/^State:\s*Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

test('a stage gets no credentials and nothing else of the worker’s environment but where programs and the GPU are', () => {
  const passed = {
    PATH: '/bin',
    HOME: '/scratch',
    AWS_REGION: 'r',
    NVIDIA_X: '1',
    CUDA_Y: '2',
    LD_LIBRARY_PATH: '/lib',
  };
  const kept = {
    AWS_CONTAINER_CREDENTIALS_FULL_URI: 'u',
    AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: 'f',
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 's',
    AWS_SESSION_TOKEN: 't',
    ATOLL_QUEUE_URL: 'q',
    ATOLL_STAGES: '[]',
    XPATH: 'x',
    NODE_OPTIONS: '--x',
    LD_PRELOAD: 'p',
  };
  const call = { ATOLL_STAGE: 'one', TMPDIR: '/scratch/call' } as StageVariables;
  expect(stageVariables({ ...passed, ...kept, TMPDIR: '/scratch' }, call)).toEqual({ ...passed, ...call });
});

test('a message that is not done is hidden by how often it came', () => {
  const after = (end: Parameters<typeof secondsAfter>[0]): number[] =>
    [1, 2, 3, 4, 5, 6].map((receives) => secondsAfter(end, { id: '', receipt: '', body: '', receives }, TIMING));
  expect(after('retry')).toEqual([10, 40, 160, 640, 0, 180]);
  expect(after('rejected')).toEqual([0, 0, 0, 0, 0, 180]);
  expect(after('refused')).toEqual([0, 0, 0, 0, 0, 180]);
  expect(after('interrupted')).toEqual([0, 0, 0, 0, 0, 0]);
});

test.each([
  ['ReceiptHandleIsInvalid', true],
  ['AWS.SimpleQueueService.MessageNotInflight', true],
  ['InvalidParameterValue', true],
  ['InvalidParameterValueException', true],
  ['AccessDenied', false],
  ['TimeoutError', false],
])('an error %s says that the receipt is lost: %s', (name, lost) => {
  expect(isLostReceipt(Object.assign(new Error(), { name }))).toBe(lost);
});
