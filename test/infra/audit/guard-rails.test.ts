import { describe, expect, test } from '@jest/globals';
import { guardRails, guardRailText, POLICY_CHARACTERS } from '../../../infra/audit/guard-rails';
import { type Context, judge } from '../../constructs/aws/tenant-policy-request';
import { sampleEnvironment, sampleInput } from '../../support/sample-environment';
import { auditOf, ORGANIZATION } from './sample-audit';

const rails = guardRails(auditOf());
const [PRODUCTION, RESEARCH, AUDIT] = ['222222222222', '333333333333', '444444444444'];

const role = (name: string, account = PRODUCTION): string => `arn:aws:iam::${account}:role/${name}`;
const cdk = (kind: string, account = PRODUCTION): string =>
  role(`cdk-hnb659fds-${kind}-${account}-eu-central-1`, account);
const EXECUTION = cdk('cfn-exec-role');
const ADMIN = role('sign-in/platform-admin');
const ROOT = `arn:aws:iam::${PRODUCTION}:root`;

/** What the service control policies of an account refuse a principal of it, by their statements. */
function refusals(account: string, who: string, action: string, resource: string, context: Context = {}): string[] {
  return rails
    .filter(({ type, targets }) => type === 'SERVICE_CONTROL_POLICY' && targets.includes(account))
    .flatMap(
      ({ document }) => judge(document, { action, resource, context: { 'aws:PrincipalArn': who, ...context } }).denied,
    );
}

const BUCKET = 'arn:aws:s3:::atoll-sample-acme-222222222222';
const KEY = 'arn:aws:kms:eu-central-1:222222222222:key/1';
const QUEUE = 'arn:aws:sqs:eu-central-1:222222222222:atoll-sample-acme-audio';
const TOPIC = 'arn:aws:sns:eu-central-1:222222222222:atoll-sample-acme-events';
const TENANT_ROLE = role('atoll-sample-tenant-acme');
const DELIVERY = 'arn:aws:s3:::atoll-sample-delivery-production-222222222222/platform/crds/objects.yaml';
const HANDLER = 'arn:aws:lambda:eu-central-1:222222222222:function:atoll-sample-production-delivery';
const KUBERNETES = 'arn:aws:lambda:eu-central-1:222222222222:function:sample-production-cluster-ControlPlane-x';
const STACK = 'arn:aws:cloudformation:eu-central-1:222222222222:stack/sample-tenant-acme/1';
const TENANT_LOGS = 'arn:aws:logs:eu-central-1:222222222222:log-group:/atoll/sample/tenant/acme';
const LOGS = 'arn:aws:logs:eu-central-1:222222222222:log-group:/aws/eks/atoll-sample-production/cluster';

/** What one role of an environment may, and everybody else, administrators and the root user among them, may not. */
const ONE_ROLE_ONLY: readonly (readonly [action: string, resource: string, role: string])[] = [
  ['s3:PutBucketPolicy', BUCKET, EXECUTION],
  ['s3:DeleteBucketPolicy', BUCKET, EXECUTION],
  ['s3:PutReplicationConfiguration', BUCKET, EXECUTION],
  ['s3:CreateAccessPoint', 'arn:aws:s3:eu-central-1:222222222222:accesspoint/mine', EXECUTION],
  ['kms:PutKeyPolicy', KEY, EXECUTION],
  ['kms:UpdateAlias', KEY, EXECUTION],
  ['kms:ScheduleKeyDeletion', KEY, EXECUTION],
  ['kms:ScheduleKeyDeletion', KEY, role('atoll-sample-eraser')],
  ['sqs:SetQueueAttributes', QUEUE, EXECUTION],
  ['sqs:AddPermission', QUEUE, EXECUTION],
  ['sns:SetTopicAttributes', TOPIC, EXECUTION],
  ['sns:Subscribe', TOPIC, EXECUTION],
  ['ec2:ModifyVpcEndpoint', 'arn:aws:ec2:eu-central-1:222222222222:vpc-endpoint/vpce-1', EXECUTION],
  ['iam:UpdateAssumeRolePolicy', TENANT_ROLE, EXECUTION],
  ['iam:PutRolePolicy', TENANT_ROLE, EXECUTION],
  ['iam:AttachRolePolicy', role('sample-production-cluster-ControlPlane-x'), EXECUTION],
  ['iam:CreateRole', role('atoll-sample-mine'), EXECUTION],
  ['iam:PassRole', role('atoll-sample-production-kubernetes'), EXECUTION],
  ['iam:PassRole', role('atoll-sample-production-node'), role('atoll-sample-production-karpenter')],
  ['eks:CreateAccessEntry', 'arn:aws:eks:eu-central-1:222222222222:cluster/atoll-sample-production', EXECUTION],
  ['eks:AssociateAccessPolicy', 'arn:aws:eks:eu-central-1:222222222222:access-entry/a', EXECUTION],
  ['eks:CreatePodIdentityAssociation', 'arn:aws:eks:eu-central-1:222222222222:cluster/a', EXECUTION],
  ['eks:UpdateClusterConfig', 'arn:aws:eks:eu-central-1:222222222222:cluster/a', EXECUTION],
  ['s3:PutObject', DELIVERY, role('atoll-sample-production-delivery')],
  ['s3:DeleteObject', DELIVERY, role('atoll-sample-production-delivery')],
  ['lambda:InvokeFunction', HANDLER, EXECUTION],
  ['lambda:InvokeFunction', KUBERNETES, role('sample-production-cluster-framework-x')],
  ['lambda:UpdateFunctionCode', HANDLER, EXECUTION],
  ['lambda:AddPermission', KUBERNETES, EXECUTION],
  ['cloudformation:UpdateStack', STACK, cdk('deploy-role')],
  ['cloudformation:ExecuteChangeSet', STACK, cdk('deploy-role')],
  ['iam:PassRole', EXECUTION, cdk('deploy-role')],
  ['sts:AssumeRole', cdk('deploy-role'), role('atoll-deployer')],
  ['sts:AssumeRole', cdk('file-publishing-role'), role('atoll-deployer')],
  ['s3:PutObject', 'arn:aws:s3:::cdk-hnb659fds-assets-222222222222-eu-central-1/a.zip', cdk('file-publishing-role')],
  ['logs:DeleteSubscriptionFilter', LOGS, EXECUTION],
  ['logs:DeleteLogGroup', LOGS, EXECUTION],
  ['logs:PutAccountPolicy', '*', EXECUTION],
  ['logs:PutResourcePolicy', '*', EXECUTION],
  ['firehose:UpdateDestination', 'arn:aws:firehose:eu-central-1:222222222222:deliverystream/a', EXECUTION],
  ['ec2:DeleteFlowLogs', 'arn:aws:ec2:eu-central-1:222222222222:vpc-flow-log/fl-1', EXECUTION],
  ['events:RemoveTargets', 'arn:aws:events:eu-central-1:222222222222:rule/a', EXECUTION],
];

describe('in an account of an environment', () => {
  test.each(ONE_ROLE_ONLY)('%s on %s is for %s', (action, resource, only) => {
    expect(refusals(PRODUCTION, only, action, resource)).toEqual([]);
    for (const who of [
      ADMIN,
      ROOT,
      role('atoll-sample-tenant-acme'),
      cdk('lookup-role'),
      cdk('cfn-exec-role', '777777777777'),
    ])
      expect([who, refusals(PRODUCTION, who, action, resource).length > 0]).toEqual([who, true]);
  });

  test.each([
    ['cloudtrail:StopLogging', 'arn:aws:cloudtrail:eu-central-1:111111111111:trail/atoll-audit-444444444444'],
    ['organizations:LeaveOrganization', '*'],
    ['iam:UpdateAssumeRolePolicy', role('atoll-deployer')],
    ['iam:AttachRolePolicy', EXECUTION],
    ['iam:CreatePolicyVersion', 'arn:aws:iam::222222222222:policy/atoll-sample-production-deploy'],
    ['cloudformation:UpdateStack', 'arn:aws:cloudformation:eu-central-1:222222222222:stack/CDKToolkit/1'],
  ])('%s on %s is for nobody', (action, resource) => {
    for (const who of [EXECUTION, ADMIN, ROOT, role('atoll-deployer'), cdk('deploy-role')])
      expect([who, refusals(PRODUCTION, who, action, resource).length > 0]).toEqual([who, true]);
  });

  test('what tenants’ pods wrote into their logs is read by administrators of the cluster alone', () => {
    for (const [action, resource] of [
      ['logs:GetLogEvents', `${TENANT_LOGS}:log-stream:a`],
      ['logs:FilterLogEvents', TENANT_LOGS],
      ['logs:StartQuery', TENANT_LOGS],
      ['logs:CreateExportTask', TENANT_LOGS],
    ] as const) {
      expect([action, refusals(PRODUCTION, ADMIN, action, resource)]).toEqual([action, []]);
      for (const who of [ROOT, EXECUTION, TENANT_ROLE, cdk('lookup-role'), role('platform-engineer')])
        expect([who, refusals(PRODUCTION, who, action, resource)]).toEqual([who, ['TenantsLogsInNeedOnly']]);
    }
    expect(refusals(PRODUCTION, TENANT_ROLE, 'logs:PutLogEvents', `${TENANT_LOGS}:log-stream:a`)).toEqual([]);
  });

  test('a grant on a key is for deploys and for services that act for a resource', () => {
    const grant = (who: string, forService: string) =>
      refusals(PRODUCTION, who, 'kms:CreateGrant', KEY, { 'kms:GrantIsForAWSResource': forService });
    expect(grant(EXECUTION, 'false')).toEqual([]);
    expect(grant(role('atoll-sample-production-karpenter'), 'true')).toEqual([]);
    expect(grant(ADMIN, 'false')).toEqual(['GrantsOnKeysByDeploysOnly']);
    expect(refusals(PRODUCTION, ADMIN, 'kms:CreateGrant', KEY)).toEqual(['GrantsOnKeysByDeploysOnly']);
  });

  test('what people and pods do every day is left alone', () => {
    for (const [who, action, resource] of [
      [TENANT_ROLE, 's3:PutObject', `${BUCKET}/derived/a`],
      [role('atoll-sample-ingest'), 's3:PutObject', `${BUCKET}/raw/audio/a`],
      [ADMIN, 'eks:DescribeCluster', 'arn:aws:eks:eu-central-1:222222222222:cluster/a'],
      [ADMIN, 'logs:FilterLogEvents', LOGS],
      [ADMIN, 'cloudformation:DescribeStacks', STACK],
      [role('atoll-sample-production-karpenter'), 'ec2:RunInstances', '*'],
      [role('atoll-sample-production-image-mirror'), 'ecr:PutImage', '*'],
    ] as const)
      expect([action, refusals(PRODUCTION, who, action, resource)]).toEqual([action, []]);
  });

  test('research has the same as production', () => {
    expect(
      refusals(RESEARCH, role('admin', RESEARCH), 's3:PutBucketPolicy', 'arn:aws:s3:::atoll-sample-team-a'),
    ).toEqual(['BucketsByDeploysOnly']);
    expect(
      refusals(RESEARCH, cdk('cfn-exec-role', RESEARCH), 's3:PutBucketPolicy', 'arn:aws:s3:::atoll-sample-team-a'),
    ).toEqual([]);
  });
});

describe('in the audit account', () => {
  const DEPLOYER = role('atoll-audit-deployer', AUDIT);
  const OTHERS = [role('admin', AUDIT), `arn:aws:iam::${AUDIT}:root`, role('atoll-audit-reader', AUDIT)];
  const ARCHIVE = 'arn:aws:s3:::atoll-audit-archive-444444444444';

  test.each([
    ['s3:PutBucketPolicy', ARCHIVE],
    ['s3:PutBucketObjectLockConfiguration', ARCHIVE],
    ['kms:PutKeyPolicy', 'arn:aws:kms:eu-central-1:444444444444:key/1'],
    ['cloudtrail:PutEventSelectors', 'arn:aws:cloudtrail:eu-central-1:111111111111:trail/atoll-audit-444444444444'],
    ['iam:UpdateAssumeRolePolicy', role('atoll-audit-reader', AUDIT)],
    ['cloudwatch:DeleteAlarms', 'arn:aws:cloudwatch:eu-central-1:444444444444:alarm:atoll-audit-silent-trail'],
    ['glue:UpdateTable', 'arn:aws:glue:eu-central-1:444444444444:table/atoll_audit/ledger'],
  ])('%s on %s is for Pulumi', (action, resource) => {
    expect(refusals(AUDIT, DEPLOYER, action, resource)).toEqual([]);
    for (const who of OTHERS) expect([who, refusals(AUDIT, who, action, resource).length > 0]).toEqual([who, true]);
  });

  test.each([
    ['cloudtrail:StopLogging', 'arn:aws:cloudtrail:eu-central-1:111111111111:trail/atoll-audit-444444444444'],
    ['cloudtrail:DeleteTrail', 'arn:aws:cloudtrail:eu-central-1:111111111111:trail/atoll-audit-444444444444'],
    ['kms:ScheduleKeyDeletion', 'arn:aws:kms:eu-central-1:444444444444:key/1'],
    ['kms:DisableKey', 'arn:aws:kms:eu-central-1:444444444444:key/1'],
    ['s3:DeleteObjectVersion', `${ARCHIVE}/trail/a.gz`],
    ['s3:DeleteBucket', ARCHIVE],
    ['iam:CreateRole', role('cdk-hnb659fds-cfn-exec-role-444444444444-eu-central-1', AUDIT)],
    ['iam:UpdateAssumeRolePolicy', DEPLOYER],
  ])('%s on %s is for nobody, Pulumi included', (action, resource) => {
    for (const who of [DEPLOYER, ...OTHERS])
      expect([who, refusals(AUDIT, who, action, resource).length > 0]).toEqual([who, true]);
  });

  test('auditors ask and read', () => {
    for (const [action, resource] of [
      ['athena:StartQueryExecution', 'arn:aws:athena:eu-central-1:444444444444:workgroup/atoll-audit'],
      ['s3:GetObject', `${ARCHIVE}/trail/a.gz`],
      ['s3:PutObject', 'arn:aws:s3:::atoll-audit-queries-444444444444/results/a.csv'],
    ] as const)
      expect(refusals(AUDIT, role('atoll-audit-reader', AUDIT), action, resource)).toEqual([]);
  });
});

describe('resource control policies', () => {
  const ofEnvironment = rails.find(({ name }) => name === 'resource-control-policy-sample');
  const denials = (action: string, context: Context): string[] =>
    judge(ofEnvironment?.document, {
      action,
      resource: '*',
      context: {
        'aws:PrincipalOrgID': ORGANIZATION,
        'aws:PrincipalIsAWSService': 'false',
        'aws:SecureTransport': 'true',
        ...context,
      },
    }).denied;
  const outside = { 'aws:PrincipalOrgID': 'o-otherorg001' };

  test.each([
    's3:GetObject',
    's3:PutBucketPolicy',
    'kms:Decrypt',
    'sqs:ReceiveMessage',
    'secretsmanager:GetSecretValue',
    'sts:AssumeRole',
  ])('%s is for principals of the organisation, and for services that act for it', (action) => {
    expect(denials(action, {})).toEqual([]);
    expect(denials(action, outside)).toEqual(['OfTheOrganisationOnly']);
    const service = { 'aws:PrincipalIsAWSService': 'true' };
    expect(denials(action, { ...service, 'aws:SourceAccount': PRODUCTION, 'aws:SourceOrgID': ORGANIZATION })).toEqual(
      [],
    );
    expect(
      denials(action, { ...service, 'aws:SourceAccount': '999999999999', 'aws:SourceOrgID': 'o-otherorg001' }),
    ).toEqual(['ServicesForTheOrganisationOnly']);
    expect(denials(action, service)).toEqual([]);
  });

  test('a sign-in, which has no organisation yet, is not refused', () => {
    for (const action of ['sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity'])
      expect(denials(action, outside)).toEqual([]);
  });

  test('data is spoken of over TLS alone', () => {
    for (const action of ['s3:GetObject', 'kms:Decrypt', 'sqs:SendMessage', 'secretsmanager:GetSecretValue'])
      expect(denials(action, { 'aws:SecureTransport': 'false' })).toEqual(['TlsOnly']);
  });

  test('they have the form that the organisation takes: Deny statements of everybody, with actions of services that it knows', () => {
    for (const { document } of rails.filter(({ type }) => type === 'RESOURCE_CONTROL_POLICY'))
      for (const { Effect, Principal, Action } of document.Statement) {
        expect([Effect, Principal]).toEqual(['Deny', '*']);
        expect([Action].flat().filter((action) => !/^(kms|s3|secretsmanager|sqs|sts):/.test(action))).toEqual([]);
      }
  });
});

test('each environment’s policies are for its own two accounts, and the audit account has its own', () => {
  expect(rails.map(({ name, targets }) => [name, targets])).toEqual([
    ...(['sample', 'second'] as const).flatMap((env) => {
      const targets = env === 'sample' ? [PRODUCTION, RESEARCH] : ['777777777777', '888888888888'];
      return [
        ...['policies', 'deploys', 'clusters', 'evidence'].map((what) => [
          `service-control-policy-${env}-${what}`,
          targets,
        ]),
        [`resource-control-policy-${env}`, targets],
      ];
    }),
    ['service-control-policy-audit-444444444444', [AUDIT]],
    ['resource-control-policy-audit-444444444444', [AUDIT]],
  ]);
});

test('the longest names that the schema takes leave each policy within what an organisation takes, and an account within four', () => {
  const longest = sampleEnvironment({ input: { name: 'a23456789012', region: 'ap-southeast-2' } });
  const all = guardRails(auditOf([longest]));
  expect(all.map((rail) => guardRailText(rail).length).filter((length) => length > POLICY_CHARACTERS)).toEqual([]);
  for (const type of ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'] as const) {
    const attached = all.filter((rail) => rail.type === type && rail.targets.includes(sampleInput.accounts.production));
    // Five to a node, of which AWS's own is one.
    expect(attached.length).toBeLessThanOrEqual(4);
  }
});

test('a policy that is too long is refused with its name', () => {
  const [rail] = rails;
  if (rail === undefined) throw new Error('got no guard rail');
  const Action = Array.from({ length: 400 }, (_, i) => `s3:Action${String(i)}`);
  const document = { ...rail.document, Statement: [{ Sid: 'Long', Effect: 'Deny', Action, Resource: '*' } as const] };
  const length = JSON.stringify(document).length;
  expect(() => guardRailText({ ...rail, document })).toThrow(
    new Error(
      `service-control-policy-sample-policies: got ${String(length)} characters, allowed 5120; move statements to a policy of their own`,
    ),
  );
});

test('no statement allows anything, has a principal where it may not, or shares its id', () => {
  for (const { type, document } of rails) {
    const { Statement } = document;
    expect(Statement.filter(({ Effect }) => Effect !== 'Deny')).toEqual([]);
    if (type === 'SERVICE_CONTROL_POLICY')
      expect(Statement.filter(({ Principal }) => Principal !== undefined)).toEqual([]);
    expect(new Set(Statement.map(({ Sid }) => Sid)).size).toBe(Statement.length);
  }
});
