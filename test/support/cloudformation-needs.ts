import { expect } from '@jest/globals';
import type { ClusterName } from '../../schema/vocabulary';
import type { Resource, WholeEnvironment } from './synthesized';

/** One thing that CloudFormation does for a template. */
export interface Need {
  readonly action: string;
  readonly resource: string;
}
interface Place {
  readonly account: string;
  readonly region: string;
  readonly stackName: string;
}

export const need = (action: string, resource = '*'): Need => ({ action, resource });
/** A role that CloudFormation names itself, after the stack. */
const generatedRole = ({ account, stackName }: Place): string => `arn:aws:iam::${account}:role/${stackName}-Role1A2B`;
const linkedRole = ({ account }: Place, service: string): string =>
  `arn:aws:iam::${account}:role/aws-service-role/${service}/AWSServiceRoleFor`;
const asset = ({ account, region }: Place): string => `arn:aws:s3:::cdk-hnb659fds-assets-${account}-${region}/a.zip`;

/**
 * What the handlers of a type call besides its own service, in the shapes that are used here: `handlers.*.permissions` of the
 * CloudFormation registry's schemas (as https://github.com/pulumi/pulumi-aws-native/tree/master/aws-cloudformation-schema keeps
 * them, 2026-08-07), and for endpoints and node groups the sources named in `deploy-policy.ts`.
 */
const ALSO: Readonly<Record<string, (place: Place, resource: Resource) => Need[]>> = {
  'AWS::EC2::FlowLog': (place) => [need('logs:CreateLogDelivery'), need('iam:PassRole', generatedRole(place))],
  'AWS::EC2::VPCEndpoint': ({ account, region }, { Properties }) =>
    Properties?.['PrivateDnsEnabled'] === true
      ? ['arn:aws:route53:::hostedzone/Z1', `arn:aws:ec2:${region}:${account}:vpc/vpc-1`].map((resource) =>
          need('route53:AssociateVPCWithHostedZone', resource),
        )
      : [],
  'AWS::ECR::Repository': () => ['kms:DescribeKey', 'kms:CreateGrant', 'kms:RetireGrant'].map((action) => need(action)),
  'AWS::EKS::Addon': (place) => [need('iam:PassRole', generatedRole(place)), need('iam:GetRole', generatedRole(place))],
  'AWS::EKS::Cluster': (place) => [
    need('ec2:DescribeVpcs'),
    need('kms:CreateGrant'),
    need('iam:PassRole', generatedRole(place)),
    need('iam:CreateServiceLinkedRole', linkedRole(place, 'eks.amazonaws.com')),
  ],
  'AWS::EKS::Nodegroup': (place) => [
    need('ec2:RunInstances'),
    need('iam:GetRole', linkedRole(place, 'eks-nodegroup.amazonaws.com')),
    need('iam:CreateServiceLinkedRole', linkedRole(place, 'eks-nodegroup.amazonaws.com')),
  ],
  'AWS::EKS::PodIdentityAssociation': (place) => [need('iam:PassRole', generatedRole(place))],
  'AWS::KinesisFirehose::DeliveryStream': (place) => [
    need('iam:GetRole', generatedRole(place)),
    need('iam:PassRole', generatedRole(place)),
    need('kms:CreateGrant'),
    need('kms:DescribeKey'),
  ],
  'AWS::Lambda::Function': (place) => [
    need('s3:GetObject', asset(place)),
    need('kms:Decrypt'),
    need('iam:PassRole', generatedRole(place)),
  ],
  'AWS::Lambda::LayerVersion': (place) => [need('s3:GetObject', asset(place)), need('kms:Decrypt')],
  'AWS::Logs::SubscriptionFilter': (place) => [need('iam:PassRole', generatedRole(place))],
  'AWS::Route53Resolver::FirewallRuleGroupAssociation': () => [need('ec2:DescribeVpcs')],
};

/** IAM is allowed by name: what a resource is called, or begins with where CloudFormation calls it. */
const IAM_NAMES: Readonly<Record<string, readonly [kind: string, property: string]>> = {
  'AWS::IAM::InstanceProfile': ['instance-profile', 'InstanceProfileName'],
  'AWS::IAM::ManagedPolicy': ['policy', 'ManagedPolicyName'],
  'AWS::IAM::Policy': ['role', ''],
  'AWS::IAM::Role': ['role', 'RoleName'],
};

/** Services whose actions have another prefix than their types have a name. */
const IAM_PREFIXES: Readonly<Record<string, string>> = {
  elasticloadbalancingv2: 'elasticloadbalancing',
  kinesisfirehose: 'firehose',
};

function ofResource(place: Place, resource: Resource): Need[] {
  const { Type: type, Properties: properties = {} } = resource;
  if (type.startsWith('Custom::')) return [need('lambda:InvokeFunction')];
  const iam = IAM_NAMES[type];
  if (iam !== undefined) {
    const [kind, property] = iam;
    const given = properties[property];
    const name = typeof given === 'string' ? given : `${place.stackName}-${kind}1A2B`;
    return [need('iam:Anything', `arn:aws:iam::${place.account}:${kind}/${name}`)];
  }
  const service = /^AWS::(\w+)::\w+$/.exec(type)?.[1]?.toLowerCase();
  if (service === undefined || service === 'iam')
    throw new Error(`got the type ${type}, allowed AWS::<service>::<type>`);
  return [need(`${IAM_PREFIXES[service] ?? service}:Anything`), ...(ALSO[type]?.(place, resource) ?? [])];
}

/** Functions that CloudFormation evaluates by itself. */
const PURE = [
  'Ref',
  'Fn::And',
  'Fn::Base64',
  'Fn::Contains',
  'Fn::Equals',
  'Fn::GetAtt',
  'Fn::Join',
  'Fn::Not',
  'Fn::Select',
  'Fn::Sub',
];

function ofIntrinsics(place: Place, value: unknown): Need[] {
  if (typeof value === 'string') {
    const reference = /\{\{resolve:(\w+)/.exec(value)?.[1];
    const secret = /\{\{resolve:secretsmanager:(arn:(?:[\w/-]*:){5}secret:[\w/+=.@-]+)/.exec(value)?.[1];
    if (secret !== undefined) return [need('secretsmanager:GetSecretValue', secret)];
    if (reference !== undefined && reference !== 'ssm')
      throw new Error(`got '${value}', allowed resolve:ssm and the ARN of a secret; add it here`);
    return reference === undefined ? [] : [need('ssm:GetParameters')];
  }
  if (Array.isArray(value)) return value.flatMap((item) => ofIntrinsics(place, item));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const within = ofIntrinsics(place, inner);
    if (key === 'Fn::GetStackOutput') return [...within, ofStackOutput(place, inner)];
    if (key.startsWith('Fn::') && !PURE.includes(key))
      throw new Error(`got ${key}, allowed ${PURE.join(', ')}; add it`);
    return within;
  });
}

function ofStackOutput({ account }: Place, argument: unknown): Need {
  const { StackName, Region, RoleArn } = argument as Readonly<Record<string, unknown>>;
  // With a role of its own the read would be that role's, and need sts:AssumeRole instead.
  expect({ StackName, RoleArn }).toEqual({ StackName: expect.any(String), RoleArn: undefined });
  return need(
    'cloudformation:DescribeStacks',
    `arn:aws:cloudformation:${String(Region)}:${account}:stack/${String(StackName)}/0a1b2c3d-id`,
  );
}

/** All that the templates of one account ask of CloudFormation, each once. */
export function needsOf(whole: WholeEnvironment, cluster: ClusterName): Need[] {
  const account = whole.env.accounts[cluster];
  const found = new Map<string, Need>();
  for (const { stack, template } of whole.templates) {
    if (stack.account !== account) continue;
    const parameters = (template as { Parameters?: Readonly<Record<string, { Type: string }>> }).Parameters ?? {};
    const all = [
      ...Object.values(parameters).flatMap(({ Type }) =>
        Type.startsWith('AWS::SSM::') ? [need('ssm:GetParameters')] : [],
      ),
      ...Object.values(template.Resources).flatMap((resource) => ofResource(stack, resource)),
      ...ofIntrinsics(stack, template),
    ];
    for (const one of all) found.set(`${one.action} ${one.resource}`, one);
  }
  return [...found.values()];
}
