import { beforeAll, describe, expect, test } from '@jest/globals';
import { CHARTS } from '../../../../schema/charts';
import { actionsOf, ClusterFixture, statementsOf } from './cluster-fixture';

let production: ClusterFixture;
let research: ClusterFixture;
beforeAll(() => {
  production = new ClusterFixture('production');
  research = new ClusterFixture('research');
});

describe('Karpenter', () => {
  test('passes the node role and no other, and makes no instance profile', () => {
    const statements = research.statementsOfRole('atoll-sample-research-karpenter');
    const passes = statements.filter(({ Action }) => [Action].flat().includes('iam:PassRole'));
    expect(passes).toHaveLength(1);
    expect(passes[0]).toMatchObject({
      Resource: 'arn:aws:iam::333333333333:role/atoll-sample-research-node',
      Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
    });
    expect(actionsOf(statements).filter((action) => action.startsWith('iam:'))).toEqual(['iam:PassRole']);
  });

  test('creates and removes only what carries the tag of its cluster and a node pool', () => {
    const statements = research.statementsOfRole('atoll-sample-research-karpenter');
    const removes = statements.filter(({ Action }) => [Action].flat().includes('ec2:TerminateInstances'));
    expect(removes.map(({ Condition }) => Condition)).toEqual([
      {
        StringEquals: { 'aws:ResourceTag/kubernetes.io/cluster/atoll-sample-research': 'owned' },
        StringLike: { 'aws:ResourceTag/karpenter.sh/nodepool': '*' },
      },
    ]);
    const creates = statements.filter(({ Action }) => [Action].flat().includes('ec2:CreateLaunchTemplate'));
    expect(creates[0]?.Condition?.StringEquals).toEqual({
      'aws:RequestTag/kubernetes.io/cluster/atoll-sample-research': 'owned',
      'aws:RequestTag/eks:eks-cluster-name': 'atoll-sample-research',
    });
  });

  test('hears of five kinds of notice by a queue that only its own rules may fill, over TLS', () => {
    research.template.hasResourceProperties('AWS::SQS::Queue', {
      QueueName: 'atoll-sample-research-karpenter',
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 300,
    });
    const rules = Object.entries(research.template.findResources('AWS::Events::Rule'));
    const kinds = rules.map(
      ([, rule]) => (rule.Properties as { EventPattern: Record<string, string[]> }).EventPattern['detail-type']?.[0],
    );
    expect(kinds.sort()).toEqual([
      'AWS Health Event',
      'EC2 Capacity Reservation Instance Interruption Warning',
      'EC2 Instance Rebalance Recommendation',
      'EC2 Instance State-change Notification',
      'EC2 Spot Instance Interruption Warning',
    ]);
    const [policy] = Object.values(research.template.findResources('AWS::SQS::QueuePolicy'));
    const [deny, allow, ...more] = statementsOf((policy?.Properties as { PolicyDocument: unknown }).PolicyDocument);
    expect(more).toEqual([]);
    expect(deny).toMatchObject({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
    expect(allow).toMatchObject({ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' } });
    expect(allow?.Condition?.ArnEquals?.['aws:SourceArn']).toHaveLength(5);
  });

  test('starts nodes with the instance profile that the pools name', () => {
    research.template.hasResourceProperties('AWS::IAM::InstanceProfile', {
      InstanceProfileName: 'atoll-sample-research-node',
    });
  });
});

describe('KEDA', () => {
  test("counts the messages of the environment's queues and does nothing else with them", () => {
    expect(production.statementsOfRole('atoll-sample-production-keda')).toEqual([
      {
        Sid: 'CountMessages',
        Effect: 'Allow',
        Action: 'sqs:GetQueueAttributes',
        Resource: 'arn:aws:sqs:eu-central-1:222222222222:atoll-sample-*',
      },
    ]);
  });

  test('is not on the research cluster', () => {
    expect(JSON.stringify(research.template.toJSON())).not.toContain('keda');
  });
});

describe('Flux', () => {
  const releases = (fixture: ClusterFixture, release: string): Record<string, unknown> =>
    fixture.properties(fixture.idOf('Custom::AWSCDK-EKS-HelmChart', 'Release', release));

  test('reads its own delivery bucket by its own key and pulls charts, and writes nowhere', () => {
    const statements = production.statementsOfRole('atoll-sample-production-flux-source');
    expect(actionsOf(statements)).toEqual([
      'ecr:BatchCheckLayerAvailability',
      'ecr:BatchGetImage',
      'ecr:GetAuthorizationToken',
      'ecr:GetDownloadUrlForLayer',
      'kms:Decrypt',
      's3:GetBucketLocation',
      's3:GetObject',
      's3:ListBucket',
    ]);
    const s3 = statements
      .filter(({ Action }) => JSON.stringify(Action).includes('s3:'))
      .map(({ Resource }) => Resource);
    const bucket = 'arn:aws:s3:::atoll-sample-delivery-production-222222222222';
    expect(s3).toEqual([bucket, `${bucket}/*`]);
    expect(statements.find(({ Sid }) => Sid === 'DecryptDelivery')?.Condition).toEqual({
      'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/atoll/sample/production/delivery' },
      StringEquals: { 'kms:ViaService': 's3.eu-central-1.amazonaws.com' },
    });
  });

  test("is installed once, from the environment's own registry, in the listed version", () => {
    expect(releases(production, 'flux2')).toMatchObject({
      Repository: 'oci://222222222222.dkr.ecr.eu-central-1.amazonaws.com/atoll/sample/charts/flux2',
      Version: CHARTS.flux2.version,
      Namespace: 'flux-system',
    });
    production.template.resourceCountIs('Custom::AWSCDK-EKS-HelmChart', 2);
  });

  test('runs locked down: no cross-namespace references, no notifications, no image automation, own images only', () => {
    const text = releases(production, 'flux2').Values as string;
    const values = JSON.parse(text) as Record<string, Record<string, unknown>>;
    expect(values).toMatchObject({
      multitenancy: { enabled: true, defaultServiceAccount: 'default' },
      rbac: { createAggregation: false },
      notificationController: { create: false },
      imageAutomationController: { create: false },
      imageReflectionController: { create: false },
      sourceWatcher: { create: false },
    });
    const images = [...text.matchAll(/"image":"([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(images).toHaveLength(4);
    for (const image of images)
      expect(image).toMatch(/^222222222222\.dkr\.ecr\.eu-central-1\.amazonaws\.com\/atoll\/sample\/flux-/);
  });

  test('every controller has requests and limits', () => {
    const values = JSON.parse(releases(research, 'flux2').Values as string) as Record<string, { resources?: unknown }>;
    for (const name of ['sourceController', 'kustomizeController', 'helmController']) {
      expect(values[name]?.resources).toEqual({
        requests: { cpu: expect.any(String), memory: expect.any(String) },
        limits: { cpu: expect.any(String), memory: expect.any(String) },
      });
    }
  });

  test('is told what to pull after it runs, and runs after nodes, DNS and its own rights', () => {
    const flux = production.idOf('Custom::AWSCDK-EKS-HelmChart', 'Release', 'flux2');
    const sync = production.idOf('Custom::AWSCDK-EKS-HelmChart', 'Release', 'flux-sync');
    expect(production.before(sync)).toContain(flux);
    const before = production.before(flux);
    // A pod that is there before its association never gets the role's rights.
    for (const account of ['source-controller', 'karpenter', 'keda-operator'])
      expect(before).toContain(production.idOf('AWS::EKS::PodIdentityAssociation', 'ServiceAccount', account));
    expect(before).toContain(production.idOf('AWS::EKS::Addon', 'AddonName', 'coredns'));
    expect(before).toContain(
      production.idOf('AWS::EKS::PodIdentityAssociation', 'ServiceAccount', 'source-controller'),
    );
    expect(before).toContain(production.idOf('AWS::IAM::Role', 'RoleName', 'atoll-sample-production-kubernetes'));
  });

  test("the handler that installs it reads one chart, one cluster and the account's own assets", () => {
    const statements = production.statementsOfRole('atoll-sample-production-kubernetes');
    expect(statements.map(({ Sid, Resource }) => [Sid, Resource])).toEqual([
      ['FindCluster', 'arn:aws:eks:eu-central-1:222222222222:cluster/atoll-sample-production'],
      ['PullFluxChart', 'arn:aws:ecr:eu-central-1:222222222222:repository/atoll/sample/charts/flux2'],
      ['SignInToRegistry', '*'],
      ['ReadAssets', 'arn:aws:s3:::cdk-hnb659fds-assets-222222222222-eu-central-1/*'],
    ]);
    expect(statements.find(({ Sid }) => Sid === 'ReadAssets')).toMatchObject({
      Action: 's3:GetObject',
      Condition: { StringEquals: { 's3:ResourceAccount': '222222222222' } },
    });
  });

  test('no policy changes with the chart of the sync', () => {
    const policies = Object.entries(production.resources).filter(([, { Type }]) => Type.startsWith('AWS::IAM::'));
    expect(policies.length).toBeGreaterThan(10);
    expect(policies.filter(([, resource]) => /[0-9a-f]{64}/.test(JSON.stringify(resource)))).toEqual([]);
  });
});
