import { z } from 'zod';
import { wholeNumberOr } from './number-field';
import { slugSchema } from './slug';
import { BUCKET_PREFIXES, type DataClass, PIPELINES } from './vocabulary';

/**
 * The contract between the pod of a pipeline's Job, the worker in it (`services/pipeline-worker`) and the stages that the worker runs.
 * docs/decisions/0023-one-container-with-the-worker-and-its-stages.md
 */

/**
 * Seconds that a message is hidden from other workers. Short, with a heartbeat that renews it at every third: KEDA counts hidden messages
 * too, so after a crash a long one makes empty jobs at every poll.
 */
export const VISIBILITY_SECONDS = 180;
/** Receives after which a message is a dead letter. A node that goes away costs one, so that more than a few are forgiven. */
export const MAX_RECEIVES = 5;
/** Seconds between SIGTERM and SIGKILL of the pod: the notice that a spot machine gets, in which the worker returns its message. */
export const GRACE_SECONDS = 120;
/** Seconds of these that a stage has to write its checkpoint; what is left is for the upload. */
export const STAGE_GRACE_SECONDS = 60;

/** Files that one call may write, of all its stages together. */
export const OUTPUT_MAX_FILES = 10_000;
/** Bytes of them together: 64 GiB. */
export const OUTPUT_MAX_BYTES = 64 * 2 ** 30;
/**
 * Bytes of one file: 5 GiB, what S3 takes in one request.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/upload-objects.html (2026-11-26)
 */
export const FILE_MAX_BYTES = 5 * 2 ** 30;
/** Files and bytes of a checkpoint: what is left of the grace has to carry them. */
export const CHECKPOINT_MAX_FILES = 1_000;
export const CHECKPOINT_MAX_BYTES = 4 * 2 ** 30;

/** How a stage says what became of its input. Every other code, a signal and a timeout mean the same as `retry`. */
export const STAGE_EXITS = {
  /** The next stage may run. After SIGTERM it means an interruption, as every other code does. */
  done: 0,
  /** EX_DATAERR: this input can never be processed. The message becomes a dead letter without another run by this worker. */
  rejected: 65,
  /** EX_TEMPFAIL: the queue tries again later. */
  retry: 75,
} as const;

/** How the worker ends. Each but `drained` makes the Job a failed one; the messages are in the queue again. */
export const WORKER_EXITS = {
  drained: 0,
  /** EX_USAGE: its environment; every fault of it is on standard error. */
  environment: 64,
  /** EX_SOFTWARE: no answer of its queue or its bucket, after the SDK's own retries. */
  unreachable: 70,
  /** EX_TEMPFAIL: ended by SIGTERM or SIGINT. */
  interrupted: 75,
} as const;

/** One step of a pipeline: a command in the worker's own image. */
export const stageSchema = z.strictObject({
  name: slugSchema.describe('Its name in logs and in ATOLL_STAGE.'),
  command: z
    .array(z.string().min(1).max(4096))
    .min(1)
    .max(64)
    .describe('Program and arguments; no shell reads them. A relative program is looked for in PATH.'),
  timeoutSeconds: wholeNumberOr(3600, 'How long it may run on one input before it is ended, which counts as `retry`.', {
    unit: 'seconds',
    min: 1,
    max: 86_400,
  }),
});
export type Stage = z.output<typeof stageSchema>;

/** The stages of a pipeline in their order. Each has a name of its own. */
export const stagesSchema = z.array(stageSchema).min(1).max(10);

/** What the pod tells the worker, by variable; ATOLL_STAGES is a list in JSON there. */
export const workerEnvironmentSchema = z.strictObject({
  ATOLL_TENANT: slugSchema.describe('Id of the tenant.'),
  ATOLL_PIPELINE: z.enum(PIPELINES).describe('The data class, whose objects below `raw/<class>/` it reads.'),
  ATOLL_QUEUE_URL: z.string().regex(/^https?:\/\/\S+$/, 'the URL of a queue'),
  ATOLL_BUCKET: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'the name of a bucket'),
  ATOLL_ACCOUNT: z.string().regex(/^\d{12}$/, 'the 12 digits of the account that owns the bucket'),
  AWS_REGION: z.string().regex(/^[a-z]{2}(?:-[a-z]+)+-\d$/, 'a region such as us-east-1'),
  TMPDIR: z.string().regex(/^\//, 'an absolute path of a folder that can be written'),
  ATOLL_STAGES: stagesSchema,
});
export type WorkerEnvironment = z.output<typeof workerEnvironmentSchema>;

/** What the worker tells a stage, beside PATH, HOME, AWS_REGION, NVIDIA_*, CUDA_* and LD_LIBRARY_PATH of its own. No credentials. */
export interface StageVariables {
  readonly ATOLL_TENANT: string;
  readonly ATOLL_PIPELINE: DataClass;
  /** Name of this stage. */
  readonly ATOLL_STAGE: string;
  /** The object, as a file. It keeps its extension where that is 1 to 8 letters or digits. */
  readonly ATOLL_INPUT: string;
  /** 32 hexadecimal digits, the same for the same version of the same object. It has to be in the path of every output. */
  readonly ATOLL_INPUT_ID: string;
  /** For the columns `object_key`, `object_version` and `bytes` of `RECORD_COLUMNS`. The version is empty in a bucket without versions. */
  readonly ATOLL_OBJECT_KEY: string;
  readonly ATOLL_OBJECT_VERSION: string;
  readonly ATOLL_OBJECT_BYTES: string;
  /** When S3 had the object, ISO 8601 in UTC; for `recorded_at`. */
  readonly ATOLL_RECORDED_AT: string;
  /** Folder that the stages of this call share, and which goes with it. */
  readonly ATOLL_WORK: string;
  /** Folder whose files are put below `derived/<class>/` once every stage has ended with 0; see `outputs.ts` of the worker for the rules. */
  readonly ATOLL_OUTPUT: string;
  /** Folder that an interruption keeps for the next call of the same input. It is restored before the first stage, and empty without one. */
  readonly ATOLL_CHECKPOINT: string;
  /** A folder of this call. */
  readonly TMPDIR: string;
}

/** Where outputs of a class lie, with a slash at its end. */
export const outputsPrefix = (dataClass: DataClass): string => `${BUCKET_PREFIXES.derived}${dataClass}/`;

/** Days that a checkpoint is kept: longer than a queue keeps the message of a call that was interrupted, which is 14 at most. */
export const CHECKPOINT_DAYS = 15;

/** Where the checkpoints of a class lie, with a slash at its end. */
export const checkpointsPrefix = (dataClass: DataClass): string => `${BUCKET_PREFIXES.checkpoints}${dataClass}/`;
