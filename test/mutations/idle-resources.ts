import { addResource, editResource, editStack, type Fields, type Mutation, propertiesOf, set } from './edits';

const NODEGROUP = 'AWS::EKS::Nodegroup';

const resource = (
  id: string,
  description: string,
  [stack, type]: readonly [stack: string, type: string],
  edit: (properties: Fields) => void,
  expects: RegExp,
): Mutation => ({ id, description, apply: (output) => editResource(output, stack, type, edit), expects });

const added = (
  id: string,
  description: string,
  type: string,
  properties: Readonly<Record<string, unknown>>,
  expects: RegExp,
): Mutation => ({
  id,
  description,
  apply: (output) => addResource(output, 'production-operations', { Type: type, Properties: properties }),
  expects,
});

/** Faults of the resources of the sample environment. */
export const BILLED_RESOURCE_MUTATIONS: readonly Mutation[] = [
  resource(
    'system-nodes-with-gpus',
    'the system nodes are GPU machines',
    ['production-cluster', NODEGROUP],
    (properties) => {
      set(properties, 'InstanceTypes', ['g6.xlarge']);
    },
    /unbounded production-cluster\/\w+: got 2 nodes of g6.xlarge without any work/,
  ),
  resource(
    'system-nodes-with-a-gpu-image',
    'the system nodes boot an image that is made for GPUs',
    ['production-cluster', NODEGROUP],
    (properties) => {
      set(properties, 'AmiType', 'BOTTLEROCKET_x86_64_NVIDIA');
    },
    /unbounded production-cluster\/\w+: got 2 nodes of BOTTLEROCKET_x86_64_NVIDIA without any work/,
  ),
  {
    id: 'gpu-type-in-the-launch-template',
    description: 'the launch template of the system nodes names a GPU machine',
    apply: (output) =>
      editStack(output, 'research-cluster', (draft) => {
        set(propertiesOf(draft, NODEGROUP), 'InstanceTypes', undefined);
        set(propertiesOf(draft, 'AWS::EC2::LaunchTemplate'), 'LaunchTemplateData.InstanceType', 'p5.48xlarge');
      }),
    expects: /unbounded research-cluster\/\w+: got 2 nodes of p5.48xlarge without any work/,
  },
  resource(
    'node-type-without-price',
    'the system nodes are of a type that the price file does not have',
    ['production-cluster', NODEGROUP],
    (properties) => {
      set(properties, 'InstanceTypes', ['m99g.large']);
    },
    /not-understood production-cluster\/\w+: got no price of 'instance m99g.large' in eu-central-1/,
  ),
  resource(
    'system-nodes-on-spot',
    'the system nodes are bought on spot, which no file prices',
    ['production-cluster', NODEGROUP],
    (properties) => {
      set(properties, 'CapacityType', 'SPOT');
    },
    /not-understood production-cluster\/\w+: CapacityType: got "SPOT"/,
  ),
  resource(
    'faster-volumes',
    'the volumes of system nodes are faster than gp3 is by itself',
    ['production-cluster', 'AWS::EC2::LaunchTemplate'],
    (properties) => {
      set(properties, 'LaunchTemplateData.BlockDeviceMappings.1.Ebs.Throughput', 500);
    },
    /not-understood production-cluster\/\w+: got the volume .*"Throughput":500/,
  ),
  resource(
    'extended-support',
    'a cluster goes into extended support by itself',
    ['production-cluster', 'AWS::EKS::Cluster'],
    (properties) => {
      set(properties, 'UpgradePolicy', undefined);
    },
    /unbounded production-cluster\/\w+: UpgradePolicy.SupportType: got nothing/,
  ),
  resource(
    'auto-mode',
    'EKS buys machines by itself',
    ['research-cluster', 'AWS::EKS::Cluster'],
    (properties) => {
      set(properties, 'ComputeConfig.Enabled', true);
    },
    /not-understood research-cluster\/\w+: ComputeConfig: got Auto Mode/,
  ),
  added(
    'gpu-instance',
    'a GPU machine outside of any pool',
    'AWS::EC2::Instance',
    { InstanceType: 'g5.xlarge' },
    /unbounded production-operations\/Added: got g5.xlarge without any work/,
  ),
  added(
    'capacity-reservation',
    'a reservation of machines',
    'AWS::EC2::CapacityReservation',
    { InstanceType: 'p5.48xlarge', InstanceCount: 2 },
    /unbounded production-operations\/Added: got AWS::EC2::CapacityReservation/,
  ),
  added(
    'nat-gateway',
    'a NAT gateway, which nobody priced',
    'AWS::EC2::NatGateway',
    {},
    /not-understood production-operations\/Added: got AWS::EC2::NatGateway, expected a type of/,
  ),
  added(
    'scheduled-rule',
    'a rule that works by the clock',
    'AWS::Events::Rule',
    { ScheduleExpression: 'rate(1 minute)' },
    /not-understood production-operations\/Added: ScheduleExpression: got a clock/,
  ),
  added(
    'advanced-parameter',
    'a parameter of the tier that is paid',
    'AWS::SSM::Parameter',
    { Tier: 'Advanced' },
    /not-understood production-operations\/Added: Tier: got "Advanced"/,
  ),
  added(
    'alarm-on-a-query',
    'an alarm on a query over any number of metrics',
    'AWS::CloudWatch::Alarm',
    { Metrics: [{ Id: 'q', Expression: 'SELECT MAX(x) FROM y' }] },
    /not-understood production-operations\/Added: Metrics: got a query or a band/,
  ),
  added(
    'alarm-on-a-query-over-nodes',
    'an alarm on a query over nodes, some of which always run',
    'AWS::CloudWatch::Alarm',
    {
      Metrics: [
        { Id: 'q', Expression: 'SELECT MAX(node_cpu_utilization) FROM SCHEMA(ContainerInsights, ClusterName)' },
      ],
    },
    /not-understood production-operations\/Added: Metrics: got a query or a band/,
  ),
  added(
    'alarm-on-every-gpu-metric',
    "an alarm on a query over GPUs' metrics under any dimensions, the cluster's own among them",
    'AWS::CloudWatch::Alarm',
    { Metrics: [{ Id: 'q', Expression: 'SELECT MAX(node_gpu_utilization) FROM ContainerInsights' }] },
    /not-understood production-operations\/Added: Metrics: got a query or a band/,
  ),
  added(
    'load-balancer-endpoint',
    'an endpoint of a kind that no file prices',
    'AWS::EC2::VPCEndpoint',
    { VpcEndpointType: 'GatewayLoadBalancer', SubnetIds: ['a'] },
    /not-understood production-operations\/Added: VpcEndpointType: got "GatewayLoadBalancer"/,
  ),
];
