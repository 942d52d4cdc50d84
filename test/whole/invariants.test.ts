import { describe, expect, test } from '@jest/globals';
import { statSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { environmentNames } from '../../environments';
import { tenantNames } from '../../schema/names';
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
  readonly spec: { readonly limits?: Record<string, string>; readonly replicas?: number };
}

describe.each(environmentNames)('%s', (name) => {
  const whole = synthesized(name);

  test('every bucket is encrypted with a KMS key and a tenant’s with its own', () => {
    const buckets = resourcesOf(whole, 'AWS::S3::Bucket');
    expect(buckets.length).toBeGreaterThanOrEqual(whole.env.tenants.length);
    for (const { where, resource } of buckets) {
      const text = JSON.stringify(resource.Properties?.['BucketEncryption']);
      expect({ where, text }).toEqual({ where, text: expect.stringContaining('"SSEAlgorithm":"aws:kms"') });
      expect({ where, text }).toEqual({
        where,
        text: expect.stringMatching(/"KMSMasterKeyID":\{"Fn::GetAtt":\["\w*Key\w*","Arn"\]\}/),
      });
    }
  });

  test('every stateful resource is retained when its stack goes and when it is replaced', () => {
    const stateful = STATEFUL.flatMap((type) => resourcesOf(whole, type));
    expect(stateful.length).toBeGreaterThan(whole.env.tenants.length * 3);
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

  test('every volume of a node is encrypted', () => {
    for (const { where, resource } of resourcesOf(whole, 'AWS::EC2::LaunchTemplate')) {
      const text = JSON.stringify(resource.Properties);
      expect({ where, text }).toEqual({ where, text: expect.stringContaining('"Encrypted":true') });
    }
    const classes = objects().filter((object) => object.kind === 'EC2NodeClass');
    expect(classes.length).toBe(whole.env.nodePools.length);
    for (const nodeClass of classes) expect(JSON.stringify(nodeClass)).not.toContain('"encrypted":false');
    for (const nodeClass of classes) expect(JSON.stringify(nodeClass)).toContain('"encrypted":true');
  });

  test('no VPC has a route but to people’s clients, from the subnets of the API server, and none where no network is connected', () => {
    const { connectedNetwork } = whole.env.network;
    const routes = resourcesOf(whole, 'AWS::EC2::Route').map(({ where, resource }) => ({
      where,
      ...resource.Properties,
    }));
    const zones = whole.env.availabilityZones.length;
    expect(routes).toHaveLength(2 * zones * (connectedNetwork?.cidrBlocks.length ?? 0));
    for (const route of routes) {
      expect(route).toEqual({
        where: route.where,
        DestinationCidrBlock: expect.stringMatching(
          new RegExp(`^(${(connectedNetwork?.cidrBlocks ?? []).join('|').replaceAll('.', '\\.')})$`),
        ),
        RouteTableId: { Ref: expect.stringMatching(/systemSubnet\dRouteTable/) },
        TransitGatewayId: connectedNetwork?.transitGatewayId,
      });
    }
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
    const tenants = whole.env.tenants.filter((tenant) => tenant.state !== 'erased').length;
    expect(whole.stacks.filter((stack) => stack.id.startsWith('tenant-')).length).toBe(tenants);
  });

  test('no allowed action is a bare wildcard', () => {
    const bare: string[] = [];
    for (const { stack, template } of whole.templates) {
      for (const [id, resource] of Object.entries(template.Resources)) {
        for (const statement of statementsOf(resource.Properties)) {
          const actions = [statement['Action']].flat();
          if (statement['Effect'] === 'Allow' && actions.some((action) => action === '*'))
            bare.push(`${stack.id}/${id}`);
        }
      }
    }
    expect(bare).toEqual([]);
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
