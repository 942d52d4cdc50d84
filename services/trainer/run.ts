import { readTrainingEnvironment } from '../../schema/read-training-environment';
import { EnvironmentFaults } from '../../schema/faults';
import { TRAINING_EXITS, TRAINING_GRACE_SECONDS, type TrainingEnvironment } from '../../schema/training-job';
import { type Ending, runCommand } from './command';

export interface RunProps {
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Aborts when the machine goes away. */
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Takes one line of JSON for each event. */
  readonly write: (line: string) => void;
  /** Takes one line for people. */
  readonly complain: (line: string) => void;
  /** @default - the notice that the pod gets, less what the container needs to end */
  readonly graceMilliseconds?: number;
}

/** Of the pod's notice, seconds that are left to end the container. */
const RESERVE_SECONDS = 10;
/** The longest time that a timer takes; no training runs that long. */
const TIMER_MAX_MILLISECONDS = 2 ** 31 - 1;
/** EX_SOFTWARE: whatever the command ended with, another pod may do better. */
const FAILED = 70;

/**
 * Runs a training under its contract.
 * @returns the exit code, one of TRAINING_EXITS or 70
 */
export async function run(props: RunProps): Promise<number> {
  const { variables, signal, now, write, complain } = props;
  const told = readOrComplain(variables, complain);
  if (told === undefined) return TRAINING_EXITS.environment;
  const left = told.ATOLL_END === undefined ? TIMER_MAX_MILLISECONDS : Date.parse(told.ATOLL_END) - now();
  const say = (event: string, more: object = {}): void => {
    write(JSON.stringify({ event, training: told.ATOLL_TRAINING, model: told.ATOLL_MODEL, ...more }));
  };
  if (left <= 0) {
    say('ended', { end: told.ATOLL_END });
    return TRAINING_EXITS.rejected;
  }
  const over = new AbortController();
  const timer = setTimeout(
    () => {
      over.abort();
    },
    Math.min(left, TIMER_MAX_MILLISECONDS),
  );
  say('started');
  const ending = await runCommand({
    command: told.ATOLL_COMMAND,
    variables,
    signal: AbortSignal.any([signal, over.signal]),
    graceMilliseconds: props.graceMilliseconds ?? (TRAINING_GRACE_SECONDS - RESERVE_SECONDS) * 1000,
  });
  clearTimeout(timer);
  const code = exitCode(ending, signal.aborted, over.signal.aborted);
  say('exited', { ...ending, code });
  return code;
}

/** After a signal no code counts: a command that wrote its checkpoint and ended with 0 looks like one that is done. */
function exitCode(ending: Ending, interrupted: boolean, over: boolean): number {
  if (over) return TRAINING_EXITS.rejected;
  if (interrupted) return TRAINING_EXITS.interrupted;
  const code = 'code' in ending ? ending.code : FAILED;
  return code === TRAINING_EXITS.done || code === TRAINING_EXITS.rejected ? code : FAILED;
}

function readOrComplain(
  variables: RunProps['variables'],
  complain: RunProps['complain'],
): TrainingEnvironment | undefined {
  try {
    return readTrainingEnvironment(variables);
  } catch (error) {
    if (!(error instanceof EnvironmentFaults)) throw error;
    complain(error.message);
    return undefined;
  }
}
