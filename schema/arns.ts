import { bootstrapNames, clusterNames, type Env, stackNames } from './names';
import type { ClusterName } from './vocabulary';

const regional = (service: string, env: Env, cluster: ClusterName, rest: string): string =>
  `arn:aws:${service}:${env.region}:${env.accounts[cluster]}:${rest}`;

/**
 * ARNs of what has a name: by these one stack speaks of what another makes. The name comes from `names.ts`, or is a pattern of such
 * names.
 */
export const arn = {
  /** Of an account as a whole: in a policy of a resource it delegates to that account's own policies. */
  root: (account: string): string => `arn:aws:iam::${account}:root`,
  role: (account: string, name: string): string => `arn:aws:iam::${account}:role/${name}`,
  managedPolicy: (account: string, name: string): string => `arn:aws:iam::${account}:policy/${name}`,
  instanceProfile: (account: string, name: string): string => `arn:aws:iam::${account}:instance-profile/${name}`,
  bucket: (name: string): string => `arn:aws:s3:::${name}`,
  cluster: (env: Env, cluster: ClusterName): string =>
    regional('eks', env, cluster, `cluster/${clusterNames.cluster(env, cluster)}`),
  queue: (env: Env, cluster: ClusterName, name: string): string => regional('sqs', env, cluster, name),
  topic: (env: Env, cluster: ClusterName, name: string): string => regional('sns', env, cluster, name),
  function: (env: Env, cluster: ClusterName, name: string): string =>
    regional('lambda', env, cluster, `function:${name}`),
  logGroup: (env: Env, cluster: ClusterName, name: string): string =>
    regional('logs', env, cluster, `log-group:${name}`),
  /** Everything of CloudWatch Logs, as the service names itself when it assumes a role. */
  logs: (env: Env, cluster: ClusterName): string => regional('logs', env, cluster, '*'),
  deliveryStream: (env: Env, cluster: ClusterName, name: string): string =>
    regional('firehose', env, cluster, `deliverystream/${name}`),
  rule: (env: Env, cluster: ClusterName, name: string): string => regional('events', env, cluster, `rule/${name}`),
  repository: (env: Env, cluster: ClusterName, name: string): string =>
    regional('ecr', env, cluster, `repository/${name}`),
  /** Every key: a key's ARN is not known by name, so that its alias has to stand in a condition. */
  keys: (env: Env, cluster: ClusterName): string => regional('kms', env, cluster, 'key/*'),
  /** Of a secret; behind its name stand six characters of the service's. */
  secret: (env: Env, cluster: ClusterName, name: string): string =>
    regional('secretsmanager', env, cluster, `secret:${name}`),
  workGroup: (env: Env, cluster: ClusterName, name: string): string =>
    regional('athena', env, cluster, `workgroup/${name}`),
  /** Something of the catalogue of an account: `catalog`, `database/<name>`, `table/<database>/<name>`. */
  catalogue: (env: Env, cluster: ClusterName, rest: string): string => regional('glue', env, cluster, rest),
  /** Every key of the audit account, whose region is its own program's choice: the alias has to stand in a condition. */
  auditKeys: (env: Env): string => `arn:aws:kms:*:${env.accounts.audit}:key/*`,
  /** Every resource of a type of EC2's. */
  ec2: (env: Env, cluster: ClusterName, type: string): string => regional('ec2', env, cluster, `${type}/*`),
  /** Every stack of the environment in one of its accounts; behind the name stands an id that CloudFormation makes. */
  stacks: (env: Env, cluster: ClusterName): string =>
    regional('cloudformation', env, cluster, `stack/${stackNames.deployed(env, '*')}/*`),
  /** Every node group of a cluster; behind a group's name stands an id of EKS's. */
  nodeGroups: (env: Env, cluster: ClusterName): string =>
    regional('eks', env, cluster, `nodegroup/${clusterNames.cluster(env, cluster)}/*/*`),
  /** Every Auto Scaling group by which EKS runs a node group; a tag of EKS's says of which cluster. */
  nodeScalingGroups: (env: Env, cluster: ClusterName): string =>
    regional('autoscaling', env, cluster, 'autoScalingGroup:*:autoScalingGroupName/eks-*'),
  /** Of a target group; behind its name stands an id of the service's. */
  targetGroup: (env: Env, cluster: ClusterName, name: string): string =>
    regional('elasticloadbalancing', env, cluster, `targetgroup/${name}/*`),
  bootstrapStack: (env: Env, cluster: ClusterName): string =>
    regional('cloudformation', env, cluster, `stack/${bootstrapNames.stack}/*`),
};
