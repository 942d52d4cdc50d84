import { expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { TenantStack } from '../../../infra/aws/tenant-stack';
import type { RenderedFile } from '../../../infra/rendered';
import type { Environment } from '../../../schema/model';
import type { TenantInput } from '../../../schema/tenant';
import type { TenantState } from '../../../schema/vocabulary';
import { nagFindings } from '../../support/nag';
import { sampleEnvironment, sampleTenants } from '../../support/sample-environment';
import { filterPasses } from './filter-policy';

type Resource = { Type: string; DependsOn?: string | string[]; DeletionPolicy?: string; UpdateReplacePolicy?: string };
type Resources = Record<string, Resource>;

function file(id: string, key: string, text = 'kind: Namespace\n'): RenderedFile {
  return { cluster: 'production', key, text, owner: { kind: 'tenant', id } };
}

function stackOf(env: Environment, id: string, files?: readonly RenderedFile[]): TenantStack {
  const tenant = env.tenants.find((candidate) => candidate.id === id);
  if (tenant === undefined) throw new Error(`no tenant ${id}`);
  return new TenantStack(new App(), `tenant-${id}`, {
    env,
    tenant,
    files: files ?? [file(id, `index/${id}.yaml`), file(id, `tenants/${id}/platform/objects.yaml`)],
    stackEnv: { account: env.accounts.production, region: env.region },
  });
}

const acmeIn = (state: TenantState): Template =>
  Template.fromStack(
    stackOf(sampleEnvironment({ tenants: sampleTenants.map((t) => (t.id === 'acme' ? { ...t, state } : t)) }), 'acme'),
  );
const env = sampleEnvironment();
const acme = acmeIn('active');

test('the bucket is versioned, under the tenant key, closed to the public, without ACLs', () => {
  acme.hasResourceProperties('AWS::S3::Bucket', {
    BucketName: 'atoll-sample-acme-222222222222',
    VersioningConfiguration: { Status: 'Enabled' },
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [
        {
          BucketKeyEnabled: true,
          ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: { 'Fn::GetAtt': ['Key', 'Arn'] } },
        },
      ],
    },
    OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
  });
});

test('raw objects of a class expire after its retention, and their versions a day later', () => {
  const [bucket] = Object.values(acme.findResources('AWS::S3::Bucket')) as {
    Properties: { LifecycleConfiguration: { Rules: { Prefix?: string; ExpirationInDays?: number }[] } };
  }[];
  const rules = bucket?.Properties.LifecycleConfiguration.Rules ?? [];
  expect(rules.map((rule) => [rule.Prefix, rule.ExpirationInDays])).toEqual([
    ['raw/video/', 90],
    ['raw/audio/', 90],
    ['raw/text/', 180],
    [undefined, undefined],
  ]);
  expect(rules[0]).toMatchObject({ NoncurrentVersionExpiration: { NoncurrentDays: 1 } });
});

test('each class notifies the topic, whose policy exists before the bucket', () => {
  acme.hasResource('AWS::S3::Bucket', {
    Properties: {
      NotificationConfiguration: {
        TopicConfigurations: ['video', 'audio', 'text'].map((name) => ({
          Event: 's3:ObjectCreated:*',
          Topic: 'arn:aws:sns:eu-central-1:222222222222:atoll-sample-acme-events',
          Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: `raw/${name}/` }] } },
        })),
      },
    },
    DependsOn: ['EventsPolicy'],
  });
});

test('the queue of each pipeline takes what its class tells, raw, and S3’s test message reaches none', () => {
  const subscriptions = Object.values(acme.findResources('AWS::SNS::Subscription')) as {
    Properties: { Endpoint: string; FilterPolicy: object };
    DependsOn: string[];
  }[];
  expect(subscriptions.length).toBe(3);
  for (const name of ['video', 'audio', 'text']) {
    const [own, ...more] = subscriptions.filter(({ Properties }) => Properties.Endpoint.endsWith(`-${name}`));
    expect(more).toEqual([]);
    expect(own?.Properties).toMatchObject({
      TopicArn: { Ref: 'Events' },
      Protocol: 'sqs',
      Endpoint: `arn:aws:sqs:eu-central-1:222222222222:atoll-sample-acme-${name}`,
      RawMessageDelivery: true,
      FilterPolicyScope: 'MessageBody',
      RedrivePolicy: { deadLetterTargetArn: 'arn:aws:sqs:eu-central-1:222222222222:atoll-sample-acme-dead-letter' },
    });
    expect(own?.DependsOn).toEqual([
      'AudioQueuePolicy',
      'DeadLetterQueuePolicy',
      'TextQueuePolicy',
      'VideoQueuePolicy',
    ]);
    const passes = (body: unknown): boolean => filterPasses(own?.Properties.FilterPolicy ?? {}, body);
    const record = (key: string): object => ({ eventName: 'ObjectCreated:Put', s3: { object: { key } } });
    expect(passes({ Records: [record(`raw/${name}/2026/call-1`)] })).toBe(true);
    expect(passes({ Records: [record(`raw%2F${name}%2Fcall+1`)] })).toBe(true);
    expect(passes({ Records: [record('raw/other/call-1')] })).toBe(false);
    expect(passes({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'atoll-sample-acme-222222222222' })).toBe(
      false,
    );
  }
});

test('there is a queue per pipeline that the tenant has data for, and one dead-letter queue that takes from these only', () => {
  acme.resourceCountIs('AWS::SQS::Queue', 4);
  Template.fromStack(stackOf(env, 'birch')).resourceCountIs('AWS::SQS::Queue', 2);
  const queueArn = (name: string): string => `arn:aws:sqs:eu-central-1:222222222222:atoll-sample-acme-${name}`;
  acme.hasResourceProperties('AWS::SQS::Queue', {
    QueueName: 'atoll-sample-acme-dead-letter',
    RedriveAllowPolicy: {
      redrivePermission: 'byQueue',
      sourceQueueArns: [queueArn('video'), queueArn('audio'), queueArn('text')],
    },
  });
  acme.allResourcesProperties('AWS::SQS::Queue', {
    KmsMasterKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] },
    MessageRetentionPeriod: 1_209_600,
    VisibilityTimeout: 180,
  });
  acme.hasResourceProperties('AWS::SQS::Queue', {
    QueueName: 'atoll-sample-acme-video',
    DelaySeconds: 300,
    RedrivePolicy: { deadLetterTargetArn: queueArn('dead-letter'), maxReceiveCount: 5 },
  });
});

test('a dead letter of any pipeline raises the one alarm of the tenant, in the topic of the account’s alarms', () => {
  acme.resourceCountIs('AWS::CloudWatch::Alarm', 1);
  acme.hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: 'ApproximateNumberOfMessagesVisible',
    Dimensions: [{ Name: 'QueueName', Value: 'atoll-sample-acme-dead-letter' }],
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
    AlarmActions: ['arn:aws:sns:eu-central-1:222222222222:atoll-sample-production-alerts'],
  });
  acmeIn('erasing').resourceCountIs('AWS::CloudWatch::Alarm', 0);
});

test('the three service accounts get the role by associations with session tags', () => {
  const associations = Object.values(acme.findResources('AWS::EKS::PodIdentityAssociation')) as {
    Properties: Record<string, unknown>;
  }[];
  expect(associations.map(({ Properties }) => Properties['ServiceAccount']).sort()).toEqual([
    'inference',
    'pipeline',
    'training',
  ]);
  for (const { Properties } of associations) {
    expect(Properties).toMatchObject({
      ClusterName: 'atoll-sample-production',
      Namespace: 'tenant-acme',
      RoleArn: 'arn:aws:iam::222222222222:role/atoll-sample-tenant-acme',
    });
    expect(Object.keys(Properties)).not.toContain('Policy');
    expect(Object.keys(Properties)).not.toContain('DisableSessionTags');
  }
});

test('a tenant that is not active has no association, and a role that can do nothing', () => {
  for (const state of ['suspended', 'erasing'] as const) {
    const template = acmeIn(state);
    template.resourceCountIs('AWS::EKS::PodIdentityAssociation', 0);
    template.hasResourceProperties('AWS::IAM::Role', {
      Policies: [
        {
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Sid: 'NotActive', Effect: 'Deny', Action: '*', Resource: '*' }],
          },
        },
      ],
    });
  }
});

test('a suspended tenant keeps queueing events, an erasing one does not', () => {
  const notifications = (state: TenantState): boolean =>
    JSON.stringify(acmeIn(state).toJSON()).includes('NotificationConfiguration');
  expect(notifications('suspended')).toBe(true);
  expect(notifications('erasing')).toBe(false);
});

test('what holds data outlives the stack, and a failed create leaves no orphan', () => {
  const { Resources } = acme.toJSON() as { Resources: Resources };
  const retained = ['AWS::KMS::Key', 'AWS::S3::Bucket', 'AWS::S3::BucketPolicy', 'AWS::Logs::LogGroup'];
  const found = Object.values(Resources).filter(({ Type }) => retained.includes(Type));
  expect(found.map(({ Type }) => Type).sort()).toEqual([...retained].sort());
  for (const resource of found) {
    expect([resource.DeletionPolicy, resource.UpdateReplacePolicy]).toEqual(['RetainExceptOnCreate', 'Retain']);
  }
});

test('the key rotates, the log group is under it, the budget counts what carries the tenant tag', () => {
  acme.hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true, PendingWindowInDays: 30 });
  acme.hasResourceProperties('AWS::KMS::Alias', { AliasName: 'alias/atoll/sample/tenant/acme' });
  acme.hasResourceProperties('AWS::Logs::LogGroup', {
    LogGroupName: '/atoll/sample/tenant/acme',
    KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] },
    RetentionInDays: 365,
  });
  acme.hasResourceProperties('AWS::Budgets::Budget', {
    Budget: { CostFilters: { TagKeyValue: ['user:atoll:tenant$acme'] }, BudgetLimit: { Amount: 2000, Unit: 'USD' } },
  });
});

test('everything that can be tagged names the tenant', () => {
  const untaggable = [
    'AWS::KMS::Alias',
    'AWS::S3::BucketPolicy',
    'AWS::SNS::Subscription',
    'AWS::SNS::TopicPolicy',
    'AWS::SQS::QueuePolicy',
    'Custom::AtollDelivery',
  ];
  const { Resources } = acme.toJSON() as { Resources: Record<string, Resource & { Properties: unknown }> };
  for (const { Type, Properties } of Object.values(Resources)) {
    const named = JSON.stringify(Properties).includes('{"Key":"atoll:tenant","Value":"acme"}');
    expect([Type, named]).toEqual([Type, !untaggable.includes(Type)]);
  }
});

test('the files are delivered by name, each with its hash, after the associations', () => {
  const sha256 = createHash('sha256').update('kind: Namespace\n').digest('hex');
  acme.hasResource('Custom::AtollDelivery', {
    Properties: {
      ServiceToken: 'arn:aws:lambda:eu-central-1:222222222222:function:atoll-sample-production-delivery',
      SourceBucket: 'cdk-hnb659fds-assets-222222222222-eu-central-1',
      Files: [
        {
          TargetKey: 'index/acme.yaml',
          Offset: 0,
          Bytes: 'kind: Namespace\n'.length,
          Sha256: sha256,
        },
        { TargetKey: 'tenants/acme/platform/objects.yaml' },
      ],
    },
    DependsOn: ['inferenceAssociation', 'pipelineAssociation', 'trainingAssociation'],
  });
});

test('a tenant without files has no delivery', () => {
  Template.fromStack(stackOf(env, 'acme', [])).resourceCountIs('Custom::AtollDelivery', 0);
});

test('nothing depends on itself and nothing is imported', () => {
  for (const state of ['active', 'suspended', 'erasing'] as const) {
    const { Resources } = acmeIn(state).toJSON() as { Resources: Resources };
    const edges = new Map(Object.entries(Resources).map(([id, body]) => [id, edgesOf(body, Resources)]));
    expect(cycleIn(edges)).toBeUndefined();
    expect(JSON.stringify(Resources)).not.toContain('Fn::ImportValue');
  }
});

test('two tenants that differ in their name only have templates that differ in their name only', () => {
  const other: TenantInput[] = sampleTenants.flatMap((t) => (t.id === 'acme' ? [t, { ...t, id: 'zeta' }] : []));
  const both = sampleEnvironment({ tenants: other });
  const text = (id: string): string =>
    JSON.stringify(Template.fromStack(stackOf(both, id)).toJSON()).replaceAll(id, '<tenant>');
  expect(text('zeta')).toBe(text('acme'));
});

test('no rule of the packs finds anything, in any state', () => {
  for (const { id } of env.tenants) expect(nagFindings(stackOf(env, id)).findings).toEqual([]);
});

function edgesOf(body: Resource, resources: Resources): string[] {
  const named = JSON.stringify(body).matchAll(/"(?:Ref|Fn::GetAtt)":\[?"([^"]+)"/g);
  const referred = [...named].map((match) => match[1] ?? '').filter((id) => id in resources);
  return [...referred, ...[body.DependsOn ?? []].flat()];
}

function cycleIn(edges: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  const visit = (id: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(id)) return [...path, id];
    if (done.has(id)) return undefined;
    for (const next of edges.get(id) ?? []) {
      const cycle = visit(next, [...path, id]);
      if (cycle !== undefined) return cycle;
    }
    done.add(id);
    return undefined;
  };
  for (const id of edges.keys()) {
    const cycle = visit(id, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}
