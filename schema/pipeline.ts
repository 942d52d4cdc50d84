import { z } from 'zod';
import { amount, wholeNumberOr } from './number-field';
import { stagesSchema } from './pipeline-job';
import { referenceSchema } from './slug';
import { PIPELINES } from './vocabulary';

/** The batch pipeline of a data class, as every tenant that hands over the class has it. */
export const pipelineSchema = z.strictObject({
  name: z
    .enum(PIPELINES)
    .describe('The data class that it reads; tenants may hand over the classes of pipelines only.'),
  pool: referenceSchema.describe(
    'Name of the node pool on the production cluster for tenants with `dedicated` isolation: workload pipeline, segregation tenant, ' +
      'with room for one job.',
  ),
  sharedPool: referenceSchema.describe(
    'Name of the node pool on the production cluster for tenants with `shared` isolation: workload pipeline, segregation shared.',
  ),
  image: referenceSchema.describe('Id of the image of its jobs, one of those for pipelines in schema/images.ts.'),
  cpu: amount('What one job requests and may use at most. A node must have it besides its own overhead.', {
    unit: 'vCPUs',
    min: 0.1,
    max: 192,
  }),
  memoryGiB: amount('Memory that one job requests and may use at most; a job that takes more is killed.', {
    unit: 'GiB',
    min: 0.25,
    max: 2048,
  }),
  gpus: wholeNumberOr(0, 'GPUs of one job. With 0 its pools have none, since they would be paid and idle.', {
    unit: 'GPUs',
    min: 0,
    max: 8,
  }),
  stages: stagesSchema.describe(
    'What one job runs on each call, one after the other, 1 to 10: commands of its image. Names are unique in a pipeline.',
  ),
  batchWindowSeconds: wholeNumberOr(
    300,
    'How long calls are gathered before a machine boots for them: longer is cheaper and later. SQS delays a message at most 900.',
    { unit: 'seconds', min: 0, max: 900 },
  ),
  throughputPerHour: amount(
    'How much one job works through in an hour, without the boot of its machine: hours of media of video and audio, inputs of text. Your ' +
      'own measurement, for `atoll cost` alone. Where it is left out, what the pipeline costs is not known.',
    { unit: 'hours of media or inputs', min: 0.01, max: 1_000_000 },
  ).optional(),
  maxRunSeconds: wholeNumberOr(
    14_400,
    'How long one job may run before it is ended; its messages come back to the queue. A leaving node waits at most 24 h for it.',
    { unit: 'seconds', min: 60, max: 86_400 },
  ),
  promiseSeconds: wholeNumberOr(
    21_600,
    "How old a call may become before it is done or a dead letter: the batch window, a machine's boot and all calls ahead of it count. An " +
      'older one raises the alarm of its tenant, which costs 0.10 $ a month for each of its pipelines.',
    { unit: 'seconds', min: 1800, max: 604_800 },
  ),
});
export type PipelineSpec = z.output<typeof pipelineSchema>;
