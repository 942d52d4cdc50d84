import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Stage, StageVariables, WorkerEnvironment } from '../../schema/pipeline-job';
import type { Bucket } from './bucket';
import { Checkpoint } from './checkpoint';
import { Closed, kindOf } from './errors';
import { RuleBroken } from './files';
import type { Report } from './log';
import type { Call } from './message';
import { outputsOf, uploadOutputs } from './outputs';
import { runStage, type StageEnd } from './stage';
import { stageVariables } from './stage-variables';

/** What became of a call. `gone`: the object is no more, or a newer version has a message of its own. `retry`: the queue tries again. `rejected`: nobody has to. */
export type CallEnd = StageEnd | 'gone';

export interface CallContext {
  readonly environment: WorkerEnvironment;
  /** Of the worker, for the stages. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly bucket: Bucket;
  readonly report: Report;
  /** Fires when the worker is told to end. */
  readonly stop: AbortSignal;
  /** Fires when no time is left for uploads of a worker that was told to end. */
  readonly deadline: AbortSignal;
  /** Fires when the message is another's. */
  readonly lost: AbortSignal;
  readonly stageGraceSeconds: number;
}

/** 32 hexadecimal digits, the same for the same version of the same object. */
export function inputId(bucket: string, key: string, version: string): string {
  return createHash('sha256')
    .update(JSON.stringify([bucket, key, version]))
    .digest('hex')
    .slice(0, 32);
}

/** Works on one object in a folder of its own, which goes with the call. @throws Unreachable */
export async function runCall(context: CallContext, call: Call): Promise<CallEnd> {
  const folder = await mkdtemp(join(context.environment.TMPDIR, 'call-'));
  try {
    return await inFolder(context, call, folder);
  } catch (error) {
    if (context.lost.aborted) return 'abandoned';
    if (context.stop.aborted) return 'interrupted';
    if (error instanceof Closed) {
      context.report('closed', {});
      return 'retry';
    }
    if (error instanceof RuleBroken) {
      context.report('broken', { fault: error.message });
      return 'rejected';
    }
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function inFolder(context: CallContext, call: Call, folder: string): Promise<CallEnd> {
  const { bucket, environment, report, lost } = context;
  const dataClass = environment.ATOLL_PIPELINE;
  const [work, output, checkpointed, temporary] = ['work', 'output', 'checkpoint', 'tmp'].map((name) =>
    join(folder, name),
  ) as [string, string, string, string];
  for (const each of [work, output, checkpointed, temporary]) await mkdir(each);
  const input = join(folder, `input${plainExtension(call.key)}`);
  const untilStopped = AbortSignal.any([lost, context.stop]);
  const got = await bucket.download(call.key, call.version, input, untilStopped);
  if (got === undefined) return 'gone';
  const id = inputId(bucket.name, call.key, got.version);
  const checkpoint = new Checkpoint(bucket, dataClass, id, checkpointed);
  const restored = await checkpoint.restore(untilStopped);
  report('downloaded', { bytes: got.bytes, restored });
  const variables: Omit<StageVariables, 'ATOLL_STAGE'> = {
    ATOLL_TENANT: environment.ATOLL_TENANT,
    ATOLL_PIPELINE: dataClass,
    ATOLL_INPUT: input,
    ATOLL_INPUT_ID: id,
    ATOLL_OBJECT_KEY: call.key,
    ATOLL_OBJECT_VERSION: got.version,
    ATOLL_OBJECT_BYTES: String(got.bytes),
    ATOLL_RECORDED_AT: call.recordedAt,
    ATOLL_WORK: work,
    ATOLL_OUTPUT: output,
    ATOLL_CHECKPOINT: checkpointed,
    TMPDIR: temporary,
  };
  const end = await runStages(context, variables, work);
  const untilDeadline = AbortSignal.any([lost, context.deadline]);
  if (end === 'interrupted') await save(checkpoint, context, untilDeadline);
  if (end !== 'done') return end;
  const files = await outputsOf(output, dataClass, id);
  await uploadOutputs(bucket, dataClass, files, untilDeadline);
  report('uploaded', { files: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) });
  await checkpoint.clear(untilDeadline);
  return 'done';
}

async function runStages(
  context: CallContext,
  variables: Omit<StageVariables, 'ATOLL_STAGE'>,
  folder: string,
): Promise<StageEnd> {
  const run = (stage: Stage): ReturnType<typeof runStage> =>
    runStage({
      stage,
      variables: stageVariables(context.variables, { ...variables, ATOLL_STAGE: stage.name }),
      folder,
      stop: context.stop,
      lost: context.lost,
      graceSeconds: context.stageGraceSeconds,
    });
  for (const stage of context.environment.ATOLL_STAGES) {
    const { end, code, seconds } = await run(stage);
    context.report('stage', { stage: stage.name, end, code, seconds });
    if (end !== 'done') return end;
  }
  return 'done';
}

/** A checkpoint that cannot be kept costs the work of this run, and must not keep the message from being returned. */
async function save(checkpoint: Checkpoint, { report }: CallContext, signal: AbortSignal): Promise<void> {
  try {
    report('checkpoint', { files: await checkpoint.save(signal) });
  } catch (error) {
    report('checkpoint', { files: 0, fault: error instanceof RuleBroken ? error.message : kindOf(error) });
  }
}

/** What programs tell a kind of file by. Anything else of a key may be a tenant's words. */
function plainExtension(key: string): string {
  const extension = extname(key);
  return /^\.[A-Za-z0-9]{1,8}$/.test(extension) ? extension : '';
}
