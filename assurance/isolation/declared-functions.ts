import { auditNames, evidenceNames } from '../../schema/audit-names';
import type { Environment } from '../../schema/model';
import { doorNames } from '../../schema/door-names';
import { bootstrapNames, deliveryNames, networkNames, roleNames, stackNames } from '../../schema/names';
import { hasDoors } from '../../schema/people-services';
import type { ClusterName } from '../../schema/vocabulary';
import { CLUSTERS } from '../../schema/vocabulary';
import { isValues, listOf } from '../output/values';
import {
  each,
  fields,
  free,
  just,
  like,
  reference,
  referred,
  type Rule,
  textAt,
  type PlacedResource,
} from './property-rules';

/** One function that is meant to be there, once. */
export interface DeclaredFunction {
  readonly who: string;
  /** Id of its stack. */
  readonly stack: string;
  /** Whether a role of its stack is the one that it runs as: by the role functions are told apart. */
  readonly runsAs: (role: PlacedResource) => boolean;
  /** What its properties are, but for its code and its role. */
  readonly rules: (self: PlacedResource) => Readonly<Record<string, Rule>>;
  /** Whether what calls it without waiting is said: once, and the answer to nobody. */
  readonly once: boolean;
}

/** Every function of an environment's stacks. */
export const declaredFunctions = (env: Environment): DeclaredFunction[] => [
  ...CLUSTERS.flatMap((cluster) => [delivery(env, cluster), kubernetes(env, cluster), framework(env, cluster)]),
  ledger(env),
  ...CLUSTERS.filter((cluster) => hasDoors(env, cluster)).map((cluster) => doorTargets(env, cluster)),
];

/** What of a function gives nobody a way. */
const FREE: Readonly<Record<string, Rule>> = {
  Architectures: free('the processor that it runs on'),
  Description: free('a text for people'),
  MemorySize: free('how much it may use'),
  Timeout: free('how long it may take'),
};

const node = like(/^nodejs\d+\.x$/);
const variables = (values: Readonly<Record<string, string>>): Rule => fields({ Variables: just(values) });
const named =
  (name: string): DeclaredFunction['runsAs'] =>
  ({ resource }) =>
    textAt(resource.Properties, 'RoleName') === name;

const delivery = (env: Environment, cluster: ClusterName): DeclaredFunction => ({
  who: 'delivery handler',
  stack: stackNames.platform(cluster, 'delivery'),
  runsAs: named(roleNames.deliveryHandler(env, cluster)),
  once: true,
  rules: () => ({
    ...FREE,
    FunctionName: just(deliveryNames.function(env, cluster)),
    Handler: just('index.handler'),
    Runtime: node,
    LoggingConfig: just({ LogGroup: deliveryNames.logGroup(env, cluster) }),
    Environment: variables({
      ATOLL_ACCOUNT: env.accounts[cluster],
      ATOLL_BUCKET: deliveryNames.bucket(env, cluster),
      ATOLL_ENVIRONMENT: env.name,
      ATOLL_PLATFORM_STACK: stackNames.deployed(env, stackNames.platform(cluster, 'delivery')),
      ATOLL_SOURCE_BUCKET: bootstrapNames.assetsBucket(env.accounts[cluster], env.region),
    }),
  }),
});

const ledger = (env: Environment): DeclaredFunction => ({
  who: 'grants ledger',
  stack: stackNames.platform('research', 'evidence'),
  runsAs: named(evidenceNames.ledger(env)),
  once: true,
  rules: () => ({
    ...FREE,
    FunctionName: just(evidenceNames.ledger(env)),
    Handler: just('evidence/handler/index.handler'),
    Runtime: node,
    LoggingConfig: just({ LogGroup: evidenceNames.ledgerLogGroup(env) }),
    Environment: variables({
      ATOLL_ACCOUNT: env.accounts.research,
      ATOLL_ARCHIVE_ACCOUNT: env.accounts.audit,
      ATOLL_ARCHIVE_BUCKET: auditNames.archiveBucket(env.accounts.audit),
      ATOLL_ENVIRONMENT: env.name,
      ATOLL_PREFIX: auditNames.ledgerPrefix(env),
      ATOLL_STACK: stackNames.deployed(env, stackNames.platform('research', 'evidence')),
    }),
  }),
});

const doorTargets = (env: Environment, cluster: ClusterName): DeclaredFunction => ({
  who: 'targets of the doors',
  stack: stackNames.platform(cluster, 'doors'),
  runsAs: named(doorNames.targets(env, cluster)),
  once: true,
  rules: () => ({
    ...FREE,
    FunctionName: just(doorNames.targets(env, cluster)),
    Handler: just('doors/handler/index.handler'),
    Runtime: node,
    LoggingConfig: just({ LogGroup: doorNames.targetsLogGroup(env, cluster) }),
  }),
});

/** CDK's, which talks to a cluster as its administrator. */
const kubernetes = (env: Environment, cluster: ClusterName): DeclaredFunction => ({
  who: 'Kubernetes handler',
  stack: stackNames.platform(cluster, 'cluster'),
  runsAs: named(roleNames.kubernetesHandler(env, cluster)),
  once: false,
  rules: (self) => ({
    ...FREE,
    Handler: just('index.handler'),
    Runtime: like(/^python3\.\d+$/),
    Environment: variables({ AWS_STS_REGIONAL_ENDPOINTS: 'regional' }),
    Layers: each(reference(self, 'AWS::Lambda::LayerVersion', {})),
    VpcConfig: inSystemSubnets(env, cluster, self),
  }),
});

/** CDK's, which calls the handler for CloudFormation. Its role has no name of ours: CDK's id tells it. */
const framework = (env: Environment, cluster: ClusterName): DeclaredFunction => ({
  who: 'framework of custom resources',
  stack: stackNames.platform(cluster, 'cluster'),
  runsAs: ({ id }) => /frameworkonEventServiceRole[0-9A-F]{8}$/.test(id),
  once: false,
  rules: (self) => ({
    ...FREE,
    Handler: just('framework.onEvent'),
    Runtime: node,
    LoggingConfig: just({ ApplicationLogLevel: 'FATAL', LogFormat: 'JSON' }),
    Environment: fields({
      Variables: fields({
        USER_ON_EVENT_FUNCTION_ARN: reference(self, 'AWS::Lambda::Function', {
          attribute: 'Arn',
          fits: (handler) => isRunAs(handler, kubernetes(env, cluster)),
        }),
      }),
    }),
    VpcConfig: inSystemSubnets(env, cluster, self),
  }),
});

/** Whether a function runs as the role of a declared one. */
export function isRunAs({ stack, resource }: PlacedResource, { runsAs }: Pick<DeclaredFunction, 'runsAs'>): boolean {
  const id = referred(resource.Properties?.['Role'], 'Arn');
  const role = id === undefined ? undefined : stack.template().Resources[id];
  return id !== undefined && role?.Type === 'AWS::IAM::Role' && runsAs({ stack, id, resource: role });
}

/** The cluster's own security group, and subnets of the cluster's network. */
const inSystemSubnets = (env: Environment, cluster: ClusterName, self: PlacedResource): Rule =>
  fields({
    SecurityGroupIds: (got, path) =>
      listOf(got).length === 1
        ? reference(self, 'AWS::EKS::Cluster', { attribute: 'ClusterSecurityGroupId' })(listOf(got)[0], `${path}[0]`)
        : [`${path}: got ${JSON.stringify(got)}, allowed the cluster's own group`],
    SubnetIds: each((got, path) => {
      const output: unknown = isValues(got) ? got['Fn::GetStackOutput'] : undefined;
      const network = stackNames.deployed(env, stackNames.platform(cluster, 'network'));
      const { StackName, OutputName, Region } = isValues(output) ? output : {};
      return StackName === network && Region === env.region && SYSTEM_SUBNET.test(String(OutputName))
        ? []
        : [`${path}: got ${JSON.stringify(got)}, allowed a subnet '${networkNames.systemSubnets}' of ${network}`];
    }),
  });

/** CDK's name of an output that hands a subnet to another stack. */
const SYSTEM_SUBNET = new RegExp(`^PublishOutputRef\\w*${networkNames.systemSubnets}Subnet\\d+Subnet[0-9A-F]{16}$`);
