import type { Mutation, Place } from './edits';
import { faults } from './make';

const { changed, added } = faults('machine');

const GPU: Place = { cluster: 'production', kind: 'EC2NodeClass', name: 'pipeline-gpu' };
const field = (id: string, description: string, path: string, value: unknown, expects: RegExp): Mutation =>
  changed(id, description, GPU, `spec.${path}`, value, expects);

const LOCKED =
  '[settings.host-containers.admin]\nenabled = false\n[settings.host-containers.control]\nenabled = false\n';
const userData = (id: string, description: string, text: string, expects: RegExp): Mutation =>
  field(`user-data-${id}`, description, 'userData', text, expects);

/** Faults of what the machines of pools are made of. */
export const MACHINE_MUTATIONS: readonly Mutation[] = [
  field(
    'role',
    'nodes with a role of their own',
    'role',
    'atoll-sample-tenant-acme',
    /not-understood production: EC2NodeClass pipeline-gpu: nodes: role/,
  ),
  field(
    'profile',
    'nodes with another profile',
    'instanceProfile',
    'atoll-sample-research-node',
    /nodes: instanceProfile: got "atoll-sample-research-node", allowed "atoll-sample-production-node"/,
  ),
  field(
    'image-owner',
    "nodes of somebody's image",
    'amiSelectorTerms',
    [{ owner: '999999999999', name: 'x*' }],
    /nodes: amiSelectorTerms\.0/,
  ),
  field(
    'image-id',
    'nodes of an image by its id',
    'amiSelectorTerms.0',
    { id: 'ami-0123456789abcdef0' },
    /nodes: amiSelectorTerms\.0/,
  ),
  field(
    'image-latest',
    'nodes of another family',
    'amiSelectorTerms.0.alias',
    'al2023@latest',
    /amiSelectorTerms\.0\.alias: got "al2023@latest"/,
  ),
  field(
    'disk-plain',
    'a disk without encryption',
    'blockDeviceMappings.1.ebs.encrypted',
    false,
    /blockDeviceMappings\.1\.ebs\.encrypted: got false, allowed true/,
  ),
  field(
    'disk-key',
    "a disk under somebody's key",
    'blockDeviceMappings.1.ebs.kmsKeyID',
    'alias/other',
    /kmsKeyID: got "alias\/other"/,
  ),
  field(
    'disk-snapshot',
    "a disk of somebody's snapshot",
    'blockDeviceMappings.1.ebs.snapshotID',
    'snap-0123456789abcdef0',
    /blockDeviceMappings\.1\.ebs\.snapshotID: got "snap-/,
  ),
  field(
    'disk-more',
    'one more disk',
    'blockDeviceMappings.2',
    { deviceName: '/dev/xvdc', ebs: { snapshotID: 'snap-1' } },
    /blockDeviceMappings: got/,
  ),
  field(
    'disk-stays',
    'a disk outlives its node',
    'blockDeviceMappings.1.ebs.deleteOnTermination',
    false,
    /deleteOnTermination: got false/,
  ),
  field(
    'group',
    "nodes in somebody's group",
    'securityGroupSelectorTerms',
    [{ id: 'sg-0123456789abcdef0' }],
    /securityGroupSelectorTerms\.0/,
  ),
  field(
    'group-more',
    'nodes in one more group',
    'securityGroupSelectorTerms.1',
    { tags: { a: 'b' } },
    /securityGroupSelectorTerms: got/,
  ),
  field(
    'subnets-more',
    'nodes in more subnets',
    'subnetSelectorTerms.1',
    { id: 'subnet-1' },
    /its nodes are in subnets/,
  ),
  field(
    'subnets-wider',
    'nodes in a subnet by its id',
    'subnetSelectorTerms.0.id',
    'subnet-1',
    /its nodes are in subnets/,
  ),
  field(
    'kubelet',
    'a kubelet with another resolver',
    'kubelet',
    { clusterDNS: ['203.0.113.1'] },
    /not-understood .*nodes: kubelet/,
  ),
  field(
    'metadata',
    'instance metadata over IPv6',
    'metadataOptions.httpProtocolIPv6',
    'enabled',
    /httpProtocolIPv6: got "enabled"/,
  ),
  field(
    'reservation',
    'a reservation that nobody declared',
    'capacityReservationSelectorTerms',
    [{ id: 'cr-0123456789abcdef0' }],
    /capacityReservationSelectorTerms: got/,
  ),
  userData(
    'superpowered',
    'a container that is root on the node',
    `${LOCKED}[settings.host-containers.own]\nenabled = true\nsource = "evil.example/x:1"\nsuperpowered = true\n`,
    /userData: settings\.host-containers\.own\.superpowered: got true/,
  ),
  userData(
    'bootstrap',
    'a container before the kubelet',
    `${LOCKED}[settings.bootstrap-containers.own]\nsource = "evil.example/x:1"\n`,
    /userData: settings\.bootstrap-containers\.own\.source/,
  ),
  userData(
    'label',
    "a node that says it is another tenant's",
    `${LOCKED}[settings.kubernetes.node-labels]\n"atoll.node-restriction.kubernetes.io/tenant" = "globex"\n`,
    /userData: got the line '"atoll\.node-restriction/,
  ),
  userData(
    'kubernetes',
    'a kubelet that answers everybody',
    `${LOCKED}[settings.kubernetes]\nanonymous-auth = true\n`,
    /userData: settings\.kubernetes\.anonymous-auth/,
  ),
  userData(
    'again',
    'a container that is on after all',
    `${LOCKED}[settings.host-containers.admin]\nenabled = true\n`,
    /userData: got the line 'enabled = true'/,
  ),
  userData(
    'comment',
    'a setting in a comment',
    LOCKED.replace('enabled = false', '# enabled = false'),
    /userData: got the line '# enabled = false'/,
  ),
  userData(
    'dotted',
    'a setting by a dotted key',
    `${LOCKED}[settings]\nhost-containers.own.enabled = true\n`,
    /userData: got the line 'host-containers/,
  ),
  userData(
    'registry',
    'images come by a mirror',
    `${LOCKED}[[settings.container-registry.mirrors]]\nregistry = "*"\n`,
    /userData: got the line '\[\[settings/,
  ),
  added(
    'class-more',
    'a class of no pool',
    'platform/20-pools/objects.yaml',
    { apiVersion: 'karpenter.k8s.aws/v1', kind: 'EC2NodeClass', metadata: { name: 'more' }, spec: {} },
    /open production: EC2NodeClass more: nodes: got a class of no pool/,
  ),
];
