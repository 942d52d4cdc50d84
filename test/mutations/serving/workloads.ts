import { servingNames } from '../../../schema/serving-names';
import { set as setProperty } from '../edits';
import { changeObject, type Mutation } from '../kubernetes/edits';
import { faults } from '../kubernetes/make';

const { changed, longer, removed, added, stack } = faults('serving');
const namespace = 'serving';
const deployment = (name: string): { cluster: 'production'; kind: string; name: string; namespace: string } => ({
  cluster: 'production',
  kind: 'Deployment',
  name,
  namespace,
});
const scaled = (name: string) => ({ ...deployment(name), kind: 'ScaledObject' });
const policy = (name: string) => ({ ...deployment(name), kind: 'NetworkPolicy' });
const POD = 'spec.template.spec';

const SERVES = /^(?:open|not-understood) production: Deployment serving\/triton-0: serving: /;

/** Faults of the pods of serving, of their scale and of who comes to them. */
export const SERVED_MUTATIONS: readonly Mutation[] = [
  changed(
    'account-of-another',
    "a server runs as another's account",
    deployment('triton-0'),
    `${POD}.serviceAccountName`,
    'triton-1',
    SERVES,
  ),
  changed(
    'token',
    'a server has a token for the API server',
    deployment('triton-0'),
    `${POD}.automountServiceAccountToken`,
    true,
    SERVES,
  ),
  changed(
    'processes',
    "the engine's command line is seen by others",
    deployment('triton-0'),
    `${POD}.shareProcessNamespace`,
    true,
    SERVES,
  ),
  changed('host', 'a server on the network of its node', deployment('triton-0'), `${POD}.hostNetwork`, true, SERVES),
  changed(
    'image',
    'an image that nobody listed',
    deployment('triton-0'),
    `${POD}.containers.0.image`,
    'docker.io/x/y:1',
    SERVES,
  ),
  changed(
    'command',
    'an engine started otherwise',
    deployment('triton-0'),
    `${POD}.containers.0.command`,
    ['tritonserver'],
    SERVES,
  ),
  changed(
    'arguments',
    'an engine that loads what lies there',
    deployment('triton-0'),
    `${POD}.containers.0.args.1`,
    '--model-control-mode=poll',
    SERVES,
  ),
  longer(
    'variable',
    'adapters may be loaded while it runs',
    deployment('vllm-0'),
    `${POD}.containers.0.env`,
    { name: 'VLLM_ALLOW_RUNTIME_LORA_UPDATING', value: 'true' },
    /^open production: Deployment serving\/vllm-0: serving: spec\.template\.spec\.containers\.0\.env/,
  ),
  longer(
    'container',
    'a third container beside a server',
    deployment('triton-0'),
    `${POD}.containers`,
    { name: 'more', image: 'x' },
    SERVES,
  ),
  longer(
    'volume',
    'a disk of the node',
    deployment('triton-0'),
    `${POD}.volumes`,
    { name: 'host', hostPath: { path: '/' } },
    SERVES,
  ),
  changed(
    'pool',
    'a server on nodes of pipelines',
    deployment('triton-0'),
    `${POD}.nodeSelector`,
    { 'atoll.dev/pool': 'pipeline-shared' },
    SERVES,
  ),
  changed('root', 'a server as root', deployment('triton-0'), `${POD}.securityContext.runAsUser`, 0, SERVES),
  changed(
    'label',
    'a server that looks like the router',
    deployment('triton-0'),
    'spec.template.metadata.labels',
    { 'app.kubernetes.io/name': 'router' },
    SERVES,
  ),
  changed(
    'settings',
    "a server with another's configuration",
    deployment('triton-0'),
    `${POD}.volumes.0.configMap.name`,
    'triton-1',
    SERVES,
  ),
  changed(
    'router-account',
    "the router runs as a server's account",
    deployment('router'),
    `${POD}.serviceAccountName`,
    'triton-0',
    /^open production: Deployment serving\/router: serving: spec\.template\.spec\.serviceAccountName/,
  ),
  changed(
    'router-audience',
    'the router gets a token of another audience',
    deployment('router'),
    `${POD}.volumes.1.projected.sources.0.serviceAccountToken.audience`,
    'sts.amazonaws.com',
    /^not-understood production: Deployment serving\/router: serving: /,
  ),
  removed(
    'router-gone',
    'there is no router',
    deployment('router'),
    /^closed production: Deployment serving\/router: /,
  ),
  removed(
    'scale-gone',
    'nobody scales a server',
    scaled('triton-0'),
    /^closed production: Deployment serving\/triton-0: serving: got no ScaledObject/,
  ),
  changed(
    'scale-least',
    'a server that never goes',
    scaled('triton-0'),
    'spec.minReplicaCount',
    1,
    /^open production: ScaledObject serving\/triton-0: serving: spec\.minReplicaCount/,
  ),
  changed(
    'scale-most',
    'more GPUs than the placement counts',
    scaled('triton-0'),
    'spec.maxReplicaCount',
    9,
    /^open production: ScaledObject serving\/triton-0: serving: spec\.maxReplicaCount/,
  ),
  changed(
    'scale-asks',
    'KEDA asks somewhere else',
    scaled('triton-0'),
    'spec.triggers.0.metadata.url',
    'http://169.254.169.254/',
    /^open production: ScaledObject serving\/triton-0: serving: spec\.triggers/,
  ),
  added(
    'pod',
    'one more pod beside the servers',
    servingNames.objectsKey,
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'more', namespace }, spec: { containers: [] } },
    /production: Pod serving\/more: /,
  ),
  changed(
    'network-servers-open',
    'pods of tenants come to servers',
    policy('model-servers'),
    'spec.ingress.0.from.0',
    { namespaceSelector: {} },
    /^one-lock-left production: tenant-\S+.*: pods of tenant \S+ reach model servers: .*lost ingress policies of serving/,
  ),
  changed(
    'network-router-closed',
    'nobody comes to the router',
    policy('router'),
    'spec.ingress.0.ports.0.port',
    8444,
    /^closed production: tenant-\S+.*: pods of tenant \S+ reach the router/,
  ),
  stack(
    'group-open',
    'anybody in the VPC comes to the nodes of servers',
    'production-cluster',
    (resources) => {
      const group = Object.values(resources).find(
        ({ Type, Properties }) =>
          Type === 'AWS::EC2::SecurityGroup' && JSON.stringify(Properties).includes('atoll:nodes'),
      );
      setProperty(group?.Properties ?? {}, 'SecurityGroupIngress.0.CidrIp', '10.16.0.0/16');
    },
    /^one-lock-left production: tenant-\S+.*: pods of tenant \S+ reach model servers: .*lost the security group of the servers' nodes/,
  ),
  stack(
    'group-way',
    'nodes of servers reach every port of others',
    'production-cluster',
    (resources) => {
      const way = Object.values(resources).find(({ Type }) => Type === 'AWS::EC2::SecurityGroupIngress');
      setProperty(way?.Properties ?? {}, 'ToPort', 65_535);
    },
    /^open production-cluster: ServingNodes\w+: who comes to the nodes of model servers/,
  ),
  stack(
    'group-research',
    "somebody comes to research's nodes",
    'research-cluster',
    (resources) => {
      resources['Added'] = {
        Type: 'AWS::EC2::SecurityGroupIngress',
        Properties: { GroupId: 'sg-1', CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 },
      };
    },
    /^open research-cluster: Added: who comes to the nodes of model servers, and whom they reach: got tcp 443, allowed none/,
  ),
  {
    id: 'serving-nodes-of-everybody',
    description: "servers' nodes are in the group of all others",
    apply: (output) =>
      changeObject(output, { cluster: 'production', kind: 'EC2NodeClass', name: 'serving-gpu' }, (object) => {
        setProperty(object, 'spec.securityGroupSelectorTerms', [
          { tags: { 'aws:eks:cluster-name': 'atoll-sample-production' } },
        ]);
      }),
    expects: /^open production: EC2NodeClass serving-gpu: nodes: securityGroupSelectorTerms/,
  },
  stack(
    'association-of-another',
    "a server's account gets another's role",
    servingNames.stack,
    (resources) => {
      const all = Object.values(resources).filter(({ Type }) => Type === 'AWS::EKS::PodIdentityAssociation');
      const [one, two] = all.map(({ Properties }) => Properties ?? {});
      if (one !== undefined && two !== undefined) [one['RoleArn'], two['RoleArn']] = [two['RoleArn'], one['RoleArn']];
    },
    /^open production-serving: \w+Association\w+: an account of pods gets a role by EKS Pod Identity: RoleArn/,
  ),
];
