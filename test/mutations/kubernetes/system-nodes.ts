import { resource, set, type Mutation } from './edits';
import { faults } from './make';

const { stack } = faults('system');

const system = (
  id: string,
  description: string,
  type: string,
  path: string,
  value: unknown,
  expects: RegExp,
): Mutation =>
  stack(
    id,
    description,
    'production-cluster',
    (resources) => {
      set(resource(resources, type), path, value);
    },
    expects,
  );
const template = (id: string, description: string, path: string, value: unknown, expects: RegExp): Mutation =>
  system(id, description, 'AWS::EC2::LaunchTemplate', `LaunchTemplateData.${path}`, value, expects);
const group = (id: string, description: string, path: string, value: unknown, expects: RegExp): Mutation =>
  system(id, description, 'AWS::EKS::Nodegroup', path, value, expects);

/** Faults of the machines that carry the controllers. */
export const SYSTEM_NODE_MUTATIONS: readonly Mutation[] = [
  template(
    'image',
    "system nodes of somebody's image",
    'ImageId',
    'ami-0123456789abcdef0',
    /not-understood production-cluster: \w+: system nodes: LaunchTemplateData\.ImageId/,
  ),
  template(
    'hop-limit',
    'instance metadata reaches pods of the system nodes',
    'MetadataOptions.HttpPutResponseHopLimit',
    3,
    /HttpPutResponseHopLimit: got 3, allowed 1/,
  ),
  template(
    'tokens',
    'instance metadata without tokens',
    'MetadataOptions.HttpTokens',
    'optional',
    /HttpTokens: got "optional"/,
  ),
  template(
    'metadata-default',
    'instance metadata as it comes',
    'MetadataOptions',
    undefined,
    /MetadataOptions: got nothing/,
  ),
  template(
    'profile',
    'system nodes with another profile',
    'IamInstanceProfile',
    { Name: 'atoll-sample-tenant-acme' },
    /not-understood .*IamInstanceProfile/,
  ),
  template(
    'disk',
    'a disk of the system nodes without encryption',
    'BlockDeviceMappings.1.Ebs.Encrypted',
    false,
    /Ebs\.Encrypted: got false/,
  ),
  template(
    'disk-key',
    "a disk of the system nodes under AWS's key",
    'BlockDeviceMappings.1.Ebs.KmsKeyId',
    undefined,
    /Ebs\.KmsKeyId: got nothing/,
  ),
  template(
    'groups',
    "system nodes in somebody's group",
    'SecurityGroupIds',
    ['sg-1'],
    /not-understood .*SecurityGroupIds/,
  ),
  template('key', 'a key for signing in', 'KeyName', 'somebody', /not-understood .*KeyName/),
  template(
    'address',
    'system nodes with public addresses',
    'NetworkInterfaces',
    [{ AssociatePublicIpAddress: true }],
    /not-understood .*NetworkInterfaces/,
  ),
  template(
    'user-data',
    'system nodes with the admin container',
    'UserData',
    { 'Fn::Base64': '[settings.host-containers.admin]\nenabled = true\n' },
    /open production-cluster: \w+: system nodes: userData: settings\.host-containers\.admin\.enabled: got true/,
  ),
  template(
    'user-data-coded',
    'user data that is encoded already',
    'UserData',
    'W3NldHRpbmdzXQ==',
    /UserData: got "W3Nld/,
  ),
  group(
    'remote',
    'people sign in to the system nodes',
    'RemoteAccess',
    { Ec2SshKey: 'somebody' },
    /not-understood .*RemoteAccess/,
  ),
  group(
    'role',
    "system nodes with a tenant's role",
    'NodeRole',
    'arn:aws:iam::222222222222:role/atoll-sample-tenant-acme',
    /NodeRole: got "arn:aws:iam::222222222222:role\/atoll-sample-tenant-acme", allowed the role atoll-sample-production-system-node/,
  ),
  group(
    'label',
    "system nodes are of a tenant's pool",
    'Labels',
    { 'atoll.dev/pool': 'pipeline-gpu' },
    /Labels\.atoll\.dev\/pool: got "pipeline-gpu", allowed "system"/,
  ),
  group(
    'labels',
    "system nodes are a tenant's",
    'Labels.atoll\\.node-restriction\\.kubernetes\\.io/tenant',
    'acme',
    /not-understood .*Labels\.atoll\.node-restriction/,
  ),
  group(
    'taints',
    'nothing runs on the system nodes',
    'Taints',
    [{ Key: 'a', Value: 'b', Effect: 'NO_SCHEDULE' }],
    /not-understood .*Taints/,
  ),
  group('subnets', "system nodes in somebody's subnets", 'Subnets', ['subnet-1'], /Subnets: got \["subnet-1"\]/),
  group('ami-type', 'system nodes of another system', 'AmiType', 'CUSTOM', /AmiType: got "CUSTOM"/),
  group(
    'template',
    'system nodes of another template',
    'LaunchTemplate',
    { Id: 'lt-1', Version: '1' },
    /LaunchTemplate\.Id: got "lt-1"/,
  ),
  group(
    'version',
    'system nodes of another version of their template',
    'LaunchTemplate.Version',
    '1',
    /LaunchTemplate\.Version: got "1"/,
  ),
  system(
    'profile-role',
    "the nodes' profile holds a tenant's role",
    'AWS::IAM::InstanceProfile',
    'Roles',
    ['atoll-sample-tenant-acme'],
    /Roles\.0: got "atoll-sample-tenant-acme", allowed the role atoll-sample-production-node/,
  ),
  stack(
    'profile-more',
    'one more profile',
    'production-cluster',
    (resources) => {
      resources['Added'] = { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: ['atoll-sample-tenant-acme'] } };
    },
    /system nodes: got a second AWS::IAM::InstanceProfile|Added: system nodes: InstanceProfileName: got nothing/,
  ),
];
