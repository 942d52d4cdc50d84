import { z } from 'zod';
import { referenceSchema } from '../slug';
import { tenantIdSchema } from '../tenant';
import { DATA_CLASSES } from '../vocabulary';

/** What a training reads, by whose it is. */
export const trainingDataSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('tenant').describe("'tenant': what the tenant's own pipelines made, below `derived/`."),
    tenant: tenantIdSchema.describe('Id of the tenant whose data it is.'),
    classes: z
      .array(z.enum(DATA_CLASSES))
      .min(1)
      .describe('Classes of its data, at least 1, each once and each of those that the model type may be trained on.'),
  }),
  z.strictObject({
    kind: z.literal('grant').describe("'grant': all that a grant opens, since the training has its rights."),
    grant: referenceSchema.describe('Id of a grant of the environment, for model-training.'),
  }),
]);
export type TrainingData = z.output<typeof trainingDataSchema>;
