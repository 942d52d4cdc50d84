import { z } from 'zod';
import { DATA_CLASSES, ISOLATION_MODES, TENANT_STATES } from './vocabulary';

/** 3 to 24 characters: the longest name made of it (a bucket's) must stay within S3's 63. */
export const TENANT_ID_PATTERN = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
export const tenantIdSchema = z
  .string()
  .min(3)
  .max(24)
  .regex(TENANT_ID_PATTERN, 'lower-case letters, digits and single hyphens, beginning with a letter');

export const tenantDataSchema = z.strictObject({
  class: z.enum(DATA_CLASSES).describe('Data class; its objects lie under `raw/<class>/`.'),
  retentionDays: z
    .number()
    .int()
    .min(1)
    .describe("Days until raw objects of the class expire; within the environment's bounds."),
});

export const tenantLimitsSchema = z.strictObject({
  concurrentJobs: z
    .number()
    .int()
    .min(1)
    .max(50)
    .default(4)
    .describe(
      'Most pipeline jobs at once, count over all pipelines, each of which gets its share. Default 4. Each dedicated job can be a machine.',
    ),
  gpus: z.number().int().min(0).max(64).default(2).describe('Most GPUs its pods may hold at once, count. Default 2.'),
  cpu: z
    .number()
    .int()
    .min(1)
    .max(2000)
    .default(64)
    .describe('Most vCPUs its pods may request at once, count. Default 64.'),
  memoryGiB: z
    .number()
    .int()
    .min(1)
    .max(16_000)
    .default(256)
    .describe('Most memory its pods may request at once, GiB. Default 256.'),
});

/** One tenant: one YAML file, written by people and bots outside the platform team. */
export const tenantSchema = z.strictObject({
  id: tenantIdSchema.describe(
    'Id of the tenant, by custom also the name of its file; part of every name in AWS and Kubernetes. Contract.',
  ),
  state: z.enum(TENANT_STATES).describe('active, suspended, erasing or erased.'),
  region: z.string().describe("Where the contract keeps its data: must equal the environment's region."),
  data: z.array(tenantDataSchema).min(1).describe('What it hands over; each class at most once.'),
  models: z
    .array(z.string())
    .default([])
    .describe("Per-tenant model types of the environment's catalogue. Default none: it uses the common models only."),
  isolation: z
    .enum(ISOLATION_MODES)
    .default('dedicated')
    .describe(
      'dedicated (default): nodes of its own while it works. shared: cheaper, nodes shared with other shared tenants.',
    ),
  limits: tenantLimitsSchema.prefault({}).describe('Ceilings from which quota and limit range are derived.'),
  monthlyBudgetUsd: z.number().min(1).describe('Budget, US dollars a month; alerts at 80 and 100 %.'),
});
export type TenantInput = z.input<typeof tenantSchema>;
export type Tenant = z.output<typeof tenantSchema>;
