import { describe, expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { readWorkerEnvironment } from '../../../schema/read-worker-environment';
import type { Bucket } from '../../../services/pipeline-worker/bucket';
import { drain } from '../../../services/pipeline-worker/drain';
import { Closed } from '../../../services/pipeline-worker/errors';
import { TIMING } from '../../../services/pipeline-worker/timing';
import { temporaryFolder } from '../../support/temporary';
import { eventBody, eventRecord, nodeStage, VARIABLES } from './sample';

const WRITES = "fs.writeFileSync(process.env.ATOLL_OUTPUT + '/' + process.env.ATOLL_INPUT_ID, '');";

interface Drained {
  readonly interrupted: boolean;
  /** What the queue was asked, in order. */
  readonly asked: readonly string[];
}

/** Drains a queue of one message from a bucket that does as it is told. */
async function drained(
  bucket: Partial<Bucket>,
  signals: { readonly stop?: AbortSignal; readonly deadline?: AbortSignal } = {},
  visibility: number = TIMING.visibility,
  heldBy: () => boolean = () => true,
): Promise<Drained> {
  const never = new AbortController().signal;
  const asked: string[] = [];
  const messages = [
    { id: 'm', receipt: 'r', body: eventBody(eventRecord('raw/text/a', { version: 'v' })), receives: 1 },
  ];
  const stages = JSON.stringify([nodeStage('write', WRITES)]);
  const interrupted = await drain({
    environment: readWorkerEnvironment({ ...VARIABLES, TMPDIR: temporaryFolder(), ATOLL_STAGES: stages }),
    variables: {},
    bucket: {
      name: 'a-bucket',
      download: (_key: string, version: string, file: string) => {
        writeFileSync(file, 'abc');
        return Promise.resolve({ bytes: 3, version });
      },
      readText: () => Promise.resolve(undefined),
      upload: () => Promise.resolve(),
      ...bucket,
    } as unknown as Bucket,
    queue: {
      receive: () => Promise.resolve(messages.pop()),
      hide: (_, seconds) => {
        if (seconds !== visibility) asked.push(`hide ${seconds}`);
        return Promise.resolve(heldBy());
      },
      delete: () => {
        asked.push('delete');
        return Promise.resolve(true);
      },
    },
    report: () => undefined,
    stop: signals.stop ?? never,
    deadline: signals.deadline ?? never,
    timing: { ...TIMING, visibility },
  });
  return { interrupted, asked };
}

/** An upload that takes until it is broken off. */
const endless = (begun: () => void) => (_key: string, _file: string, _bytes: number, signal: AbortSignal) =>
  new Promise<void>((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(new Error('broken off'));
    });
    begun();
  });

describe('a worker that is told to end while it uploads', () => {
  test('finishes, and deletes the message', async () => {
    const stop = new AbortController();
    const upload = (): Promise<void> => {
      stop.abort();
      return Promise.resolve();
    };
    expect(await drained({ upload }, { stop: stop.signal })).toEqual({ interrupted: true, asked: ['delete'] });
  });

  test('breaks off when no time is left, and returns the message', async () => {
    const [stop, deadline] = [new AbortController(), new AbortController()];
    const upload = endless(() => {
      stop.abort();
      setTimeout(() => {
        deadline.abort();
      }, 50);
    });
    const signals = { stop: stop.signal, deadline: deadline.signal };
    expect(await drained({ upload }, signals)).toEqual({ interrupted: true, asked: ['hide 0'] });
  });
});

test('a worker that loses its message while it uploads breaks off, and neither deletes nor shows it', async () => {
  const upload = endless(() => undefined);
  expect(await drained({ upload }, {}, 3, () => false)).toEqual({ interrupted: false, asked: [] });
});

test.each<[name: string, bucket: Partial<Bucket>]>([
  ['read', { download: () => Promise.reject(new Closed()) }],
  ['written', { upload: () => Promise.reject(new Closed()) }],
])('an object that may not be %s is tried again later', async (_, bucket) => {
  expect(await drained(bucket)).toEqual({ interrupted: false, asked: ['hide 10'] });
});
