import { at, listOf, shown } from '../output/values';
import { HOURS } from './bill';
import type { BilledResource } from './billed';
import { billMachine, billNodeGroup, billReservation } from './machines';

type Bill = (billed: BilledResource) => void;

const free =
  (because: string): Bill =>
  (billed) => {
    billed.free(because);
  };
const RIGHTS = free('rights cost nothing');
const NETWORK = free('costs nothing by itself; what passes is paid');
const CALLS = free('paid by the call, and nothing calls it but a deploy');

/** Requests of Karpenter to its queue: it waits 20 s each. @see https://github.com/aws/karpenter-provider-aws/blob/1d927085dd81a9df9301e613f371dac5b4d16bfe/pkg/providers/sqs/sqs.go (2026-11-25) */
const WAIT_SECONDS = 20;
export const MONTH_SECONDS = HOURS * 3600;

/** Once an hour, or less often. */
const RARE = /^rate\((?:1 hour|\d+ hours|1 day|\d+ days)\)$/;

/** Every type of resource that a template may have, with what it costs while nobody works. A type that is missing is a finding. */
export const RESOURCE_BILLS: Readonly<Record<string, Bill>> = {
  'AWS::EKS::Cluster': billCluster,
  'AWS::EKS::Nodegroup': billNodeGroup,
  'AWS::EKS::Addon': billAddon,
  'AWS::EC2::VPCEndpoint': billEndpoint,
  'AWS::EC2::TransitGatewayAttachment': (billed) => {
    billed.charge('transit-gateway-attachment', HOURS, 'attachments to the transit gateway, hours');
  },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': billLoadBalancer,
  'AWS::Route53Resolver::FirewallDomainList': (billed) => {
    billed.charge('dns-firewall-domain', listOf(billed.values['Domains']).length, 'domains of the DNS Firewall');
  },
  'AWS::KMS::Key': (billed) => {
    const rotates = billed.values['EnableKeyRotation'] === true;
    billed.charge('kms-key', 1, `keys${rotates ? ' that rotate' : ''}`, rotates);
  },
  'AWS::CloudWatch::Alarm': billAlarm,
  'AWS::CloudWatch::Dashboard': (billed) => {
    billed.charge('dashboard', 1, 'dashboards');
  },
  'AWS::SecretsManager::Secret': (billed) => {
    billed.charge('secret', 1, 'secrets');
  },
  'AWS::SQS::Queue': billQueue,
  'AWS::SSM::Parameter': (billed) => {
    const tier = billed.values['Tier'] ?? 'Standard';
    if (tier === 'Standard') billed.free('standard parameters cost nothing');
    else billed.report('not-understood', `Tier: got ${shown(tier)}, expected Standard, which costs nothing`);
  },
  'AWS::Events::Rule': (billed) => {
    const schedule = billed.values['ScheduleExpression'];
    if (schedule === undefined) billed.free("AWS's own events cost nothing");
    else if (typeof schedule === 'string' && RARE.test(schedule))
      billed.unmeasured(`calls by the clock, ${schedule}: some hundreds a month at most`, []);
    else
      billed.report(
        'not-understood',
        'ScheduleExpression: got a clock, expected events, or once an hour at most: it works while nobody does',
      );
  },
  'AWS::EC2::Instance': billMachine,
  'AWS::AutoScaling::AutoScalingGroup': billMachine,
  'AWS::EC2::CapacityReservation': billReservation,
  'AWS::EC2::CapacityReservationFleet': billReservation,

  'AWS::S3::Bucket': (billed) => {
    billed.unmeasured('what buckets store', ['bucket-storage']);
  },
  'AWS::Logs::LogGroup': (billed) => {
    billed.unmeasured('what log groups take in and keep', ['log-ingestion', 'log-storage']);
  },
  'AWS::EC2::FlowLog': (billed) => {
    billed.unmeasured('records of connections, which machines make while they idle', ['log-ingestion']);
  },
  'AWS::ECR::Repository': (billed) => {
    billed.unmeasured('mirrored images', ['image-storage']);
  },
  'AWS::KinesisFirehose::DeliveryStream': (billed) => {
    billed.unmeasured('control-plane logs that stream to the audit account', ['stream-ingestion']);
  },

  'AWS::Budgets::Budget': free(
    'a budget that only tells costs nothing (price list of 2020-10-01: 0.00 $ a budget and day)',
  ),
  'AWS::EC2::LaunchTemplate': free("its machines are their group's"),
  'AWS::EC2::Route': NETWORK,
  'AWS::EC2::RouteTable': NETWORK,
  'AWS::EC2::SecurityGroup': NETWORK,
  'AWS::EC2::SecurityGroupEgress': NETWORK,
  'AWS::EC2::SecurityGroupIngress': NETWORK,
  'AWS::EC2::Subnet': NETWORK,
  'AWS::EC2::SubnetRouteTableAssociation': NETWORK,
  'AWS::EC2::VPC': NETWORK,
  'AWS::ElasticLoadBalancingV2::Listener': NETWORK,
  'AWS::ElasticLoadBalancingV2::ListenerRule': NETWORK,
  'AWS::ElasticLoadBalancingV2::TargetGroup': NETWORK,
  'AWS::Route53Resolver::FirewallRuleGroup': free('paid by the query'),
  'AWS::Route53Resolver::FirewallRuleGroupAssociation': free('paid by the query'),
  'AWS::EKS::AccessEntry': RIGHTS,
  'AWS::EKS::PodIdentityAssociation': RIGHTS,
  'AWS::IAM::InstanceProfile': RIGHTS,
  'AWS::IAM::ManagedPolicy': RIGHTS,
  'AWS::IAM::Policy': RIGHTS,
  'AWS::IAM::Role': RIGHTS,
  'AWS::IAM::RolePolicy': RIGHTS,
  'AWS::KMS::Alias': RIGHTS,
  'AWS::S3::BucketPolicy': RIGHTS,
  'AWS::SQS::QueuePolicy': RIGHTS,
  'AWS::SNS::TopicPolicy': RIGHTS,
  'AWS::Logs::ResourcePolicy': RIGHTS,
  'AWS::Lambda::Permission': RIGHTS,
  'AWS::SecretsManager::ResourcePolicy': RIGHTS,
  'AWS::SecretsManager::RotationSchedule': CALLS,
  'AWS::SecretsManager::SecretTargetAttachment': RIGHTS,
  'AWS::Lambda::EventInvokeConfig': CALLS,
  'AWS::Lambda::Function': CALLS,
  'AWS::Lambda::LayerVersion': CALLS,
  'Custom::AWSCDK-EKS-HelmChart': CALLS,
  'Custom::AtollDelivery': CALLS,
  'Custom::AtollDoorTargets': CALLS,
  'Custom::AtollGrantRecord': CALLS,
  'AWS::SNS::Subscription': free('paid by the message'),
  'AWS::SNS::Topic': free('paid by the message'),
  'AWS::Logs::LogStream': free('its group is paid by what it takes in and keeps'),
  'AWS::Logs::SubscriptionFilter': free('its target is paid by what it takes in'),
  'AWS::Logs::MetricFilter': free('its metric is paid while it has values'),
  'AWS::Athena::WorkGroup': free('paid by what a query scans'),
  'AWS::Athena::NamedQuery': free('text'),
  'AWS::Glue::Database': free("the catalogue's first million objects cost nothing"),
  'AWS::Glue::Table': free("the catalogue's first million objects cost nothing"),
};

function billCluster(billed: BilledResource): void {
  const { values } = billed;
  const support = at(values, 'UpgradePolicy.SupportType');
  if (support !== 'STANDARD')
    billed.report(
      'unbounded',
      `UpgradePolicy.SupportType: got ${shown(support)}, expected STANDARD: at its end the price rises sixfold by itself`,
    );
  if (at(values, 'ComputeConfig.Enabled') === true)
    billed.report('not-understood', 'ComputeConfig: got Auto Mode, expected none: its fee is not priced');
  billed.charge('eks-cluster', HOURS, 'control planes, hours');
}

/** Container Insights is paid by the observation, of which pods and nodes make some every minute. */
function billAddon(billed: BilledResource): void {
  if (billed.values['AddonName'] === 'amazon-cloudwatch-observability')
    billed.unmeasured('observations of Container Insights on the system nodes', ['observation', 'log-ingestion']);
  else billed.free('an add-on costs nothing; its pods run on nodes that are counted');
}

function billEndpoint(billed: BilledResource): void {
  const { values } = billed;
  const type = values['VpcEndpointType'] ?? 'Gateway';
  const zones = listOf(values['SubnetIds']).length;
  if (type === 'Gateway') billed.free('gateway endpoints cost nothing');
  else if (type === 'Interface' && zones > 0)
    billed.charge('interface-endpoint', zones * HOURS, 'interface endpoints, hours by zone');
  else
    billed.report(
      'not-understood',
      `VpcEndpointType: got ${shown(type)} in ${zones} subnets, expected Interface in some`,
    );
}

/** By the kind of load balancer: an hour of it; what passes is paid by its units. */
const LOAD_BALANCERS: Readonly<Record<string, string>> = {
  application: 'application-load-balancer',
  network: 'network-load-balancer',
};

function billLoadBalancer(billed: BilledResource): void {
  const { values } = billed;
  const type = values['Type'] ?? 'application';
  const price = typeof type === 'string' ? LOAD_BALANCERS[type] : undefined;
  if (price === undefined)
    billed.report(
      'not-understood',
      `Type: got ${shown(type)}, expected ${Object.keys(LOAD_BALANCERS).join(', ')}, of which the price is known`,
    );
  else if (values['MinimumLoadBalancerCapacity'] !== undefined)
    billed.report(
      'unbounded',
      'MinimumLoadBalancerCapacity: got a reservation, expected none: its units are paid while nobody calls',
    );
  else billed.charge(price, HOURS, 'load balancers, hours');
}

/** Below a period of a minute an alarm is of high resolution. */
const STANDARD_PERIOD_SECONDS = 60;

/** A query over what GPUs measure, of which there is nothing while no GPU runs. It is paid by the metric that it finds. */
const GPU_QUERY = /^SELECT [A-Z]+\(node_gpu_\w+\) FROM SCHEMA\(ContainerInsights, [\w, ]*\bGpuDevice\b[\w, ]*\) /;

function billAlarm(billed: BilledResource): void {
  const { values } = billed;
  const metrics = listOf(values['Metrics']);
  const [only] = metrics;
  if (metrics.length === 1 && GPU_QUERY.test(String(at(only, 'Expression')))) {
    billed.free('an alarm on a query over GPUs is paid by the GPU that it finds');
    return;
  }
  const paid = metrics.length === 0 ? 1 : metrics.filter((metric) => at(metric, 'MetricStat') !== undefined).length;
  if (values['ThresholdMetricId'] !== undefined || paid === 0) {
    billed.report('not-understood', 'Metrics: got a query or a band, expected metrics, by which an alarm is priced');
    return;
  }
  const periods = [values['Period'], ...metrics.map((metric) => at(metric, 'MetricStat.Period'))];
  const high = periods.some((period) => typeof period === 'number' && period < STANDARD_PERIOD_SECONDS);
  billed.charge(high ? 'alarm-high-resolution' : 'alarm', paid, high ? 'alarms of high resolution' : 'alarms');
}

function billQueue(billed: BilledResource): void {
  billed.free('a queue costs nothing; who asks it pays by the request');
  if (billed.tenant === undefined)
    billed.charge('queue-request', MONTH_SECONDS / WAIT_SECONDS, "Karpenter's requests to its queue");
}
