import { expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { Template } from 'aws-cdk-lib/assertions';
import type { TenantInput } from '../../../schema/tenant';
import type { TenantState } from '../../../schema/vocabulary';
import { nagFindings } from '../../support/nag';
import { sampleEnvironment, sampleTenants } from '../../support/sample-environment';
import { acmeIn, stackOf } from './tenant-stack-support';

type Resource = { Type: string; DependsOn?: string | string[]; DeletionPolicy?: string; UpdateReplacePolicy?: string };
type Resources = Record<string, Resource>;

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
    ['checkpoints/', 15],
    ['trainings/', 30],
    [undefined, undefined],
  ]);
  expect(rules[0]).toMatchObject({ NoncurrentVersionExpiration: { NoncurrentDays: 1 } });
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
  // A grant opens one of them only.
  const both = sampleEnvironment({ tenants: other, grants: [] });
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
