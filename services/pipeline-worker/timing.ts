import { GRACE_SECONDS, STAGE_GRACE_SECONDS, VISIBILITY_SECONDS } from '../../schema/pipeline-job';

/** Seconds that the worker goes by. Tests alone have others. */
export interface Timing {
  /** How long a message stays hidden without a heartbeat; 2 at least, since SQS counts whole seconds. */
  readonly visibility: number;
  /** How long one receive waits for a message; an empty one ends the worker. */
  readonly wait: number;
  /** Hiding before the first retry; see `retrySeconds`. */
  readonly retry: number;
  /** From SIGTERM to SIGKILL of a stage that is interrupted. */
  readonly stageGrace: number;
  /** From the signal to the moment at which the message is returned, uploaded or not. */
  readonly grace: number;
}

/** Seconds of the pod's grace that are left for the return of the message. */
const RETURN_SECONDS = 10;

export const TIMING: Timing = {
  visibility: VISIBILITY_SECONDS,
  // The longest of SQS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/best-practices-setting-up-long-polling.html (2026-11-26).
  wait: 20,
  retry: 10,
  stageGrace: STAGE_GRACE_SECONDS,
  grace: GRACE_SECONDS - RETURN_SECONDS,
};
