import { describe, expect, test } from '@jest/globals';
import { statSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { environmentNames } from '../../environments';
import { deployPolicy } from '../../infra/aws/deploy-policy';
import { isRelational } from '../../schema/open-sources';
import { clusterNames, operationNames, tenantNames } from '../../schema/names';
import { CLUSTERS, type ClusterName } from '../../schema/vocabulary';
import { resourcesOf, synthesized } from '../support/synthesized';

const STATEFUL = [
  'AWS::KMS::Key',
  'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
  'AWS::ECR::Repository',
  'AWS::Logs::LogGroup',
];

interface NodePoolObject {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly limits?: Record<string, string>;
    readonly replicas?: number;
    readonly blockDeviceMappings?: readonly { readonly ebs: Record<string, unknown> }[];
  };
}

describe.each(environmentNames)('%s', (name) => {
  const whole = synthesized(name);
  /** An erased tenant has no output any more. */
  const present = whole.env.tenants.filter((tenant) => tenant.state !== 'erased');

  test('every alarm tells the topic of its own account, and every budget that topic or the address behind it', () => {
    const alarms = resourcesOf(whole, 'AWS::CloudWatch::Alarm');
    expect(alarms.length).toBeGreaterThan(present.length);
    for (const { stack, template } of whole.templates) {
      const account = stack.account === whole.env.accounts.research ? 'research' : 'production';
      const topics = Object.entries(template.Resources)
        .filter(([, { Properties }]) => Properties?.['TopicName'] === operationNames.alertTopic(whole.env, account))
        .map(([id]) => ({ Ref: id }));
      const topic = topics[0] ?? operationNames.alertTopicArn(whole.env, account);
      for (const { Type, Properties } of Object.values(template.Resources)) {
        if (Type === 'AWS::CloudWatch::Alarm') expect(Properties?.['AlarmActions']).toEqual([topic]);
        if (Type !== 'AWS::Budgets::Budget') continue;
        const told = Properties?.['NotificationsWithSubscribers'] as readonly { readonly Subscribers: unknown }[];
        expect(told).toHaveLength(2);
        const mail = { SubscriptionType: 'EMAIL', Address: whole.env.alertEmail };
        const expected = topics.length === 0 ? mail : { SubscriptionType: 'SNS', Address: topic };
        expect(told.map(({ Subscribers }) => Subscribers)).toEqual([[expected], [expected]]);
      }
    }
  });

  test('every bucket is encrypted with a key of its own stack, which encrypts no other bucket', () => {
    const buckets = resourcesOf(whole, 'AWS::S3::Bucket');
    expect(buckets.length).toBeGreaterThanOrEqual(present.length);
    for (const { stack, template } of whole.templates) {
      const used = Object.values(template.Resources).flatMap((resource) => {
        if (resource.Type !== 'AWS::S3::Bucket') return [];
        expect({ stack: stack.id, encryption: resource.Properties?.['BucketEncryption'] }).toEqual({
          stack: stack.id,
          encryption: {
            ServerSideEncryptionConfiguration: [
              {
                BucketKeyEnabled: true,
                ServerSideEncryptionByDefault: {
                  SSEAlgorithm: 'aws:kms',
                  KMSMasterKeyID: { 'Fn::GetAtt': [expect.any(String), 'Arn'] },
                },
              },
            ],
          },
        });
        return [/"Fn::GetAtt":\["([^"]+)"/.exec(JSON.stringify(resource.Properties?.['BucketEncryption']))?.[1] ?? ''];
      });
      expect(new Set(used).size).toBe(used.length);
      for (const key of used) expect(template.Resources[key]?.Type).toBe('AWS::KMS::Key');
    }
  });

  test('every stateful resource is retained when its stack goes and when it is replaced', () => {
    const stateful = STATEFUL.flatMap((type) => resourcesOf(whole, type));
    expect(stateful.length).toBeGreaterThan(present.length * 3);
    for (const { where, resource } of stateful) {
      expect({ where, policy: resource.DeletionPolicy }).toEqual({ where, policy: expect.stringMatching(/^Retain/) });
      expect({ where, policy: resource.UpdateReplacePolicy }).toEqual({
        where,
        policy: expect.stringMatching(/^Retain/),
      });
    }
  });

  test('every template stays under 400 resources and 800 KB', () => {
    for (const { stack, template } of whole.templates) {
      const resources = Object.keys(template.Resources).length;
      expect({ stack: stack.id, resources }).toEqual({ stack: stack.id, resources: Math.min(resources, 399) });
      const bytes = statSync(stack.file).size;
      expect({ stack: stack.id, bytes }).toEqual({ stack: stack.id, bytes: Math.min(bytes, 799_999) });
    }
  });

  test('every volume of a node is encrypted with its cluster’s key of volumes', () => {
    const templates = whole.templates.filter(({ stack }) => stack.id.endsWith('-cluster'));
    expect(templates).toHaveLength(2);
    for (const { stack, template } of templates) {
      const cluster = stack.id.replace('-cluster', '') as ClusterName;
      const alias = Object.values(template.Resources).find(
        ({ Type, Properties }) =>
          Type === 'AWS::KMS::Alias' && Properties?.['AliasName'] === clusterNames.volumeKeyAlias(whole.env, cluster),
      );
      const key = (alias?.Properties?.['TargetKeyId'] as { Ref?: string } | undefined)?.Ref;
      expect(key).toMatch(/VolumeKey/);
      const launches = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::EC2::LaunchTemplate');
      expect(launches).toHaveLength(1);
      for (const { Properties } of launches) {
        const data = Properties?.['LaunchTemplateData'] as { BlockDeviceMappings: { Ebs: Record<string, unknown> }[] };
        expect(data.BlockDeviceMappings).toHaveLength(2);
        for (const { Ebs } of data.BlockDeviceMappings)
          expect(Ebs).toMatchObject({ Encrypted: true, KmsKeyId: { 'Fn::GetAtt': [key, 'Arn'] } });
      }
    }
    const classes = objects().filter(({ kind }) => kind === 'EC2NodeClass');
    expect(classes.map(({ metadata }) => metadata.name).sort()).toEqual(
      whole.env.nodePools.map(({ name: pool }) => pool).sort(),
    );
    for (const { metadata, spec } of classes) {
      const pool = whole.env.nodePools.find((each) => each.name === metadata.name);
      const kmsKeyID = clusterNames.volumeKeyAlias(whole.env, pool?.cluster ?? 'production');
      expect(spec.blockDeviceMappings).toHaveLength(2);
      for (const { ebs } of spec.blockDeviceMappings ?? []) expect(ebs).toMatchObject({ encrypted: true, kmsKeyID });
    }
  });

  test('no VPC has a route but to people’s clients and the callers of doors, from the subnets of the API server, and from research’s pods to replicas; none where no network is connected', () => {
    const { connectedNetwork } = whole.env.network;
    const routes = resourcesOf(whole, 'AWS::EC2::Route').map(({ where, resource }) => {
      const { DestinationCidrBlock, RouteTableId, TransitGatewayId } = resource.Properties as {
        DestinationCidrBlock: string;
        RouteTableId: { Ref: string };
        TransitGatewayId: string;
      };
      expect(TransitGatewayId).toBe(connectedNetwork?.transitGatewayId);
      const [, subnet = '', zone = ''] = /(system|isolated|endpoints)Subnet(\d)RouteTable/.exec(RouteTableId.Ref) ?? [];
      return `${where.split('/', 1)[0] ?? ''} ${subnet} ${zone} ${DestinationCidrBlock}`;
    });
    const zones = whole.env.availabilityZones.map((_, i) => i + 1);
    const clients = connectedNetwork?.cidrBlocks ?? [];
    const callers = whole.env.doors?.product?.cidrBlocks ?? [];
    const replicas = new Set(whole.env.sources.filter(isRelational).map(({ cidrBlock }) => cidrBlock));
    const wanted = zones.flatMap((zone) => [
      ...CLUSTERS.flatMap((cluster) => clients.map((block) => `${cluster}-network system ${zone} ${block}`)),
      ...callers.map((block) => `production-network system ${zone} ${block}`),
      ...[...replicas].map((block) => `research-network isolated ${zone} ${block}`),
    ]);
    expect(routes.sort()).toEqual(wanted.sort());
    expect(resourcesOf(whole, 'AWS::EC2::TransitGatewayAttachment')).toHaveLength(
      connectedNetwork === undefined ? 0 : 2,
    );
  });

  test('every GPU pool has a limit and no floor', () => {
    const pools = objects().filter((object) => object.kind === 'NodePool');
    expect(pools.map((pool) => pool.metadata.name).sort()).toEqual(whole.env.nodePools.map((pool) => pool.name).sort());
    for (const pool of pools) {
      const { name } = pool.metadata;
      const wanted = whole.env.nodePools.find((each) => each.name === name)?.gpuLimit ?? 0;
      expect({ name, gpus: pool.spec.limits?.['nvidia.com/gpu'] ?? '0' }).toEqual({ name, gpus: String(wanted) });
      expect(pool.spec.replicas).toBeUndefined();
    }
    for (const { where, resource } of resourcesOf(whole, 'AWS::EKS::Nodegroup')) {
      expect({ where, types: resource.Properties?.['InstanceTypes'] }).toEqual({
        where,
        types: [expect.stringMatching(/^[a-z]\w*g\w*\./)],
      });
    }
  });

  test('no stack of a tenant imports an export, and each has its tenant’s bucket', () => {
    for (const { stack, template } of whole.templates.filter((each) => each.stack.id.startsWith('tenant-'))) {
      expect(JSON.stringify(template)).not.toContain('Fn::ImportValue');
      const bucket = tenantNames.bucket(whole.env, stack.id.slice('tenant-'.length));
      expect(Object.values(template.Resources).some((resource) => resource.Properties?.['BucketName'] === bucket)).toBe(
        true,
      );
    }
    expect(whole.stacks.filter((stack) => stack.id.startsWith('tenant-')).length).toBe(present.length);
  });

  test('no allowed action has a wildcard without a written reason beside it', () => {
    const wide: string[] = [];
    let statements = 0;
    for (const { stack, template } of whole.templates) {
      for (const [id, resource] of Object.entries(template.Resources)) {
        const reason = resource.Metadata?.['atoll:reason'];
        for (const statement of statementsOf(resource.Properties)) {
          if (statement['Effect'] !== 'Allow') continue;
          statements += 1;
          const patterns = [statement['Action']].flat().filter((action) => /[*?]/.test(String(action)));
          if (statement['NotAction'] !== undefined || (patterns.length > 0 && typeof reason !== 'string'))
            wide.push(`${stack.id}/${id}: ${patterns.join()}`);
        }
      }
    }
    expect(statements).toBeGreaterThan(100);
    expect(wide).toEqual([]);
  });

  test('what CloudFormation itself may do names its services, and never everything', () => {
    for (const cluster of CLUSTERS) {
      const allowed = statementsOf(deployPolicy(whole.env, cluster)).filter(({ Effect }) => Effect === 'Allow');
      expect(allowed.length).toBeGreaterThan(1);
      for (const statement of allowed) {
        expect(statement['NotAction']).toBeUndefined();
        for (const action of [statement['Action']].flat()) expect(action).toMatch(/^[a-z0-9-]+:(\*|[A-Z]\w+\*?)$/);
      }
    }
  });

  function objects(): NodePoolObject[] {
    return whole.files
      .filter((file) => file.owner.kind === 'platform')
      .flatMap((file) => parseAllDocuments(file.text).map((document) => document.toJS() as NodePoolObject));
  }
});

function statementsOf(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(statementsOf);
  if (typeof value !== 'object' || value === null) return [];
  const record = value as Record<string, unknown>;
  const own = 'Effect' in record && ('Action' in record || 'NotAction' in record) ? [record] : [];
  return [...own, ...Object.values(record).flatMap(statementsOf)];
}
