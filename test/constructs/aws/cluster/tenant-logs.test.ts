import { describe, expect, test } from '@jest/globals';
import { tenantLogFiles } from '../../../../constructs/aws/cluster/tenant-logs';
import { TENANT_ID_PATTERN } from '../../../../schema/tenant';
import { sampleEnvironment } from '../../../support/sample-environment';
import { ClusterFixture } from './cluster-fixture';

const env = sampleEnvironment();
const { customParsers, extraFiles } = tenantLogFiles(env);
const application = extraFiles['application-log.conf'] ?? '';

/** The value of a key of Fluent Bit's configuration. */
function valueOf(text: string, key: string): string {
  const line = text.split('\n').find((each) => each.trim().startsWith(`${key} `));
  return line?.trim().slice(key.length + 1) ?? '';
}

/** A path with `*` as Fluent Bit's glob reads it: not over a slash. */
function globMatches(pattern: string, path: string): boolean {
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*');
  return new RegExp(`^${escaped}$`).test(path);
}

const ID = 'a'.repeat(64);
const file = (pod: string, namespace: string, container: string): string =>
  `/var/log/containers/${pod}_${namespace}_${container}-${ID}.log`;
const parse = (path: string): Record<string, string> | undefined =>
  new RegExp(valueOf(customParsers, 'Regex')).exec(path)?.groups;
const shipped = (path: string): boolean => globMatches(valueOf(application, 'Path'), path);

describe("the shipping of tenants' output", () => {
  test('reads the tenant from the name that the kubelet gives the file', () => {
    const path = file('pipeline-audio-x7k2p-9zq4d', 'tenant-acme-eu', 'worker');
    expect(shipped(path)).toBe(true);
    expect(parse(path)).toEqual({ pod: 'pipeline-audio-x7k2p-9zq4d', tenant: 'acme-eu', container: 'worker' });
    expect(valueOf(application, 'log_group_template')).toBe('/atoll/sample/tenant/$tenant');
    expect(valueOf(application, 'log_stream_template')).toBe('$pod.$container');
  });

  test.each([
    ['flux-system', 'source-controller'],
    ['kube-system', 'tenant-acme'],
    ['research-speech', 'main'],
    ['tenant', 'main'],
  ])('leaves the output of namespace %s where it is', (namespace, container) => {
    const path = file('tenant-acme', namespace, container);
    expect(shipped(path) && parse(path) !== undefined).toBe(false);
  });

  test('makes no log group, and falls back to one that no tenant can have', () => {
    expect(valueOf(application, 'auto_create_group')).toBe('false');
    const fallback = valueOf(application, 'log_group_name').replace('/atoll/sample/tenant/', '');
    expect(fallback).toMatch(/^[\w.-]+$/);
    expect(fallback).not.toMatch(TENANT_ID_PATTERN);
  });

  test('has a role that puts into the groups of tenants and reads none of them', () => {
    const statements = (cluster: 'production' | 'research'): string =>
      JSON.stringify(new ClusterFixture(cluster).template.findResources('AWS::IAM::ManagedPolicy'));
    const arn = 'arn:aws:logs:eu-central-1:222222222222:log-group:/atoll/sample/tenant/*:log-stream:*';
    expect(statements('production')).toContain(
      JSON.stringify({
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Effect: 'Allow',
        Resource: arn,
        Sid: 'ShipTenantsOutput',
      }),
    );
    expect(statements('production').split('/atoll/sample/tenant/').length).toBe(2);
    expect(statements('research')).not.toContain('/tenant/');
  });
});
