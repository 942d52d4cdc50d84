import { resource, set, type Mutation, type Resources } from './edits';
import { faults } from './make';

const { stack } = faults('stray');

/** One more resource in a stack. */
const added = (
  id: string,
  description: string,
  place: string,
  type: string,
  properties: object,
  expects: RegExp,
): Mutation =>
  stack(
    id,
    description,
    place,
    (resources) => {
      resources['Added'] = { Type: type, Properties: { ...properties } };
    },
    expects,
  );

const entry = (cluster: string): object => ({
  ClusterName: `atoll-sample-${cluster}`,
  PrincipalArn: 'arn:aws:iam::999999999999:role/other',
  Type: 'STANDARD',
  AccessPolicies: [
    {
      AccessScope: { Type: 'cluster' },
      PolicyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
    },
  ],
});
const association = (change: (properties: Record<string, unknown>) => void) => (resources: Resources) => {
  change(resource(resources, 'AWS::EKS::PodIdentityAssociation'));
};

/** Ways to a cluster that stand in another stack than the cluster's. */
export const STRAY_MUTATIONS: readonly Mutation[] = [
  ...['production-operations', 'tenant-acme', 'production-registry', 'production-network'].map((place) =>
    added(
      `entry-${place}`,
      'an administrator comes in by another stack',
      place,
      'AWS::EKS::AccessEntry',
      entry('production'),
      new RegExp(`open ${place}: Added: it makes a way to a cluster.*got AWS::EKS::AccessEntry`),
    ),
  ),
  added(
    'entry-research',
    "an administrator comes in by the alarms' stack of research",
    'research-operations',
    'AWS::EKS::AccessEntry',
    entry('research'),
    /open research-operations: Added: .*got AWS::EKS::AccessEntry/,
  ),
  stack(
    'entry-elsewhere',
    'an entry is of another cluster',
    'production-cluster',
    (resources) => {
      resource(resources, 'AWS::EKS::AccessEntry', ({ Type }) => Type === 'STANDARD')['ClusterName'] =
        'atoll-sample-research';
    },
    /open production-cluster: \w+: access entry STANDARD .*ClusterName: got "atoll-sample-research", allowed the cluster atoll-sample-production/,
  ),
  ...(
    [
      ['AWS::EKS::Cluster', 'production-operations'],
      ['AWS::EKS::Addon', 'tenant-acme'],
      ['AWS::EKS::Nodegroup', 'research-data-access'],
      ['AWS::EKS::FargateProfile', 'production-cluster'],
      ['AWS::EKS::IdentityProviderConfig', 'production-cluster'],
      ['AWS::EKS::PodIdentityAssociation', 'production-operations'],
      ['AWS::EC2::LaunchTemplate', 'tenant-acme'],
      ['AWS::EC2::Instance', 'production-network'],
      ['AWS::AutoScaling::AutoScalingGroup', 'production-cluster'],
      ['AWS::IAM::InstanceProfile', 'tenant-acme'],
      ['AWS::EC2::SecurityGroupIngress', 'tenant-acme'],
      ['AWS::EC2::TransitGatewayAttachment', 'production-operations'],
      ['AWS::EC2::Route', 'research-operations'],
      ['AWS::EC2::SecurityGroup', 'tenant-acme'],
      ['AWS::EC2::VPCEndpoint', 'production-cluster'],
      ['AWS::Route53Resolver::FirewallRuleGroupAssociation', 'production-operations'],
      ['AWS::Route53Resolver::ResolverRule', 'production-network'],
      ['Custom::AWSCDK-EKS-HelmChart', 'production-operations'],
      ['Custom::AWSCDK-EKS-KubernetesResource', 'production-cluster'],
      ['Custom::AWSCDK-EKS-KubernetesPatch', 'production-cluster'],
    ] as const
  ).map(([type, place]) =>
    added(
      `type-${type.replaceAll('::', '-').toLowerCase()}`,
      `${type} where it does not belong`,
      place,
      type,
      {},
      new RegExp(`open ${place}: Added: it makes a way .*got ${type}`),
    ),
  ),
  stack(
    'association-namespace',
    "an association of a tenant is of another's namespace",
    'tenant-acme',
    association((properties) => {
      properties['Namespace'] = 'tenant-globex';
    }),
    /open tenant-acme: \w+: an account of pods gets a role .*Namespace: got "tenant-globex", allowed "tenant-acme"/,
  ),
  stack(
    'association-role',
    "an association of a tenant gives another's role",
    'tenant-acme',
    association((properties) => {
      properties['RoleArn'] = 'arn:aws:iam::222222222222:role/atoll-sample-tenant-globex';
    }),
    /RoleArn: got "arn:aws:iam::222222222222:role\/atoll-sample-tenant-globex"/,
  ),
  stack(
    'association-tags',
    'sessions of a tenant carry no tags',
    'tenant-acme',
    association((properties) => {
      properties['DisableSessionTags'] = true;
    }),
    /not-understood tenant-acme: \w+: .*DisableSessionTags: got true/,
  ),
  stack(
    'association-second-role',
    'a controller takes a second role',
    'production-cluster',
    association((properties) => {
      properties['TargetRoleArn'] = 'arn:aws:iam::222222222222:role/atoll-sample-tenant-acme';
    }),
    /not-understood production-cluster: \w+: a controller gets a role .*TargetRoleArn/,
  ),
  stack(
    'association-grant',
    "a grant's account gets another role",
    'research-data-access',
    association((properties) => {
      properties['RoleArn'] = 'arn:aws:iam::333333333333:role/other';
    }),
    /open research-data-access: \w+: .*RoleArn: got "arn:aws:iam::333333333333:role\/other"/,
  ),
  stack(
    'association-team',
    "a grant's role goes to another team's namespace",
    'research-data-access',
    association((properties) => {
      set(properties, 'Namespace', 'research-language');
    }),
    /open research-data-access: \w+: .*Namespace: got "research-language"/,
  ),
];
