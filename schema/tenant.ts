import { z } from 'zod';
import { expectedMonthSchema } from './expected-month';
import { amount, wholeNumber, wholeNumberOr } from './number-field';
import { referenceSchema } from './slug';
import { DATA_CLASSES, ISOLATION_MODES, SERVING_MODES, TENANT_STATES } from './vocabulary';

/** 3 to 24 characters: the longest name made of it (a bucket's) must stay within S3's 63. */
export const TENANT_ID_PATTERN = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
export const tenantIdSchema = z
  .string()
  .min(3)
  .max(24)
  .regex(TENANT_ID_PATTERN, 'lower-case letters, digits and single hyphens, beginning with a letter');

/** Ten years: no contract asks for more, and a slip in a number of days must not keep recordings of people for ever. */
export const RETENTION_MAX_DAYS = 3650;

const tenantDataSchema = z.strictObject({
  class: z
    .enum(DATA_CLASSES)
    .describe('Data class; its objects lie under `raw/<class>/`. The environment must have a pipeline that reads it.'),
  retentionDays: wholeNumber(
    "Days until raw objects of the class expire and are deleted; within the environment's bounds. A lower number deletes what is older " +
      'with the next deploy.',
    { unit: 'days', min: 1, max: RETENTION_MAX_DAYS },
  ),
});

const tenantLimitsSchema = z.strictObject({
  concurrentJobs: wholeNumberOr(
    4,
    'Most pipeline jobs at once over all pipelines, each of which gets its share and at least one. Each dedicated job can be a machine.',
    { unit: 'jobs', min: 1, max: 50 },
  ),
  gpus: wholeNumberOr(2, 'Most GPUs that its pods may hold at once; at least one job of each of its pipelines.', {
    unit: 'GPUs',
    min: 0,
    max: 64,
  }),
  cpu: wholeNumberOr(64, 'Most vCPUs that its pods may request at once; at least one job of each of its pipelines.', {
    unit: 'vCPUs',
    min: 1,
    max: 2000,
  }),
  memoryGiB: wholeNumberOr(
    256,
    'Most memory that its pods may request at once; at least one job of each of its pipelines.',
    { unit: 'GiB', min: 1, max: 16_000 },
  ),
});

/** One tenant: one YAML file, written by people and bots outside the platform team. */
export const tenantSchema = z.strictObject({
  id: tenantIdSchema.describe(
    'Id of the tenant, 3 to 24 lower-case letters, digits and single hyphens, by custom also the name of its file; part of every name in ' +
      'AWS and Kubernetes. Contract: another id is another tenant, with no data.',
  ),
  state: z
    .enum(TENANT_STATES)
    .describe(
      "What may happen with its data, from the deploy of the tenant's stack on. active: pipelines run. suspended: nothing runs or reads; " +
        'recordings still arrive, and their events wait 14 days at most; active undoes it. erasing: the eraser alone is admitted, and no ' +
        "grant may name it; not to be undone. erased: no stack and no objects; the id goes to the environment's retiredTenantIds. " +
        'docs/decisions/0007-suspended-and-erasing.md',
    ),
  region: referenceSchema.describe(
    "AWS region where the contract keeps its data: must equal the environment's region. Cannot be changed later; a tenant moves by a new id " +
      'in another environment.',
  ),
  data: z.array(tenantDataSchema).min(1).describe('What it hands over, at least 1 class; each class at most once.'),
  models: z
    .array(referenceSchema)
    .default([])
    .describe(
      "Ids of per-tenant model types of the environment's catalogue, each at most once; each reads only what is handed over. Default " +
        'none: it uses the common models only.',
    ),
  isolation: z
    .enum(ISOLATION_MODES)
    .default('dedicated')
    .describe(
      'dedicated (default): nodes of its own while it works. shared: cheaper, nodes shared with other shared tenants.',
    ),
  serving: z
    .enum(SERVING_MODES)
    .default('shared')
    .describe(
      "shared (default): its models lie on servers beside others', each for its own tenant. dedicated: on servers of its own with copies of the " +
        'common models, a GPU or more of each engine while it calls them. A change moves its models, and no others.',
    ),
  limits: tenantLimitsSchema
    .prefault({})
    .describe(
      'Ceilings from which quota and limit range are derived. A ceiling costs nothing; what runs below it does.',
    ),
  monthlyBudgetUsd: amount(
    "Budget of what carries the tenant's tag, so not of its nodes: mails to alertEmail at 80 and 100 % of what was spent. It stops " +
      'nothing; the limits do.',
    { unit: 'US dollars a month', min: 1, max: 1_000_000 },
  ),
  expectedMonth: expectedMonthSchema
    .optional()
    .describe(
      "What a usual month brings, of classes that it hands over: `atoll cost` says what that costs, and nothing else reads it. Default the environment's.",
    ),
});
export type TenantInput = z.input<typeof tenantSchema>;
export type Tenant = z.output<typeof tenantSchema>;
