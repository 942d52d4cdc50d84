import { z } from 'zod';
import { amount, wholeNumber, wholeNumberOr } from './number-field';
import { QUOTAS } from './quotas';
import { referenceSchema } from './slug';
import { ENGINES } from './vocabulary';

/**
 * Characters by which the role of a server says that it reads one tenant's released models, at most: the ARN of `models/` in a bucket of 63
 * characters, the alias of a key of an environment of 12 and a tenant of 24, with quotes and commas.
 */
const CHARACTERS_PER_TENANT =
  'arn:aws:s3:::/models/*'.length +
  QUOTAS.bucketName.value +
  'alias/atoll//tenant/'.length +
  12 +
  24 +
  2 * '"",'.length;
/** What a policy says besides: statements, actions, conditions. An estimate on the large side. */
const CHARACTERS_BESIDE = 512;

/** A server's role names the tenants placed on it, in as many managed policies as a role has: more tenants cannot lie on one server. */
export const MOST_TENANTS_PER_SERVER =
  QUOTAS.managedPoliciesPerRole.value *
  Math.floor((QUOTAS.managedPolicyCharacters.value - CHARACTERS_BESIDE) / CHARACTERS_PER_TENANT);

/** Model servers of one engine: pods of one GPU each, which come up from zero when somebody asks for a model that lies on them. */
export const servingPoolSchema = z.strictObject({
  name: z
    .string()
    .regex(
      /^[a-z][a-z0-9-]{0,14}[a-z]$/,
      'lower-case letters, digits and hyphens, 2 to 16 characters that end in a letter',
    )
    .describe(
      'Name of the pool, 2 to 16 lower-case letters, digits and hyphens that end in a letter; its servers are `<name>-0` and so on. ' +
        'Contract: renaming it moves every model of it.',
    ),
  engine: z.enum(ENGINES).describe('What its servers run. An environment has at most one pool of each engine.'),
  nodePool: referenceSchema.describe(
    'Name of the node pool on the production cluster, of workload serving, whose GPUs they take.',
  ),
  maxServers: wholeNumber(
    'Most servers, each with one GPU; with those of other pools on the same node pool at most its gpuLimit. What does not fit is refused.',
    { unit: 'servers', min: 1, max: 512 },
  ),
  gpuMemoryPercent: wholeNumberOr(
    90,
    "Share of the GPU's memory that models may take; the rest is for CUDA and the engine. vLLM's gpu_memory_utilization is the same number.",
    { unit: 'percent', min: 50, max: 95 },
  ),
  coldStartSeconds: wholeNumberOr(
    480,
    'Declared budget of a cold start, from a pod that waits for a machine to a server that answers: node, image, weights, load. Less than they take ' +
      "together is refused. Startup probes end a server that takes longer, and the router's holdSeconds follows from it.",
    { unit: 'seconds', min: 60, max: 3000 },
  ),
  tenantsPerServer: wholeNumberOr(
    60,
    'Most tenants whose own models lie on one server: so many its role names, so many wait while it starts. More than 67 need a role with ' +
      'managed policies.',
    { unit: 'tenants', min: 1, max: MOST_TENANTS_PER_SERVER },
  ),
  expectedHours: amount(
    'Hours in which each of its servers runs in a usual month, with its starts and its wait for further callers; for `atoll cost` alone. ' +
      'Where it is left out, it is not known.',
    { unit: 'hours a month', min: 0, max: 744 },
  ).optional(),
});
export type ServingPool = z.output<typeof servingPoolSchema>;
