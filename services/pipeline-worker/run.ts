import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { EnvironmentFaults } from '../../schema/faults';
import { WORKER_EXITS } from '../../schema/pipeline-job';
import { readWorkerEnvironment } from '../../schema/read-worker-environment';
import { Bucket } from './bucket';
import { drain } from './drain';
import { kindOf, Unreachable } from './errors';
import { reporter } from './log';
import { sqsQueue } from './queue';
import { type Timing, TIMING } from './timing';

export interface RunOptions {
  /** The environment of the process, by `workerEnvironmentSchema`. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Fires when the pod is told to end. */
  readonly signal: AbortSignal;
  /** Takes a line of standard output. */
  readonly write: (line: string) => void;
  /** Takes a line of standard error. */
  readonly complain: (line: string) => void;
  /** @default - those of the pod: its region and its role */
  readonly clients?: { readonly s3: S3Client; readonly sqs: SQSClient };
  /** @default - TIMING */
  readonly timing?: Timing;
}

/** Drains one queue. @returns how the process is to end, one of WORKER_EXITS; it throws nothing */
export async function run(options: RunOptions): Promise<number> {
  const { variables, signal, timing = TIMING } = options;
  try {
    const environment = readWorkerEnvironment(variables);
    const { s3, sqs } = options.clients ?? clientsOf(environment.AWS_REGION);
    const report = reporter(environment.ATOLL_TENANT, environment.ATOLL_PIPELINE, options.write);
    report('started', { stages: environment.ATOLL_STAGES.length });
    const interrupted = await drain({
      environment,
      variables,
      bucket: new Bucket(s3, environment.ATOLL_BUCKET, environment.ATOLL_ACCOUNT),
      queue: sqsQueue({
        client: sqs,
        url: environment.ATOLL_QUEUE_URL,
        wait: timing.wait,
        visibility: timing.visibility,
      }),
      report,
      stop: signal,
      deadline: later(signal, timing.grace),
      timing,
    });
    return interrupted ? WORKER_EXITS.interrupted : WORKER_EXITS.drained;
  } catch (error) {
    if (error instanceof EnvironmentFaults) {
      options.complain(error.message);
      return WORKER_EXITS.environment;
    }
    // What another error says may name an object.
    options.complain(
      error instanceof Unreachable ? error.message : `worker: got ${kindOf(error)}, allowed no error; report it`,
    );
    return signal.aborted ? WORKER_EXITS.interrupted : WORKER_EXITS.unreachable;
  }
}

/** A request that hangs must not outlive its message: a receive takes 20 s, a part of an object that does not move 30 s. */
function clientsOf(region: string): { s3: S3Client; sqs: SQSClient } {
  const timeouts = { connectionTimeout: 5_000, socketTimeout: 30_000 };
  return {
    s3: new S3Client({ region, maxAttempts: 8, requestHandler: timeouts }),
    sqs: new SQSClient({ region, maxAttempts: 8, requestHandler: timeouts }),
  };
}

/** Fires so many seconds after another. */
function later(signal: AbortSignal, seconds: number): AbortSignal {
  const late = new AbortController();
  signal.addEventListener(
    'abort',
    () => {
      setTimeout(() => {
        late.abort();
      }, seconds * 1000).unref();
    },
    { once: true },
  );
  return late.signal;
}
