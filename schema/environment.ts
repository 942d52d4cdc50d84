import { z } from 'zod';
import { nodePoolSchema } from './node-pool';
import { roleArnSchema as roleArn } from './role-arn';
import { tenantIdSchema } from './tenant';
import { DATA_CLASSES, PIPELINES } from './vocabulary';

const account = z.string().regex(/^\d{12}$/, 'an AWS account id: 12 digits');
const cidr = z.string().regex(/^\d{1,3}(\.\d{1,3}){3}\/1[6-8]$/, "an IPv4 block of /16 to /18 such as '10.16.0.0/16'");
const clientCidr = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,3}){3}\/(1[2-9]|2\d|3[0-2])$/, "an IPv4 block of /12 to /32 such as '10.200.0.0/16'");
const slug = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,18}[a-z0-9]$/, 'lower-case letters, digits and hyphens, 2 to 20 characters');

/** One EKS cluster: 0.10 $/h in standard support, 0.60 $/h in extended support. */
export const clusterSchema = z.strictObject({
  kubernetesVersion: z
    .enum(['1.35', '1.36'])
    .default('1.36')
    .describe('Kubernetes minor version. Default 1.36, the newest that Karpenter 1.14 supports.'),
  systemNodes: z
    .strictObject({
      instanceType: z
        .string()
        .regex(/^[cmr]\d+g[dn]*\.(\d*x)?large$/, "a Graviton instance type of family c, m or r such as 'm7g.large'")
        .default('m7g.large')
        .describe('Arm instance type. Default m7g.large.'),
      min: z
        .number()
        .int()
        .min(2)
        .max(6)
        .default(2)
        .describe(
          'Nodes; they carry the controllers, are always paid, and must have room for all of them (schema/system-load.ts). Default 2.',
        ),
      max: z
        .number()
        .int()
        .min(2)
        .max(12)
        .default(4)
        .describe('Most nodes, for a person who raises the group in need: nothing grows it by itself. Default 4.'),
    })
    .prefault({})
    .describe('The managed node group for controllers: the only machines that never go.'),
  administrators: z
    .array(roleArn)
    .min(1)
    .describe('IAM roles (of the sign-in) with cluster-admin by an access entry. Break-glass: keep it short.'),
  viewers: z
    .array(roleArn)
    .default([])
    .describe("IAM roles that see every object but Secrets, and of pods' output the controllers' only. Default none."),
});
export type Cluster = z.output<typeof clusterSchema>;

export const researchTeamSchema = z.strictObject({
  id: slug.describe('Id of the team: its namespace is `research-<id>`. Contract.'),
  group: z
    .string()
    .regex(/^[\w.-]{3,64}$/, "a group name of the organisation's sign-in")
    .describe("Kubernetes group that the team's access entry maps to."),
  roleArn: roleArn.describe(
    "IAM role that the team's people assume by the organisation's sign-in, in the research account.",
  ),
  cpu: z.number().int().min(1).max(5000).describe('vCPUs guaranteed to the team before it borrows, count.'),
  memoryGiB: z.number().int().min(1).max(50_000).describe('Memory guaranteed before borrowing, GiB.'),
  gpus: z
    .number()
    .int()
    .min(0)
    .max(512)
    .describe('GPUs guaranteed before borrowing, count. Guaranteed is not running: an idle team costs nothing.'),
  monthlyBudgetUsd: z.number().min(1).describe('Budget, US dollars a month; alerts at 80 and 100 %.'),
});
export type ResearchTeam = z.output<typeof researchTeamSchema>;

/** A kind of model that the environment trains and serves; its work is defined in the catalogue's own rooms. */
export const modelTypeSchema = z.strictObject({
  id: slug.describe('Id of the model type. Contract.'),
  scope: z
    .enum(['common', 'tenant'])
    .describe("'common': one model for all tenants. 'tenant': one model per tenant that lists it."),
  reads: z.array(z.enum(DATA_CLASSES)).min(1).describe('Data classes that it may be trained on and read.'),
  description: z.string().min(10).describe('One sentence for people.'),
});
export type ModelType = z.output<typeof modelTypeSchema>;

export const pipelineSchema = z.strictObject({
  name: z.enum(PIPELINES).describe('The data class it reads.'),
  pool: z.string().describe('Name of the node pool on the production cluster for tenants with `dedicated` isolation.'),
  sharedPool: z.string().describe('Name of the node pool for tenants with `shared` isolation.'),
  image: z.string().describe('Id of an image of the image list.'),
  cpu: z.number().min(0.1).max(192).describe('vCPUs of one job, requested and limited.'),
  memoryGiB: z.number().min(0.25).max(2048).describe('Memory of one job, GiB, requested and limited.'),
  gpus: z.number().int().min(0).max(8).default(0).describe('GPUs of one job, count. Default 0.'),
  batchWindowSeconds: z
    .number()
    .int()
    .min(0)
    .max(900)
    .default(300)
    .describe(
      'Seconds calls are gathered before a machine boots for them. Default 300 (SQS delays a message at most 900).',
    ),
  maxRunSeconds: z
    .number()
    .int()
    .min(60)
    .max(86_400)
    .default(14_400)
    .describe('Most seconds of one job. Default 14,400 (4 h).'),
});
export type PipelineSpec = z.output<typeof pipelineSchema>;

/**
 * The organisation's network, from which people reach the API servers: EKS calls it the connected network.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html#private-access (2026-11-25)
 */
export const connectedNetworkSchema = z.strictObject({
  transitGatewayId: z
    .string()
    .regex(/^tgw-[0-9a-f]{17}$/, "a transit gateway id such as 'tgw-0123456789abcdef0'")
    .describe(
      'Transit gateway in the region, shared with both accounts before the first deploy (PREREQUISITES.md). A change replaces both ' +
        'attachments, and people are cut off meanwhile. An attachment costs 0.05 $/h, so 73 $ a month for both, and 0.02 $/GB.',
    ),
  cidrBlocks: z
    .array(clientCidr)
    .min(1)
    .max(20)
    .describe(
      "IPv4 blocks of the clients, such as VPN pools, as they arrive in the VPC: AWS Client VPN in a VPC's subnets puts their addresses " +
        "in place of its pool's. 1 to 20 blocks of /12 to /32, private, without overlap with a VPC or the addresses of Services.",
    ),
});
export type ConnectedNetworkSpec = z.output<typeof connectedNetworkSchema>;

export const environmentSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,10}[a-z0-9]$/, 'lower-case letters, digits and hyphens, 3 to 12 characters')
    .describe('Name of the environment and its folder; part of every name in AWS. Contract.'),
  region: z
    .string()
    .regex(/^[a-z]{2}-[a-z]+-\d$/, "an AWS region such as 'eu-central-1'")
    .describe('The one region where its data lives.'),
  availabilityZones: z
    .array(z.string().regex(/^[a-z]{2}-[a-z]+-\d[a-f]$/, "a zone such as 'eu-central-1a'"))
    .min(2)
    .max(3)
    .describe('Zones, 2 or 3; written down because a synth looks nothing up.'),
  organizationId: z
    .string()
    .regex(/^o-[a-z0-9]{10,32}$/, "an AWS organisation id such as 'o-a1b2c3d4e5'")
    .describe('Organisation that every principal must belong to.'),
  accounts: z
    .strictObject({ management: account, production: account, research: account, audit: account })
    .describe('AWS account ids, four different ones.'),
  ingestPrincipal: roleArn.describe('The product role that may assume the put-only `ingest` role and write `raw/`.'),
  imageMirrorPrincipal: roleArn.describe(
    'ARN of the one role that may assume the `image-mirror` roles of both accounts, and so the only way into the registries: of ' +
      "the platform's own pipeline, or of a person's sign-in. In any account of the organisation. No default; no cluster starts " +
      'before it has filled the registries.',
  ),
  network: z
    .strictObject({
      production: cidr,
      research: cidr,
      connectedNetwork: connectedNetworkSchema
        .optional()
        .describe(
          'Where people reach the API servers from; it grants no right in a cluster, access entries do. ' +
            'Default none: no person reaches an API server.',
        ),
    })
    .describe(
      'IPv4 blocks of the two VPCs, not overlapping with each other or with another environment; the way in for people.',
    ),
  clusters: z.strictObject({ production: clusterSchema, research: clusterSchema }).describe('The two clusters.'),
  nodePools: z.array(nodePoolSchema).min(1).max(30).describe('Node pools of both clusters; names are unique.'),
  pipelines: z.array(pipelineSchema).min(1).describe('At most one pipeline per data class.'),
  models: z.array(modelTypeSchema).min(1).describe('The model catalogue.'),
  researchTeams: z
    .array(researchTeamSchema)
    .describe('Teams of the research cluster, each with a namespace of its own.'),
  retention: z
    .strictObject(
      Object.fromEntries(
        DATA_CLASSES.map((c) => [
          c,
          z.strictObject({
            minDays: z.number().int().min(1).describe('Fewest days that a tenant may ask for.'),
            maxDays: z.number().int().max(3650).describe('Most days that a tenant may ask for.'),
          }),
        ]),
      ) as Record<(typeof DATA_CLASSES)[number], z.ZodObject<{ minDays: z.ZodNumber; maxDays: z.ZodNumber }>>,
    )
    .describe('Bounds of retention per data class, days.'),
  logRetentionDays: z
    .union([z.literal(30), z.literal(90), z.literal(180), z.literal(365), z.literal(731)])
    .default(365)
    .describe('Days that log groups keep events. Default 365; NIST 800-53 AU-11 asks for a stated period.'),
  monthlyBudgetUsd: z
    .number()
    .min(1)
    .describe('Budget of each of the two accounts, US dollars a month; alerts at 80 and 100 %.'),
  alertEmail: z.email().describe('Where budgets and alarms go.'),
  retiredTenantIds: z
    .array(tenantIdSchema)
    .default([])
    .describe('Ids of erased tenants: never used again, since evidence names them for years. Default none.'),
});

/** An environment as its `index.ts` writes it, before defaults. */
export type EnvironmentInput = z.input<typeof environmentSchema>;
/** The fields of `index.ts` with defaults filled in. */
export type EnvironmentConfig = z.output<typeof environmentSchema>;
