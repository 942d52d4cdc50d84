import { QUOTAS } from '../../../schema/quotas';
import type { Scan } from './scan';
import { at, fault, type TemplateContext } from './template';
import { textOf } from './text';

interface NameRule {
  /** Dotted path below Properties. */
  readonly path: string;
  readonly min?: number;
  readonly max: number;
  readonly pattern: RegExp;
  readonly charset: string;
}

const IAM_NAME = { pattern: /^[\w+=,.@-]+$/, charset: "letters, digits and '+=,.@_-'" };
const WORD = { pattern: /^[\w-]+$/, charset: "letters, digits, '_' and '-'" };

/**
 * Names by type of resource. Where the figures that schema/quotas.ts does not hold were looked up on 2026-11-24:
 * - policies and instance profiles: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 * - topics, log groups, key aliases, clusters: CloudFormation's reference as the L1 classes of `aws-cdk-lib` repeat it
 * - buckets' characters: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 * - Firehose's streams: https://docs.aws.amazon.com/ivs/latest/ChatAPIReference/API_FirehoseDestinationConfiguration.html (2026-11-25)
 * - budgets: https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_BudgetNotificationsForAccount.html
 * - stacks' length: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 *
 * Not looked up: the lengths of repositories and of rules, and the characters of rules and stacks; see docs/open-claims.md.
 */
const RULES: Readonly<Record<string, NameRule>> = {
  'AWS::IAM::Role': { path: 'RoleName', max: QUOTAS.roleName.value, ...IAM_NAME },
  'AWS::IAM::ManagedPolicy': { path: 'ManagedPolicyName', max: 128, ...IAM_NAME },
  'AWS::IAM::InstanceProfile': { path: 'InstanceProfileName', max: 128, ...IAM_NAME },
  'AWS::S3::Bucket': {
    path: 'BucketName',
    min: 3,
    max: QUOTAS.bucketName.value,
    // AWS allows dots too, but no certificate covers such a name.
    pattern: /^(?!xn--)[a-z0-9][a-z0-9-]*[a-z0-9]$(?<!-s3alias|--ol-s3)/,
    charset: "lower-case letters, digits and '-', first and last not '-'",
  },
  'AWS::SQS::Queue': {
    path: 'QueueName',
    max: QUOTAS.queueName.value,
    pattern: /^[\w-]+(\.fifo)?$/,
    charset: WORD.charset,
  },
  'AWS::SNS::Topic': { path: 'TopicName', max: 256, pattern: /^[\w-]+(\.fifo)?$/, charset: WORD.charset },
  'AWS::Lambda::Function': { path: 'FunctionName', max: QUOTAS.functionName.value, ...WORD },
  'AWS::Logs::LogGroup': {
    path: 'LogGroupName',
    max: 512,
    pattern: /^(?!aws\/)[\w./#-]+$/,
    charset: "letters, digits and '_./#-', not beginning with 'aws/'",
  },
  'AWS::KMS::Alias': {
    path: 'AliasName',
    max: 256,
    pattern: /^alias\/(?!aws\/)[\w/-]+$/,
    charset: "'alias/' and letters, digits and '/_-', not 'alias/aws/'",
  },
  'AWS::ECR::Repository': {
    path: 'RepositoryName',
    min: 2,
    max: 256,
    pattern: /^[a-z0-9]+([._/-][a-z0-9]+)*$/,
    charset: "lower-case letters and digits with single '._/-' between",
  },
  'AWS::EKS::Cluster': { path: 'Name', max: 100, pattern: /^[0-9A-Za-z][\w-]*$/, charset: WORD.charset },
  'AWS::Events::Rule': { path: 'Name', max: 64, pattern: /^[\w.-]+$/, charset: "letters, digits and '._-'" },
  'AWS::KinesisFirehose::DeliveryStream': {
    path: 'DeliveryStreamName',
    max: 64,
    pattern: /^[\w.-]+$/,
    charset: "letters, digits and '._-'",
  },
  'AWS::Budgets::Budget': {
    path: 'Budget.BudgetName',
    max: 100,
    pattern: /^[^:\\]+$/,
    charset: "anything but ':' and '\\'",
  },
};

const REMEDY = 'shorten or correct it in schema/names.ts';
const STACK = { max: 128, pattern: /^[A-Za-z][A-Za-z0-9-]*$/, charset: "letters, digits and '-', a letter first" };

/** Names that CloudFormation or the service would refuse, or cut. A name that the service makes up is not judged. */
export function nameFaults(scan: Scan, context: TemplateContext): string[] {
  const faults: string[] = [];
  const judge = (place: string, name: string, rule: Omit<NameRule, 'path'>): void => {
    const { length } = name;
    if (length > rule.max || length < (rule.min ?? 1)) {
      const allowed = `${rule.min ?? 1} to ${rule.max} characters`;
      faults.push(fault(context.stackName, place, `'${name}' of ${length} characters`, allowed, REMEDY));
    } else if (!rule.pattern.test(name)) {
      faults.push(fault(context.stackName, place, `'${name}'`, rule.charset, REMEDY));
    }
  };
  judge('stackName', context.stackName, STACK);
  for (const [id, resource] of scan.resources) {
    const rule = RULES[resource.Type];
    const value = rule === undefined ? undefined : at(resource.Properties, rule.path);
    if (rule === undefined || value === undefined) continue;
    const name = textOf(value, scan.template, context);
    // What only the deploy resolves can be judged by nobody before it.
    if (!/\$\{|\{\{resolve:/.test(name)) judge(`${id}: Properties.${rule.path}`, name, rule);
  }
  return faults;
}
