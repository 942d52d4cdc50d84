import { z } from 'zod';
import { clusterSchema } from './cluster';
import { connectedNetworkSchema } from './connected-network';
import { doorsSchema } from './doors';
import { environmentMonthSchema } from './expected-month';
import { modelTypeSchema } from './model-type';
import { nodePoolSchema } from './node-pool';
import { amount, wholeNumber } from './number-field';
import { pipelineSchema } from './pipeline';
import { researchTeamSchema } from './research-team';
import { roleArnSchema as roleArn } from './role-arn';
import { servingPoolSchema } from './serving-pool';
import { sourceSchema } from './source';
import { RETENTION_MAX_DAYS, tenantIdSchema } from './tenant';

export { clusterSchema, type Cluster } from './cluster';
export type { ConnectedNetworkSpec } from './connected-network';
export type { PeopleDoorSpec, ProductDoorSpec } from './doors';
export type { ModelType } from './model-type';
export type { PipelineSpec } from './pipeline';
export type { ResearchTeam } from './research-team';
export type { ServingPool } from './serving-pool';

const account = z.string().regex(/^\d{12}$/, 'an AWS account id: 12 digits');
const cidr = z.string().regex(/^\d{1,3}(\.\d{1,3}){3}\/1[6-8]$/, "an IPv4 block of /16 to /18 such as '10.16.0.0/16'");

const accountsSchema = z.strictObject({
  management: account.describe(
    'Management account of the organisation, 12 digits; environments may share it. Nothing is deployed to it: PREREQUISITES.md says what a ' +
      'person does there.',
  ),
  production: account.describe(
    "Account of the production cluster and of every tenant's bucket, key and role, 12 digits; no other environment's. Cannot be " +
      'changed later: it is part of the names of buckets.',
  ),
  research: account.describe(
    "Account of the research cluster and of the teams' roles, 12 digits; no other environment's. Cannot be changed later: another " +
      'account is another cluster.',
  ),
  audit: account.describe(
    'Account of the audit trail, 12 digits; environments may share it. No deploy of the platform has a role in it, on purpose.',
  ),
});

const networkSchema = z.strictObject({
  production: cidr.describe(
    "IPv4 block of the production cluster's VPC, /16 to /18, private, without overlap with any other VPC or the clients'. Every pod " +
      'takes an address, and a quarter of the block is for the pods of a zone: 4,096 addresses of a /18. Cannot be changed later.',
  ),
  research: cidr.describe(
    "IPv4 block of the research cluster's VPC, of the same form; without overlap with the production cluster's. Cannot be changed later.",
  ),
  connectedNetwork: connectedNetworkSchema
    .optional()
    .describe(
      'Where people reach the API servers from; it grants no right in a cluster, access entries do. ' +
        'Default none: no person reaches an API server.',
    ),
});

const retentionBoundsSchema = z.strictObject({
  minDays: wholeNumber('Fewest days that a tenant may ask for.', { unit: 'days', min: 1, max: RETENTION_MAX_DAYS }),
  maxDays: wholeNumber('Most days that a tenant may ask for; at least minDays. What is kept is paid by the day.', {
    unit: 'days',
    min: 1,
    max: RETENTION_MAX_DAYS,
  }),
});

export const environmentSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,10}[a-z0-9]$/, 'lower-case letters, digits and hyphens, 3 to 12 characters')
    .describe(
      'Name of the environment and of its folder, 3 to 12 lower-case letters, digits and hyphens; part of every name in AWS. Contract: ' +
        'cannot be changed later, since another name is another environment beside this one.',
    ),
  region: z
    .string()
    .regex(/^[a-z]{2}-[a-z]+-\d$/, "an AWS region such as 'eu-central-1'")
    .describe(
      'The one AWS region where all of it lives, one of schema/add-on-registry.ts. Cannot be changed later: buckets, keys and clusters ' +
        'stay where they were made, and tenants have contracts on it.',
    ),
  availabilityZones: z
    .array(z.string().regex(/^[a-z]{2}-[a-z]+-\d[a-f]$/, "a zone such as 'eu-central-1a'"))
    .min(2)
    .max(3)
    .describe(
      'Zones of the region, 2 or 3; written down because a synth looks nothing up. Their order is contract, since each has its part of the ' +
        'block: one may be added at the end, any other change replaces subnets. Each costs about 80 $ a month and VPC in endpoints (docs/decisions/0005-no-nat-no-public-subnets.md).',
    ),
  organizationId: z
    .string()
    .regex(/^o-[a-z0-9]{10,32}$/, "an AWS organisation id such as 'o-a1b2c3d4e5'")
    .describe('AWS organisation to which every principal that assumes a role from outside must belong.'),
  accounts: accountsSchema.describe('AWS account ids, four different ones.'),
  ingestPrincipal: roleArn.describe(
    'ARN of the product role that may assume the put-only `ingest` role and write `raw/`. In any account of the organisation; it must ' +
      'exist before the deploy.',
  ),
  imageMirrorPrincipal: roleArn.describe(
    'ARN of the one role that may assume the `image-mirror` roles of both accounts, and so the only way into the registries: of ' +
      "the platform's own pipeline, or of a person's sign-in. In any account of the organisation. No default; no cluster starts " +
      'before it has filled the registries.',
  ),
  network: networkSchema.describe(
    'IPv4 blocks of the two VPCs, not overlapping with each other or with another environment; the way in for people.',
  ),
  doors: doorsSchema
    .optional()
    .describe(
      'What listens for those outside of the clusters, inside of the VPCs; each door is paid by the hour. Default none: nothing does.',
    ),
  clusters: z
    .strictObject({
      production: clusterSchema.describe("The cluster of tenants' pipelines, of their training and of serving."),
      research: clusterSchema.describe('The cluster of research teams: workbenches and training on what grants open.'),
    })
    .describe('The two clusters, always paid: a control plane at 0.10 $/h and its system nodes each.'),
  nodePools: z
    .array(nodePoolSchema)
    .min(1)
    .max(30)
    .describe(
      'Node pools of both clusters, 1 to 30; names are unique. A pool without work has no machine and costs nothing.',
    ),
  pipelines: z
    .array(pipelineSchema)
    .min(1)
    .describe('At least 1 pipeline, and at most one per data class. A class without one cannot be handed over.'),
  models: z.array(modelTypeSchema).min(1).describe('The model catalogue, at least 1 type; ids are unique.'),
  servingPools: z
    .array(servingPoolSchema)
    .max(2)
    .default([])
    .describe(
      'Pools of model servers, one for each engine that the catalogue uses; a server without callers does not run. Where each model lies is ' +
        'in placement.lock.json. Default none: models are released, and none is served.',
    ),
  researchTeams: z
    .array(researchTeamSchema)
    .describe('Teams of the research cluster, each with a namespace of its own; [] for none.'),
  sources: z
    .array(sourceSchema)
    .max(50)
    .default([])
    .describe(
      "What research may mix with tenants' data by a grant that names it: shared corpora and relational sources, at most 50; ids are unique. " +
        'A corpus that is taken out keeps its bucket. Default none.',
    ),
  retention: z
    .strictObject({
      video: retentionBoundsSchema.describe('Bounds for raw video.'),
      audio: retentionBoundsSchema.describe('Bounds for raw audio.'),
      text: retentionBoundsSchema.describe('Bounds for raw text.'),
    })
    .describe(
      "Bounds of tenants' retentionDays per data class, days. A narrower bound refuses tenants that are beyond it.",
    ),
  logRetentionDays: z
    .literal([30, 90, 180, 365, 731])
    .default(365)
    .describe(
      'Days that log groups keep events, of the numbers that CloudWatch offers: 30, 90, 180, 365 or 731. A lower number deletes what is ' +
        'older. Default 365; NIST 800-53 AU-11 asks for a stated period.',
    ),
  monthlyBudgetUsd: amount(
    'Budget of each of the two accounts: mails at 80 and 100 % of what was spent. It stops nothing; the limits of node pools do.',
    { unit: 'US dollars a month', min: 1, max: 10_000_000 },
  ),
  expectedMonth: environmentMonthSchema
    .optional()
    .describe(
      'What a usual month is like: `atoll cost` says what that costs, and nothing else reads it. Default none: what work costs is not known.',
    ),
  alertEmail: z
    .email()
    .max(254)
    .describe('E-mail address that budgets and alarms go to; its owner confirms a subscription per account, once.'),
  runbookUrl: z
    .string()
    .regex(/^https:\/\/[^\s#]{1,248}$/, 'an https address without an anchor, at most 256 characters')
    .optional()
    .describe(
      "Address under which people read docs/runbook.md, https, without an anchor, at most 256 characters; each alarm's description ends with it " +
        'and the anchor of its article. Default none: alarms say docs/runbook.md and the anchor.',
    ),
  retiredTenantIds: z
    .array(tenantIdSchema)
    .default([])
    .describe(
      'Ids of erased tenants, each once: never used again, since evidence names them for years. An id is added with the state erased ' +
        'and never taken out. Default none.',
    ),
});

/** An environment as its `index.ts` writes it, before defaults. */
export type EnvironmentInput = z.input<typeof environmentSchema>;
/** The fields of `index.ts` with defaults filled in. */
export type EnvironmentConfig = z.output<typeof environmentSchema>;
