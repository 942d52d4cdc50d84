import { z } from 'zod';
import { referenceSchema } from '../slug';
import { tenantIdSchema } from '../tenant';
import { RETRAIN_REASONS } from '../vocabulary';
import { trainingDataSchema } from './training-data';
import { trainingNameSchema, trainingSizeFields } from './training-size';

/** At most this many days from `issued` to `expires`: longer than the longest run and its wait for machines, no standing order. */
export const TENANT_TRAINING_MAX_DAYS = 30;

const day = z.iso.date('a day as YYYY-MM-DD');

/**
 * One training of one tenant's model: the retrain flow's order, with a ticket. It is the only way to a training in a tenant's namespace, and is
 * run once. docs/decisions/0028-training.md
 */
export const tenantTrainingSchema = z.strictObject({
  id: trainingNameSchema
    .min(3)
    .max(20)
    .describe(
      'Id of the training, 3 to 20 lower-case letters, digits and single hyphens, by custom also the name of its file; its Job is `training-<id>`. ' +
        'Contract: each id is run once, and another run has another id.',
    ),
  tenant: tenantIdSchema.describe('Id of the tenant whose model it is; active.'),
  model: referenceSchema.describe("Model type of those in the tenant's file."),
  data: trainingDataSchema.describe('What it is trained on: classes of the same tenant, and of no other.'),
  ...trainingSizeFields,
  reason: z.enum(RETRAIN_REASONS).describe('Why, from the closed list.'),
  ticket: z
    .string()
    .regex(/^[A-Z][A-Z0-9]+-\d+$/, "a ticket such as 'MODEL-123'")
    .describe('The ticket in which it was asked for and approved; of no other training of the environment.'),
  requestedBy: z.email().max(254).describe('E-mail address of who asked for it.'),
  approver: z.email().max(254).describe('E-mail address of who approved it; not requestedBy, in capitals or not.'),
  issued: day.describe('First day, YYYY-MM-DD; not after the day on which it is added.'),
  expires: day.describe(
    `Last day, YYYY-MM-DD, at most ${TENANT_TRAINING_MAX_DAYS} days after issued. It does not start after it; by then its file has to be gone.`,
  ),
});
export type TenantTrainingInput = z.input<typeof tenantTrainingSchema>;
export type TenantTraining = z.output<typeof tenantTrainingSchema>;
