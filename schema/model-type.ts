import { z } from 'zod';
import { slugSchema } from './slug';
import { DATA_CLASSES } from './vocabulary';

/** A kind of model that the environment trains and serves; its work is defined in the catalogue's own rooms. */
export const modelTypeSchema = z.strictObject({
  id: slugSchema.describe(
    "Id of the model type, 2 to 20 lower-case letters, digits and hyphens; tenants' files name it. Contract.",
  ),
  scope: z
    .enum(['common', 'tenant'])
    .describe(
      "'common': one model for all tenants. 'tenant': one model for each tenant that lists it, trained on that tenant's data alone.",
    ),
  reads: z
    .array(z.enum(DATA_CLASSES))
    .min(1)
    .describe(
      'Data classes that it may be trained on and read, at least 1; a tenant that lists it must hand over all of them.',
    ),
  description: z.string().min(10).max(300).describe('One sentence for people, 10 to 300 characters.'),
});
export type ModelType = z.output<typeof modelTypeSchema>;
