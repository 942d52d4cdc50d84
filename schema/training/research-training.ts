import { z } from 'zod';
import { wholeNumberOr } from '../number-field';
import { referenceSchema } from '../slug';
import { trainingDataSchema } from './training-data';
import { trainingNameSchema, trainingSizeFields } from './training-size';

/** Most pods of one training: as many machines as come up together before the first of them has waited for half an hour. */
export const TRAINING_MAX_NODES = 16;

/** A training in research, as `atoll train` reads it: a file of whoever starts it, and of no environment. */
export const researchTrainingSchema = z.strictObject({
  name: trainingNameSchema
    .min(2)
    .max(16)
    .describe(
      'Name of the training, 2 to 16 lower-case letters, digits and single hyphens. Its checkpoints lie under it, so that the next Job of the same ' +
        'name goes on with them.',
    ),
  team: referenceSchema.describe('Id of the research team in whose namespace and queue it runs.'),
  model: referenceSchema.describe(
    "A common model type of the catalogue. A tenant's is trained in production, by the retrain flow.",
  ),
  data: trainingDataSchema
    .optional()
    .describe(
      'What it is trained on: a grant for model-training of the team that opens no more than the model type may be trained on. Default none: it runs ' +
        "with the team's own account, which reads no tenant's data.",
    ),
  image: z
    .string()
    .regex(
      /^[a-z0-9]+(?:[._-][a-z0-9]+)*:[\w][\w.-]{0,127}(?:@sha256:[0-9a-f]{64})?$/,
      "an image of the environment's own registry, '<name>:<tag>', with its digest or without",
    )
    .describe(
      "Image, '<name>:<tag>' of the environment's own registry in research, whose tags are never moved; its digest may follow.",
    ),
  command: z
    .array(z.string().min(1).max(4096))
    .min(1)
    .max(64)
    .describe(
      'Program and arguments that `services/trainer` in the image runs; no shell reads them. `torchrun train.py` is enough: nodes and GPUs are told ' +
        'by variables.',
    ),
  pool: referenceSchema
    .optional()
    .describe('Node pool of the research cluster for training. Default the first one with enough GPUs.'),
  nodes: wholeNumberOr(
    1,
    'Pods, each on a machine of its own where it asks for all of its GPUs. They are admitted together or not at all.',
    {
      unit: 'pods',
      min: 1,
      max: TRAINING_MAX_NODES,
    },
  ),
  ...trainingSizeFields,
});
export type ResearchTrainingInput = z.input<typeof researchTrainingSchema>;
export type ResearchTraining = z.output<typeof researchTrainingSchema>;
