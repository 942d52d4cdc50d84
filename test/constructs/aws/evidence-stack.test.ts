import { describe, expect, test } from '@jest/globals';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { templateFaults } from '../../../constructs/guards/templates/template-faults';
import { EvidenceStack } from '../../../infra/aws/evidence-stack';
import type { Environment } from '../../../schema/model';
import { CLUSTERS, type ClusterName } from '../../../schema/vocabulary';
import { testApp } from '../../support/app';
import { nagFindings } from '../../support/nag';
import { sampleEnvironment } from '../../support/sample-environment';
import { type Context, judge } from './tenant-policy-request';

const env = sampleEnvironment();
const stackOf = (cluster: ClusterName, of: Environment = env, scope = testApp()): EvidenceStack =>
  new EvidenceStack(scope, `${cluster}-evidence`, {
    env: of,
    cluster,
    stackEnv: { account: of.accounts[cluster], region: of.region },
  });
const templateOf = (cluster: ClusterName, of: Environment = env): Template => Template.fromStack(stackOf(cluster, of));
const research = templateOf('research');

interface Role {
  readonly Properties: {
    readonly RoleName: string;
    readonly Policies: readonly { readonly PolicyDocument: object }[];
    readonly AssumeRolePolicyDocument: object;
  };
}
const rolesOf = (template: Template): Record<string, Role['Properties']> =>
  Object.fromEntries(
    Object.values(template.findResources('AWS::IAM::Role')).map((role) => {
      const { Properties } = role as Role;
      return [Properties.RoleName, Properties];
    }),
  );

const ARCHIVE = 'arn:aws:s3:::atoll-audit-archive-444444444444';
const owned: Context = { 's3:ResourceAccount': '444444444444' };
const throughS3: Context = {
  'kms:ViaService': 's3.us-east-1.amazonaws.com',
  'kms:ResourceAliases': 'alias/atoll/audit/archive',
};
const KEY = 'arn:aws:kms:us-east-1:444444444444:key/1';

function may(role: Role['Properties'] | undefined, action: string, resource: string, context: Context): boolean {
  const document = role?.Policies[0]?.PolicyDocument;
  if (document === undefined) throw new Error('got no role with a policy');
  return judge(document, { action, resource, context }).allowed.length > 0;
}

describe.each(CLUSTERS)('the evidence of the %s account', (cluster) => {
  const template = templateOf(cluster);
  const account = env.accounts[cluster];

  test('subscribes to all audit events of the control plane and to nothing else of it', () => {
    template.resourcePropertiesCountIs(
      'AWS::Logs::SubscriptionFilter',
      {
        LogGroupName: `/aws/eks/atoll-sample-${cluster}/cluster`,
        FilterPattern: '{ ($.kind = "Event") && ($.apiVersion = "audit.k8s.io/v1") }',
      },
      1,
    );
  });

  test('goes to the archive of the audit account, unwrapped, a line for each event and a folder for each day', () => {
    template.hasResourceProperties('AWS::KinesisFirehose::DeliveryStream', {
      DeliveryStreamEncryptionConfigurationInput: {
        KeyType: 'CUSTOMER_MANAGED_CMK',
        KeyARN: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] },
      },
      ExtendedS3DestinationConfiguration: {
        BucketARN: ARCHIVE,
        Prefix: `kubernetes/sample/${cluster}/!{timestamp:yyyy/MM/dd}/`,
        ErrorOutputPrefix: Match.stringLikeRegexp(`^kubernetes/sample/${cluster}/failed/`),
        CompressionFormat: 'GZIP',
        EncryptionConfiguration: Match.absent(),
        ProcessingConfiguration: {
          Enabled: true,
          Processors: [
            Match.objectLike({ Type: 'Decompression' }),
            {
              Type: 'CloudWatchLogProcessing',
              Parameters: [{ ParameterName: 'DataMessageExtraction', ParameterValue: 'true' }],
            },
            { Type: 'AppendDelimiterToRecord' },
          ],
        },
      },
    });
  });

  test('is carried by a role that puts under its own prefix, and reads, lists and deletes nothing', () => {
    const role = rolesOf(template)[`atoll-sample-${cluster}-log-delivery`];
    const object = `${ARCHIVE}/kubernetes/sample/${cluster}/2026/11/25/x.gz`;
    const others = `${ARCHIVE}/kubernetes/sample/${cluster === 'research' ? 'production' : 'research'}/2026/11/25/x.gz`;
    expect(may(role, 's3:PutObject', object, owned)).toBe(true);
    expect(may(role, 's3:PutObject', object, { 's3:ResourceAccount': account })).toBe(false);
    expect(may(role, 's3:PutObject', others, owned)).toBe(false);
    for (const action of ['s3:GetObject', 's3:DeleteObject', 's3:PutObjectRetention', 's3:BypassGovernanceRetention'])
      expect([action, may(role, action, object, owned)]).toEqual([action, false]);
    expect(may(role, 's3:ListBucket', ARCHIVE, owned)).toBe(false);
    const handedOver = { ...owned, 's3:x-amz-acl': 'bucket-owner-full-control' };
    expect(may(role, 's3:PutObjectAcl', object, handedOver)).toBe(true);
    expect(may(role, 's3:PutObjectAcl', object, { ...owned, 's3:x-amz-acl': 'public-read' })).toBe(false);
  });

  test('is encrypted through S3 with the archive’s key only', () => {
    const role = rolesOf(template)[`atoll-sample-${cluster}-log-delivery`];
    expect(may(role, 'kms:GenerateDataKey', KEY, throughS3)).toBe(true);
    expect(may(role, 'kms:GenerateDataKey', KEY, { ...throughS3, 'kms:ResourceAliases': 'alias/other' })).toBe(false);
    expect(
      may(role, 'kms:GenerateDataKey', KEY, { ...throughS3, 'kms:ViaService': 'sqs.us-east-1.amazonaws.com' }),
    ).toBe(false);
  });

  test('can be carried for this account alone', () => {
    const {
      [`atoll-sample-${cluster}-log-delivery`]: delivery,
      [`atoll-sample-${cluster}-log-subscription`]: handing,
    } = rolesOf(template);
    const assumes = (role: Role['Properties'] | undefined, context: Context): number =>
      judge(role?.AssumeRolePolicyDocument ?? {}, { action: 'sts:AssumeRole', resource: '*', context }).allowed.length;
    expect(assumes(delivery, { 'sts:ExternalId': account })).toBe(1);
    expect(assumes(delivery, { 'sts:ExternalId': '999999999999' })).toBe(0);
    const group = (of: string): Context => ({ 'aws:SourceArn': `arn:aws:logs:eu-central-1:${of}:log-group:x:*` });
    expect(assumes(handing, group(account))).toBe(1);
    expect(assumes(handing, group('999999999999'))).toBe(0);
  });

  test('has no fault, and no finding without a written reason', () => {
    const stack = stackOf(cluster);
    expect(templateFaults(Template.fromStack(stack).toJSON(), { stackName: stack.stackName })).toEqual([]);
    expect(nagFindings(stackOf(cluster)).findings).toEqual([]);
  });
});

describe('the grants ledger', () => {
  const RECORD = 'Custom::AtollGrantRecord';
  const recordsOf = (of: Environment): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(templateOf('research', of).findResources(RECORD)).map(([id, { Properties }]) => [
        id,
        (Properties as { Grant: unknown }).Grant,
      ]),
    );

  test('has a record for each grant with all that its file says, and the names that evidence knows it by', () => {
    research.resourceCountIs(RECORD, 2);
    research.hasResourceProperties(RECORD, {
      Grant: {
        id: 'notes-quality',
        team: 'language',
        people: ['noor@example.com'],
        tenants: ['acme', 'birch'],
        classes: ['text'],
        ways: ['pods'],
        purpose: 'quality-assurance',
        justification: 'Judge the quality of the topics that the model finds in notes.',
        approver: 'lead@example.com',
        ticket: 'DATA-124',
        issued: '2026-11-01',
        expires: '2027-01-15',
        roleArn: 'arn:aws:iam::333333333333:role/atoll-sample-grant-notes-quality',
        sessionRoleArn: 'arn:aws:iam::333333333333:role/atoll-sample-session-notes-quality',
        namespace: 'research-language',
        serviceAccount: 'grant-notes-quality',
      },
    });
  });

  test('changes with a grant’s file, and with no other grant’s', () => {
    const before = recordsOf(env);
    const grants = env.grants.map((grant) =>
      grant.id === 'speech-eval' ? { ...grant, people: ['lin@example.com'] } : grant,
    );
    const after = recordsOf({ ...env, grants });
    expect(Object.keys(after)).toEqual(Object.keys(before));
    expect(Object.keys(after).filter((id) => JSON.stringify(after[id]) !== JSON.stringify(before[id]))).toEqual([
      expect.stringMatching(/speecheval/),
    ]);
    expect(recordsOf({ ...env, grants: env.grants.slice(0, 1) })).toEqual(
      Object.fromEntries(Object.entries(before).filter(([id]) => id.includes('notesquality'))),
    );
  });

  test('is of the research account only', () => {
    templateOf('production').resourceCountIs(RECORD, 0);
    templateOf('production').resourceCountIs('AWS::Lambda::Function', 0);
  });

  test('is written by a function that puts under its prefix and does nothing else', () => {
    const role = rolesOf(research)['atoll-sample-research-ledger'];
    const object = `${ARCHIVE}/ledger/sample/grants/x/y.json`;
    expect(may(role, 's3:PutObject', object, owned)).toBe(true);
    expect(may(role, 's3:PutObject', `${ARCHIVE}/ledger/other/grants/x/y.json`, owned)).toBe(false);
    expect(may(role, 's3:GetObject', object, owned)).toBe(false);
    expect(may(role, 'kms:GenerateDataKey', KEY, throughS3)).toBe(true);
    expect(may(role, 'kms:Decrypt', KEY, throughS3)).toBe(false);
  });

  test('gives a sign of life every hour, by its own rule alone', () => {
    research.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(1 hour)', State: Match.absent() });
    research.hasResourceProperties('AWS::Lambda::Permission', {
      Principal: 'events.amazonaws.com',
      SourceAccount: '333333333333',
      SourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('Heartbeat'), 'Arn'] },
    });
  });

  test('fits a template with 300 grants', () => {
    const [first] = env.grants;
    if (first === undefined) throw new Error('got a sample without grants');
    const grants = Array.from({ length: 300 }, (_, i) => ({ ...first, id: `grant-${String(i)}` }));
    const stack = stackOf('research', { ...env, grants });
    expect(templateFaults(Template.fromStack(stack).toJSON(), { stackName: stack.stackName })).toEqual([]);
  });

  test('ships what its handler loads, and nothing else', () => {
    const app = testApp();
    stackOf('research', env, app);
    const outdir = app.synth().directory;
    const asset = readdirSync(outdir).find((name) => name.startsWith('asset.'));
    const folder = join(outdir, asset ?? '');
    expect(readdirSync(folder, { recursive: true }).sort()).toEqual([
      'delivery',
      'delivery/handler',
      'delivery/handler/keys.cjs',
      'delivery/handler/respond.cjs',
      'delivery/handler/within-time.cjs',
      'evidence',
      'evidence/handler',
      'evidence/handler/handler.cjs',
      'evidence/handler/index.cjs',
      'evidence/handler/record.cjs',
    ]);
    const load = 'console.log(Object.keys(require(process.argv[1])).join())';
    const handler = join(folder, 'evidence/handler/handler.cjs');
    expect(execFileSync(process.execPath, ['-e', load, handler]).toString().trim()).toBe('createHandler');
  });
});
