import { type Judge, empty } from './case';
import { judgeKey, judgeQueue, judgeTopic } from './keys-and-queues';
import { judgeLogGroup, judgeStream, judgeWorkGroup } from './logs-and-streams';
import { judgeLoadBalancer } from './load-balancers';
import { judgeLaunchTemplate } from './machines';
import { judgeSharedBucket } from './team-bucket';
import { judgeTenantBucket } from './tenant-bucket';

const RIGHTS = empty('rights and names, no data');
const NETWORK = empty('addresses and routes; what passes is not kept');
const PASSES = empty('passes on what others hold, and keeps nothing');
const NUMBERS = empty('names and numbers, no content');
const CODE = empty('code and settings of the platform');

/**
 * Every type of resource that a template may have, with who judges it. A type that is missing is a finding: whoever adds one says
 * here what it holds.
 */
export const RESOURCE_JUDGES: Readonly<Record<string, Judge>> = {
  'AWS::S3::Bucket': (subject) => {
    if (subject.tenant === undefined) judgeSharedBucket(subject);
    else judgeTenantBucket(subject, subject.tenant);
  },
  'AWS::KMS::Key': judgeKey,
  'AWS::SQS::Queue': judgeQueue,
  'AWS::SNS::Topic': judgeTopic,
  'AWS::Logs::LogGroup': judgeLogGroup,
  'AWS::Logs::LogStream': empty('what it takes in is its group’s, which is judged by itself'),
  'AWS::KinesisFirehose::DeliveryStream': judgeStream,
  'AWS::Athena::WorkGroup': judgeWorkGroup,
  'AWS::EC2::LaunchTemplate': judgeLaunchTemplate,

  'AWS::S3::BucketPolicy': RIGHTS,
  'AWS::SQS::QueuePolicy': RIGHTS,
  'AWS::SNS::TopicPolicy': RIGHTS,
  'AWS::KMS::Alias': RIGHTS,
  'AWS::IAM::InstanceProfile': RIGHTS,
  'AWS::IAM::ManagedPolicy': RIGHTS,
  'AWS::IAM::Policy': RIGHTS,
  'AWS::IAM::Role': RIGHTS,
  'AWS::IAM::RolePolicy': RIGHTS,
  'AWS::EKS::AccessEntry': RIGHTS,
  'AWS::EKS::PodIdentityAssociation': RIGHTS,
  'AWS::Lambda::Permission': RIGHTS,
  'AWS::Logs::ResourcePolicy': RIGHTS,
  'AWS::SecretsManager::ResourcePolicy': RIGHTS,

  'AWS::EC2::Route': NETWORK,
  'AWS::EC2::RouteTable': NETWORK,
  'AWS::EC2::SecurityGroup': NETWORK,
  'AWS::EC2::SecurityGroupEgress': NETWORK,
  'AWS::EC2::SecurityGroupIngress': NETWORK,
  'AWS::EC2::Subnet': NETWORK,
  'AWS::EC2::SubnetRouteTableAssociation': NETWORK,
  'AWS::EC2::TransitGatewayAttachment': NETWORK,
  'AWS::EC2::VPC': NETWORK,
  'AWS::EC2::VPCEndpoint': NETWORK,
  'AWS::Route53Resolver::FirewallDomainList': NETWORK,
  'AWS::Route53Resolver::FirewallRuleGroup': NETWORK,
  'AWS::Route53Resolver::FirewallRuleGroupAssociation': NETWORK,

  'AWS::EC2::FlowLog': PASSES,
  'AWS::ElasticLoadBalancingV2::Listener': PASSES,
  'AWS::ElasticLoadBalancingV2::ListenerRule': PASSES,
  'AWS::ElasticLoadBalancingV2::LoadBalancer': judgeLoadBalancer,
  'AWS::ElasticLoadBalancingV2::TargetGroup': PASSES,
  'AWS::Events::Rule': PASSES,
  'AWS::Logs::SubscriptionFilter': PASSES,
  'AWS::SNS::Subscription': PASSES,

  'AWS::Budgets::Budget': NUMBERS,
  'AWS::CloudWatch::Alarm': NUMBERS,
  'AWS::CloudWatch::Dashboard': NUMBERS,
  'AWS::SSM::Parameter': NUMBERS,
  'AWS::Logs::MetricFilter': NUMBERS,

  'AWS::ECR::Repository': empty("images and charts; a tenant's model lies in its bucket, never in a registry"),
  'AWS::EKS::Addon': CODE,
  'AWS::EKS::Cluster': empty(
    'objects of the API server, which are rendered and judged one by one; pods keep no content there',
  ),
  'AWS::EKS::Nodegroup': empty(
    "system nodes, on which no pod of a tenant runs; their volumes are the launch template's",
  ),
  'AWS::Lambda::EventInvokeConfig': CODE,
  'AWS::Lambda::Function': CODE,
  'AWS::Lambda::LayerVersion': CODE,
  'Custom::AWSCDK-EKS-HelmChart': CODE,
  'Custom::AtollDoorTargets': CODE,
  'Custom::AtollGrantRecord': empty('a grant as its file says it; the record that it makes lies in the audit archive'),
  'Custom::AtollDelivery': empty('rendered objects: names and settings from the environment'),

  'AWS::Glue::Database': empty('names of columns and places, no rows'),
  'AWS::Glue::Table': empty('names of columns and places, no rows; partitions are computed'),
  'AWS::Athena::NamedQuery': empty('text of a query from the repository'),
  'AWS::SecretsManager::Secret': empty('credentials of the platform'),
  'AWS::SecretsManager::SecretTargetAttachment': empty('credentials of the platform'),
  'AWS::SecretsManager::RotationSchedule': RIGHTS,
};
