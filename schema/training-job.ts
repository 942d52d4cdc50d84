import { z } from 'zod';
import type { TenantModelType } from './model-type';
import { slugSchema } from './slug';

/**
 * The contract between the pod of a training's Job and the training in it, for a tenant's model and in research alike. The first process
 * of its container is `services/trainer`, which runs the command that trains. docs/decisions/0028-training.md
 */

/** Where a training writes while it runs; the root file system is read-only. It goes with the pod. */
export const TRAINING_SCRATCH = '/scratch';

/** Seconds between SIGTERM and SIGKILL: the notice that a spot machine gets, in which the training writes its checkpoint. */
export const TRAINING_GRACE_SECONDS = 120;

/** Longest run, hours: a node of a training pool waits that long for its pods when it has to leave. */
export const TRAINING_MAX_HOURS = 168;

/** Days that a checkpoint is kept: longer than the longest run, with its waits for machines between interruptions. */
export const TRAINING_CHECKPOINT_DAYS = 30;

/** TCP port on which the pod with index 0 lets the others meet. @see https://docs.pytorch.org/docs/stable/elastic/run.html (2026-11-26) */
export const RENDEZVOUS_PORT = 29_500;

/**
 * How a training ends. Every other code and a signal are a failure that another pod may mend, a few times; one that was interrupted begins with its
 * checkpoint. A machine that went away is no failure and is not counted.
 */
export const TRAINING_EXITS = {
  /** The candidate lies where ATOLL_CANDIDATE says, whole. */
  done: 0,
  /** EX_USAGE: the variables below; every fault of them is on standard error. The Job ends. */
  environment: 64,
  /** EX_DATAERR: this data can never be trained on, or ATOLL_END has passed. The Job ends. */
  rejected: 65,
  /** EX_TEMPFAIL: ended by SIGTERM, whatever the command made of it; the next pod begins with its checkpoint. */
  interrupted: 75,
} as const;

/** What trains a tenant's model of each form, as commands of the trainer's image. */
export const TRAINING_COMMANDS = {
  head: ['train-head'],
  vocabulary: ['train-vocabulary'],
  adapter: ['train-adapter'],
} as const satisfies Readonly<Record<TenantModelType['form'], readonly string[]>>;

/** Exit codes that the same Job would meet again. */
export const TRAINING_REFUSALS = [TRAINING_EXITS.environment, TRAINING_EXITS.rejected] as const;

/** A prefix of a bucket: `s3://bucket/some/prefix/`, with a slash at its end. */
const place = z.string().regex(/^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/(?:[^/\s]+\/)+$/, 's3://bucket/prefix/');
const account = z.string().regex(/^\d{12}$/, 'the 12 digits of an account');

/** What the pod tells the training, by variable. ATOLL_COMMAND and ATOLL_DATA are lists in JSON there. Credentials come from Pod Identity, by the SDK. */
export const trainingEnvironmentSchema = z.strictObject({
  ATOLL_TRAINING: slugSchema.describe('Name of the training.'),
  ATOLL_MODEL: slugSchema
    .optional()
    .describe('Model type of the catalogue that it makes a candidate of. Absent where it makes none.'),
  ATOLL_COMMAND: z
    .array(z.string().min(1).max(4096))
    .min(1)
    .max(64)
    .describe(
      'Program and arguments that train, in JSON; no shell reads them. A relative program is looked for in PATH.',
    ),
  ATOLL_DATA: z
    .array(z.strictObject({ place, account }))
    .describe(
      'All that it reads, in JSON: prefixes, each with the account that owns its bucket, for ExpectedBucketOwner. Empty where it reads nothing but ' +
        'what its image brings.',
    ),
  ATOLL_CHECKPOINTS: place
    .optional()
    .describe(
      'Where its checkpoints lie, `latest.json` last: an object that names the newest whole one. It may read and write there, and neither list ' +
        'nor delete. Absent where it has no bucket: it then begins anew.',
    ),
  ATOLL_CANDIDATE: place
    .optional()
    .describe('Where it writes its candidate, safetensors or ONNX and `lineage.json`. Absent where it has no bucket.'),
  ATOLL_STORE_ACCOUNT: account.optional().describe('Owner of the bucket of checkpoints and candidate.'),
  ATOLL_END: z.iso
    .datetime()
    .optional()
    .describe('First moment at which it must not run any more; it asks when it starts.'),
  AWS_REGION: z.string().regex(/^[a-z]{2}(?:-[a-z]+)+-\d$/, 'a region such as us-east-1'),
  HOME: z.literal(TRAINING_SCRATCH),
  TMPDIR: z.literal(TRAINING_SCRATCH),
});
export type TrainingEnvironment = z.output<typeof trainingEnvironmentSchema>;

/**
 * Besides, in research: what torchrun takes instead of arguments, so that `torchrun train.py` is the whole command.
 * JOB_COMPLETION_INDEX is Kubernetes' own.
 * @see https://github.com/pytorch/pytorch/blob/main/torch/distributed/argparse_util.py (PET_ and the argument's name; 2026-11-26)
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/#completion-mode (2026-11-26)
 */
export interface TorchrunVariables {
  /** Pods of the Job. */
  readonly PET_NNODES: string;
  /** GPUs of each pod, at least 1. */
  readonly PET_NPROC_PER_NODE: string;
  /** c10d: the pod with index 0 holds the store, and a pod that comes again joins. */
  readonly PET_RDZV_BACKEND: 'c10d';
  /** `<job>-0.workers:29500`. */
  readonly PET_RDZV_ENDPOINT: string;
  /** Name of the Job. */
  readonly PET_RDZV_ID: string;
  /** How often the agents begin anew together where one of them has ended. */
  readonly PET_MAX_RESTARTS: string;
}

/** A prefix to read, and who owns its bucket. */
export interface TrainingPlace {
  readonly place: string;
  readonly account: string;
}

/** `s3://` of a bucket and a prefix that ends with a slash. */
export const placeText = (bucket: string, prefix: string): string => `s3://${bucket}/${prefix}`;
