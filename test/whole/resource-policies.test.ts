import { describe, expect, test } from '@jest/globals';
import { DefaultStackSynthesizer } from 'aws-cdk-lib';
import { environmentNames } from '../../environments';
import { judge } from '../constructs/aws/tenant-policy-request';
import { HANDLER_ACTIONS } from '../support/handler-actions';
import { synthesized, type Resource } from '../support/synthesized';

type Policed = keyof typeof HANDLER_ACTIONS;
interface Policy {
  readonly Statement: readonly { readonly Resource?: string | readonly string[] }[];
}

/** Policies of resources: which property holds them, and of what type the resource is that they are the policy of. */
const POLICIES: Readonly<Record<string, readonly [property: string, of: readonly Policed[]]>> = {
  'AWS::S3::BucketPolicy': ['PolicyDocument', ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy']],
  'AWS::SQS::QueuePolicy': ['PolicyDocument', ['AWS::SQS::Queue']],
  'AWS::SNS::TopicPolicy': ['PolicyDocument', ['AWS::SNS::Topic']],
  'AWS::KMS::Key': ['KeyPolicy', ['AWS::KMS::Key']],
  'AWS::ECR::Repository': ['RepositoryPolicyText', ['AWS::ECR::Repository']],
};

/** Functions of CloudFormation, of which the judge knows no value, as texts that are equal where they are the same. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first !== undefined && (first[0] === 'Ref' || first[0].startsWith('Fn::')))
    return JSON.stringify(value);
  return Object.fromEntries(entries.map(([key, inner]) => [key, plain(inner)]));
}

/** What the policy itself is about: the resource of its statements that is no part of another one. */
const subjectOf = (policy: Policy): string =>
  policy.Statement.flatMap(({ Resource: resource }) => resource ?? [])
    .filter((resource) => !resource.endsWith('/*'))
    .sort((a, b) => a.length - b.length)[0] ?? '*';

/** What the resource's policy keeps CloudFormation's role from; keys also have to allow it, since without that IAM counts for nothing. */
function refused(resource: Resource, deployRoleArn: string): string[] {
  const [property, types] = POLICIES[resource.Type] ?? ['', []];
  const policy = plain(resource.Properties?.[property]) as Policy;
  const context = {
    'aws:PrincipalArn': deployRoleArn,
    'aws:PrincipalIsAWSService': 'false',
    'aws:SecureTransport': 'true',
    's3:TlsVersion': '1.3',
  };
  const subject = subjectOf(policy);
  return types
    .flatMap((type) => HANDLER_ACTIONS[type])
    .flatMap((action) =>
      ['true', 'false'].flatMap((via) => {
        const request = { action, resource: subject, context: { ...context, 'aws:ViaAWSService': via } };
        const { denied, allowed } = judge(policy, request);
        if (denied.length > 0) return [`${action}: denied by ${denied.join(', ')}`];
        return resource.Type === 'AWS::KMS::Key' && allowed.length === 0 ? [`${action}: not allowed`] : [];
      }),
    );
}

/** By CDK's own name for it. */
const deployRole = (account: string, region: string): string =>
  DefaultStackSynthesizer.DEFAULT_CLOUDFORMATION_ROLE_ARN.replaceAll('${AWS::AccountId}', account)
    .replace('${AWS::Partition}', 'aws')
    .replace('${AWS::Region}', region)
    .replace('${Qualifier}', DefaultStackSynthesizer.DEFAULT_QUALIFIER);

describe.each(environmentNames)('%s', (name) => {
  const whole = synthesized(name);
  const policed = whole.templates.flatMap(({ stack, template }) =>
    Object.entries(template.Resources)
      .filter(([, { Type, Properties }]) => Properties?.[POLICIES[Type]?.[0] ?? ''] !== undefined)
      .map(([id, resource]) => ({ stack, id, resource })),
  );

  test('no policy of a resource keeps CloudFormation from reading, changing or deleting what it has made', () => {
    expect([...new Set(policed.map(({ resource }) => resource.Type))].sort()).toEqual(Object.keys(POLICIES).sort());
    const found = policed.flatMap(({ stack, id, resource }) =>
      refused(resource, deployRole(stack.account, stack.region)).map((fault) => `${stack.id}/${id}: ${fault}`),
    );
    expect(found).toEqual([]);
  });

  test('a role that is none of theirs is kept from listing every bucket, so that the judge does judge', () => {
    const buckets = policed.filter(({ resource }) => resource.Type === 'AWS::S3::BucketPolicy');
    expect(buckets.length).toBeGreaterThan(2);
    for (const { stack, resource } of buckets)
      expect(refused(resource, `arn:aws:iam::${stack.account}:role/Admin`)).toEqual([
        's3:ListBucket: denied by NobodyElseLists',
        's3:ListBucket: denied by NobodyElseLists',
      ]);
  });
});
