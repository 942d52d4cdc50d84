import type { Environment } from './model';
import type { ClusterName, Pipeline } from './vocabulary';

/**
 * Every name that two rooms must agree on. Stacks and charts meet at names, never at tokens or exports; so a name is made here
 * only, and changing one of these functions renames or replaces things that hold data.
 */
type Env = Pick<Environment, 'name' | 'region' | 'accounts'>;

const PREFIX = 'atoll';
const base = (env: Env): string => `${PREFIX}-${env.name}`;

export const stackNames = {
  platform: (cluster: ClusterName, room: string): string => `${cluster}-${room}`,
  tenant: (tenantId: string): string => `tenant-${tenantId}`,
};

export const tenantNames = {
  bucket: (env: Env, id: string): string => `${base(env)}-${id}-${env.accounts.production}`,
  bucketArn: (env: Env, id: string): string => `arn:aws:s3:::${tenantNames.bucket(env, id)}`,
  keyAlias: (env: Env, id: string): string => `alias/${PREFIX}/${env.name}/tenant/${id}`,
  role: (env: Env, id: string): string => `${base(env)}-tenant-${id}`,
  roleArn: (env: Env, id: string): string =>
    `arn:aws:iam::${env.accounts.production}:role/${tenantNames.role(env, id)}`,
  queue: (env: Env, id: string, pipeline: Pipeline): string => `${base(env)}-${id}-${pipeline}`,
  queueUrl: (env: Env, id: string, pipeline: Pipeline): string =>
    `https://sqs.${env.region}.amazonaws.com/${env.accounts.production}/${tenantNames.queue(env, id, pipeline)}`,
  queueArn: (env: Env, id: string, pipeline: Pipeline): string =>
    `arn:aws:sqs:${env.region}:${env.accounts.production}:${tenantNames.queue(env, id, pipeline)}`,
  deadLetterQueue: (env: Env, id: string): string => `${base(env)}-${id}-dead-letter`,
  logGroup: (env: Env, id: string): string => `/${PREFIX}/${env.name}/tenant/${id}`,
  budget: (env: Env, id: string): string => `${base(env)}-tenant-${id}`,
  namespace: (id: string): string => `tenant-${id}`,
  /** Service account in `flux-system` that Flux impersonates for the tenant's own layer; bound in the tenant's namespace only. */
  reconciler: (id: string): string => `tenant-${id}-reconciler`,
};

export const teamNames = {
  namespace: (team: string): string => `research-${team}`,
  localQueue: 'default',
  clusterQueue: (team: string): string => `team-${team}`,
};

export const roleNames = {
  ingest: (env: Env): string => `${base(env)}-ingest`,
  /** Made by the erasure stack; named in tenants' policies from the first day, so that an erasure needs no policy of its own. */
  eraser: (env: Env): string => `${base(env)}-eraser`,
  node: (env: Env, cluster: ClusterName): string => `${base(env)}-${cluster}-node`,
  systemNode: (env: Env, cluster: ClusterName): string => `${base(env)}-${cluster}-system-node`,
  nodeInstanceProfile: (env: Env, cluster: ClusterName): string => `${base(env)}-${cluster}-node`,
  karpenter: (env: Env, cluster: ClusterName): string => `${base(env)}-${cluster}-karpenter`,
  keda: (env: Env): string => `${base(env)}-production-keda`,
  fluxSource: (env: Env, cluster: ClusterName): string => `${base(env)}-${cluster}-flux-source`,
  deliveryHandler: (env: Env, cluster: ClusterName): string => `${base(env)}-${cluster}-delivery`,
  kubernetesHandler: (env: Env, cluster: ClusterName): string => `${base(env)}-${cluster}-kubernetes`,
};

export const arn = {
  role: (account: string, name: string): string => `arn:aws:iam::${account}:role/${name}`,
  cluster: (env: Env, cluster: ClusterName): string =>
    `arn:aws:eks:${env.region}:${env.accounts[cluster]}:cluster/${clusterNames.cluster(env, cluster)}`,
};

export const clusterNames = {
  cluster: (env: Env, cluster: ClusterName): string => `${base(env)}-${cluster}`,
  interruptionQueue: (env: Env, cluster: ClusterName): string => `${base(env)}-${cluster}-karpenter`,
  vpc: (env: Env, cluster: ClusterName): string => `${base(env)}-${cluster}`,
};

export const registryNames = {
  host: (env: Env, cluster: ClusterName): string => `${env.accounts[cluster]}.dkr.ecr.${env.region}.amazonaws.com`,
  repository: (env: Env, imageId: string): string => `${PREFIX}/${env.name}/${imageId}`,
  chartRepository: (env: Env, chartId: string): string => `${PREFIX}/${env.name}/charts/${chartId}`,
};

export const deliveryNames = {
  bucket: (env: Env, cluster: ClusterName): string => `${base(env)}-delivery-${cluster}-${env.accounts[cluster]}`,
  function: (env: Env, cluster: ClusterName): string => `${base(env)}-${cluster}-delivery`,
  functionArn: (env: Env, cluster: ClusterName): string =>
    `arn:aws:lambda:${env.region}:${env.accounts[cluster]}:function:${deliveryNames.function(env, cluster)}`,
  /** Keys in the delivery bucket; the same paths lie under `dist/k8s/<env>/<cluster>/`. */
  platformKey: (layer: string): string => `platform/${layer}.yaml`,
  teamKey: (team: string): string => `research/${team}.yaml`,
  tenantIndexKey: (id: string): string => `index/${id}.yaml`,
  tenantPlatformKey: (id: string): string => `tenants/${id}/platform/objects.yaml`,
  tenantWorkloadsKey: (id: string): string => `tenants/${id}/workloads/objects.yaml`,
};

/** SSM parameters by which a stack finds what has an id instead of a name (`{{resolve:ssm:…}}`, never an export). */
export const parameterNames = {
  s3Endpoint: (env: Env, cluster: ClusterName): string => `/${PREFIX}/${env.name}/${cluster}/s3-endpoint`,
  vpcId: (env: Env, cluster: ClusterName): string => `/${PREFIX}/${env.name}/${cluster}/vpc-id`,
};

export const networkNames = {
  /** Value of the `atoll:subnets` tag that Karpenter and the tenant pools select by. */
  isolatedSubnets: 'isolated',
  systemSubnets: 'system',
  subnetTag: 'atoll:subnets',
};

export const labels = {
  environment: 'atoll.dev/environment',
  owner: 'atoll.dev/owner',
  tenant: 'atoll.dev/tenant',
  team: 'atoll.dev/team',
  grant: 'atoll.dev/grant',
  pool: 'atoll.dev/pool',
  isolation: 'atoll.dev/isolation',
  /** A kubelet cannot set a label under `node-restriction.kubernetes.io` on its own node. */
  nodeTenant: 'atoll.node-restriction.kubernetes.io/tenant',
  /** Every label set has these three besides environment and owner. */
  name: 'app.kubernetes.io/name',
  partOf: 'app.kubernetes.io/part-of',
  managedBy: 'app.kubernetes.io/managed-by',
} as const;

export const tags = {
  environment: 'atoll:environment',
  tenant: 'atoll:tenant',
  owner: 'atoll:owner',
  room: 'atoll:room',
} as const;
