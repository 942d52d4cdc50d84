import type { Stack, TemplateResource } from '../output/cloud-assembly';
import { isValues } from '../output/values';
import { NotUnderstood } from './not-understood';

/** Types whose policies are read by what reads the type. */
const READ: ReadonlySet<string> = new Set([
  'AWS::EC2::VPCEndpoint',
  'AWS::ECR::Repository',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::IAM::RolePolicy',
  'AWS::KMS::Key',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
  'AWS::SecretsManager::ResourcePolicy',
]);

/**
 * Types that give no rights by a policy of their own, each looked at: a type that is not listed could be a way that the proof does not see,
 * such as another stack, an access point, or a share of a log group with another account.
 */
const WITHOUT_POLICY: ReadonlySet<string> = new Set([
  'AWS::Athena::WorkGroup',
  'AWS::Budgets::Budget',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::EC2::FlowLog',
  'AWS::EC2::LaunchTemplate',
  'AWS::EC2::Route',
  'AWS::EC2::RouteTable',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::EC2::Subnet',
  'AWS::EC2::SubnetRouteTableAssociation',
  'AWS::EC2::TransitGatewayAttachment',
  'AWS::EC2::VPC',
  // Kubernetes' proof reads whom they let into a cluster.
  'AWS::EKS::AccessEntry',
  'AWS::EKS::Addon',
  'AWS::EKS::Cluster',
  'AWS::EKS::Nodegroup',
  'AWS::EKS::PodIdentityAssociation',
  'AWS::Events::Rule',
  'AWS::Glue::Database',
  'AWS::Glue::Table',
  'AWS::IAM::InstanceProfile',
  'AWS::KMS::Alias',
  'AWS::KinesisFirehose::DeliveryStream',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::Function',
  'AWS::Lambda::LayerVersion',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::Logs::LogStream',
  'AWS::Logs::SubscriptionFilter',
  'AWS::Route53Resolver::FirewallDomainList',
  'AWS::Route53Resolver::FirewallRuleGroup',
  'AWS::Route53Resolver::FirewallRuleGroupAssociation',
  'AWS::S3::Bucket',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
  'AWS::SSM::Parameter',
  'AWS::SecretsManager::Secret',
  // Handlers of ours, and CDK's that calls Helm: what they do, their roles say.
  'Custom::AWSCDK-EKS-HelmChart',
  'Custom::AtollDelivery',
  'Custom::AtollGrantRecord',
]);

const ATTRIBUTES = ['Type', 'Properties', 'DependsOn', 'DeletionPolicy', 'UpdateReplacePolicy', 'Metadata'];
/** `Rules` check parameters, and refuse a deploy or do nothing. */
const SECTIONS = ['AWSTemplateFormatVersion', 'Description', 'Metadata', 'Parameters', 'Rules', 'Resources', 'Outputs'];

/** @throws NotUnderstood naming a section of the template by which its resources could be others than they seem: such as a transform */
export function checkTemplate(stack: Stack): void {
  const { Rules, ...rest } = stack.template();
  const sections = { ...rest, Resources: undefined };
  const faults = [
    ...Object.keys(stack.template())
      .filter((name) => !SECTIONS.includes(name))
      .map((name) => `${stack.name}: got ${name}, allowed ${SECTIONS.join(', ')}`),
    ...unknownIntrinsics(sections, stack.name),
    ...unknownIntrinsics(Rules, `${stack.name}.Rules`).filter((found) => !/ Fn::(?:Contains|Not)$/.test(found)),
  ];
  if (faults.length > 0) throw new NotUnderstood(faults);
}

/**
 * @param where stack and logical id
 * @throws NotUnderstood naming a type that is not known, an attribute that is not, or a policy where none is read
 */
export function checkType(where: string, resource: TemplateResource): void {
  const { Type: type, Properties: properties } = resource;
  const faults = Object.keys(resource)
    .filter((name) => !ATTRIBUTES.includes(name))
    .map((name) => `${where}: got the attribute ${name}, allowed ${ATTRIBUTES.join(', ')}`);
  if (!READ.has(type) && !WITHOUT_POLICY.has(type))
    faults.push(`${where}: got ${type}, allowed a type that is known: it may give rights that are not read`);
  faults.push(...unknownIntrinsics(resource, where).map((found) => `${found}, allowed ${INTRINSICS.join(', ')}`));
  const policy = READ.has(type) ? undefined : policyWithin(properties, 'Properties');
  if (policy !== undefined) faults.push(`${where}: got a policy in ${policy} of ${type}, allowed none: it is not read`);
  if (faults.length > 0) throw new NotUnderstood(faults);
}

/** Path of the first thing within a value that looks like a policy, as it is or as a text. */
function policyWithin(value: unknown, path: string): string | undefined {
  if (typeof value === 'string') return isPolicyText(value) ? path : undefined;
  if (Array.isArray(value))
    return value.map((one, i) => policyWithin(one, `${path}[${i}]`)).find((found) => found !== undefined);
  if (!isValues(value)) return undefined;
  if ('Statement' in value) return path;
  return Object.entries(value)
    .map(([key, one]) => policyWithin(one, `${path}.${key}`))
    .find((found) => found !== undefined);
}

/** Such as a log group takes: also a part of one, which an intrinsic puts together, or one that is written with escapes. */
function isPolicyText(text: string): boolean {
  if (/"Statement"\s*:/.test(text)) return true;
  if (!/^\s*[{[]/.test(text)) return false;
  try {
    return policyWithin(JSON.parse(text) as unknown, '') !== undefined;
  } catch {
    return false;
  }
}

/** What CloudFormation computes in our templates, and what the proofs know to do nothing but put texts together. */
const INTRINSICS = [
  'Fn::Base64',
  'Fn::GetAtt',
  'Fn::GetStackOutput',
  'Fn::Join',
  'Fn::Select',
  'Fn::Split',
  'Fn::Sub',
] as const;

/**
 * Intrinsics in a value that are not known, each with its path. One such as `Fn::Transform` lets a macro write what stands beside it, whatever the type
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-transform.html, 2026-11-26).
 */
export function unknownIntrinsics(value: unknown, path: string): string[] {
  if (Array.isArray(value)) return value.flatMap((one, i) => unknownIntrinsics(one, `${path}[${i}]`));
  if (!isValues(value)) return [];
  return Object.entries(value).flatMap(([name, one]) => [
    ...(name.startsWith('Fn::') && !INTRINSICS.some((known) => known === name)
      ? [`${path}: got the intrinsic ${name}`]
      : []),
    ...unknownIntrinsics(one, name === 'Properties' || name.startsWith('Fn::') ? path : `${path}.${name}`),
  ]);
}
