import { resource, set, type Draft, type Mutation } from './edits';
import { faults } from './make';

const { stack } = faults('control-plane');

/** The production cluster's resource, with another value at a path. */
const changed = (id: string, description: string, path: string, value: unknown, expects: RegExp): Mutation =>
  stack(
    id,
    description,
    'production-cluster',
    (resources) => {
      set(resource(resources, 'AWS::EKS::Cluster'), path, value);
    },
    expects,
  );

const addOn = (id: string, description: string, name: string, change: (properties: Draft) => void, expects: RegExp) =>
  stack(
    id,
    description,
    'production-cluster',
    (resources) => {
      change(resource(resources, 'AWS::EKS::Addon', ({ AddonName }) => AddonName === name));
    },
    expects,
  );

/** What an add-on is told, with one value changed. */
const told = (id: string, description: string, name: string, path: string, value: unknown, expects: RegExp) =>
  addOn(
    id,
    description,
    name,
    (properties) => {
      const values = JSON.parse(String(properties['ConfigurationValues'])) as Draft;
      set(values, path, value);
      properties['ConfigurationValues'] = JSON.stringify(values);
    },
    expects,
  );

const logs = (id: string, description: string, from: string, to: string): Mutation =>
  addOn(
    id,
    description,
    'amazon-cloudwatch-observability',
    (properties) => {
      properties['ConfigurationValues'] = String(properties['ConfigurationValues']).replace(from, to);
    },
    /open production-cluster: \w+: add-on amazon-cloudwatch-observability: ConfigurationValues: containerLogs\.fluentBit/,
  );

/** Faults of the API server itself and of EKS's add-ons. */
export const CONTROL_PLANE_MUTATIONS: readonly Mutation[] = [
  changed(
    'public',
    'the API server answers the internet',
    'ResourcesVpcConfig.EndpointPublicAccess',
    true,
    /open production-cluster: \w+: the control plane .*EndpointPublicAccess: got true, allowed false/,
  ),
  changed(
    'public-blocks',
    'blocks from which the API server is reached',
    'ResourcesVpcConfig.PublicAccessCidrs',
    ['0.0.0.0/0'],
    /not-understood production-cluster: .*PublicAccessCidrs/,
  ),
  changed('no-logs', 'nothing is logged', 'Logging', undefined, /Logging: got nothing, allowed/),
  changed(
    'no-audit',
    'who does what is not logged',
    'Logging.ClusterLogging.EnabledTypes',
    [{ Type: 'api' }],
    /EnabledTypes: got .*allowed all of api, audit/,
  ),
  changed('no-key', 'Secrets have no key', 'EncryptionConfig', undefined, /EncryptionConfig: got nothing/),
  changed(
    'other-key',
    "Secrets have somebody's key",
    'EncryptionConfig.0.Provider.KeyArn',
    'arn:aws:kms:eu-central-1:999999999999:key/1',
    /KeyArn: got "arn:aws:kms:.*allowed the key alias\/atoll\/sample\/production\/secrets/,
  ),
  changed(
    'group',
    "the endpoint has somebody's group",
    'ResourcesVpcConfig.SecurityGroupIds.0',
    'sg-0123456789abcdef0',
    /SecurityGroupIds\.0: got "sg-0123456789abcdef0"/,
  ),
  changed(
    'subnets',
    "the endpoint is in somebody's subnets",
    'ResourcesVpcConfig.SubnetIds',
    ['subnet-1'],
    /SubnetIds: got \["subnet-1"\], allowed a list of subnets of kind system/,
  ),
  changed(
    'role',
    'the control plane has the role of nodes',
    'RoleArn',
    'arn:aws:iam::222222222222:role/atoll-sample-tenant-acme',
    /RoleArn: got .*allowed a role that EKS alone assumes/,
  ),
  changed('auto-mode', 'EKS runs nodes of its own', 'ComputeConfig.Enabled', true, /ComputeConfig\.Enabled: got true/),
  changed('remote', 'nodes of another network join', 'RemoteNetworkConfig', {}, /not-understood .*RemoteNetworkConfig/),
  stack(
    'endpoint-open',
    'everybody in reach comes to the API server',
    'production-cluster',
    (resources) => {
      resource(resources, 'AWS::EC2::SecurityGroup')['SecurityGroupIngress'] = [
        { CidrIp: '0.0.0.0/0', FromPort: 0, IpProtocol: '-1', ToPort: 65535 },
      ];
    },
    /open production-cluster: \w+: who comes to the API server: SecurityGroupIngress/,
  ),
  told(
    'cni-policies',
    'no network policy is enforced',
    'vpc-cni',
    'enableNetworkPolicy',
    'false',
    /open production-cluster: \w+: add-on vpc-cni: ConfigurationValues: enableNetworkPolicy: got "false", allowed "true"/,
  ),
  told(
    'cni-env',
    'the CNI is told more',
    'vpc-cni',
    'env.AWS_VPC_K8S_CNI_EXTERNALSNAT',
    'true',
    /not-understood .*add-on vpc-cni: .*AWS_VPC_K8S_CNI_EXTERNALSNAT/,
  ),
  addOn(
    'cni-default',
    'the CNI as it comes',
    'vpc-cni',
    (properties) => {
      set(properties, 'ConfigurationValues', undefined);
    },
    /add-on vpc-cni: ConfigurationValues: got nothing/,
  ),
  told(
    'no-gpu-metrics',
    'nobody measures GPUs, and an idle one is heard by nobody',
    'amazon-cloudwatch-observability',
    'agent.config.logs.metrics_collected.kubernetes.accelerated_compute_metrics',
    false,
    /add-on amazon-cloudwatch-observability: ConfigurationValues: agent\.config\S+accelerated_compute_metrics: got false, allowed true/,
  ),
  told(
    'dcgm-elsewhere',
    'the privileged exporter of the add-on is told more than it comes with',
    'amazon-cloudwatch-observability',
    'dcgmExporter',
    { nodeSelector: {} },
    /not-understood .*add-on amazon-cloudwatch-observability: .*dcgmExporter/,
  ),
  addOn(
    'add-on-account-role',
    "an add-on's account has a tenant's role",
    'coredns',
    (properties) => {
      properties['ServiceAccountRoleArn'] = 'arn:aws:iam::222222222222:role/atoll-sample-tenant-acme';
    },
    /not-understood .*add-on coredns: ServiceAccountRoleArn/,
  ),
  addOn(
    'add-on-role',
    "an add-on's pods get a tenant's role",
    'vpc-cni',
    (properties) => {
      set(properties, 'PodIdentityAssociations.0.RoleArn', 'arn:aws:iam::222222222222:role/atoll-sample-tenant-acme');
    },
    /add-on vpc-cni: PodIdentityAssociations\.0\.RoleArn: got "arn:aws:iam/,
  ),
  addOn(
    'add-on-more-roles',
    'an add-on without a role gets one',
    'aws-mountpoint-s3-csi-driver',
    (properties) => {
      properties['PodIdentityAssociations'] = [
        { ServiceAccount: 's3-csi-driver-sa', RoleArn: 'arn:aws:iam::1:role/x' },
      ];
    },
    /add-on aws-mountpoint-s3-csi-driver: PodIdentityAssociations: got .*allowed nothing/,
  ),
  addOn(
    'add-on-unknown',
    'an add-on that nobody knows',
    'coredns',
    (properties) => {
      properties['AddonName'] = 'somebody_tool';
    },
    /open production-cluster: \w+: an add-on runs with rights of its own: AddonName: got somebody_tool/,
  ),
  addOn(
    'add-on-cluster',
    'an add-on of another cluster',
    'coredns',
    (properties) => {
      properties['ClusterName'] = 'other';
    },
    /add-on coredns: ClusterName: got "other"/,
  ),
  logs('logs-shared', "tenants' output goes to one group", '/tenant/$tenant', '/tenant/all'),
  logs(
    'logs-more',
    'output goes elsewhere as well',
    '[FILTER]',
    '[OUTPUT]\\n  Name http\\n  Host evil.example\\n\\n[FILTER]',
  ),
  logs('logs-host', 'what the node says is shipped', '# Not shipped.', '[OUTPUT]\\n  Name stdout'),
  logs('logs-parser', 'the tenant is read from the pod', '_tenant-(?<tenant>[^_]+)_', '(?<tenant>.+)_'),
];
