import { describe, expect, test } from '@jest/globals';
import { proveKubernetes } from '../../../assurance/kubernetes/prove';
import type { Tenant } from '../../../schema/tenant';
import { tenantClasses } from '../../../assurance/kubernetes/objects/tenant-classes';
import { withoutId } from '../../../assurance/kubernetes/objects/placeholder';
import { changeObject, set } from '../../mutations/kubernetes/edits';
import { sampleEnvironment, sampleTenants } from '../../support/sample-environment';
import { writtenOutput } from '../../support/written-output';

const [acme, birch] = sampleTenants;
if (acme === undefined || birch === undefined) throw new Error('got no two tenants in the sample, allowed some');
const named = (ids: readonly string[], from = acme) =>
  sampleEnvironment({ tenants: ids.map((id) => ({ ...from, id })), grants: [] });

describe('classes of tenants', () => {
  test('hold all whose objects differ in a name and in amounts', () => {
    const env = sampleEnvironment({
      tenants: [
        { ...acme, id: 'first-co' },
        { ...acme, id: 'second-co', limits: { cpu: 128, concurrentJobs: 9 } },
        { ...birch, id: 'third-co' },
      ],
      grants: [],
    });
    const { findings, covered } = proveKubernetes(env, writtenOutput(env));
    expect(findings).toEqual([]);
    expect(covered).toMatchObject({
      tenants: 3,
      'classes of tenants': 2,
      'tenants by their own names': 1,
      'pairs of tenants': 6,
      'pairs of classes': 4,
    });
  });

  test('are not confused by ids that begin or end others, or that are words of the platform', () => {
    const env = named(['video', 'audio', 'text', 'acme', 'acme-east', 'east', 'tenant', 'pipeline', 'another', 'true']);
    const { findings, covered } = proveKubernetes(env, writtenOutput(env));
    expect(findings).toEqual([]);
    expect(covered).toMatchObject({ tenants: 10, 'pairs of tenants': 90 });
    expect(covered['tenants by their own names']).toBeGreaterThan(3);
  });

  test('leave a tenant alone that names another one', () => {
    const env = named(['first-co', 'second-co', 'third-co']);
    const output = changeObject(
      writtenOutput(env),
      { cluster: 'production', kind: 'NetworkPolicy', name: 'exits', namespace: 'tenant-second-co' },
      (policy) => {
        set(policy, 'spec.egress.0.to', [{ namespaceSelector: { matchLabels: { 'atoll.dev/tenant': 'third-co' } } }]);
      },
    );
    const { findings, covered } = proveKubernetes(env, output);
    expect(covered).toMatchObject({ 'classes of tenants': 2, 'tenants by their own names': 1 });
    expect(findings.map(({ kind, message }) => `${kind} ${message}`)).toContain(
      'one-lock-left pods of tenant second-co reach pods of tenant third-co: got 3 of 4 locks, expected all; lost egress policies of ' +
        'tenant-second-co: they let UDP 53 through; left ingress policies of tenant-third-co; nothing in its namespace listens; the identity ' +
        'of the pod',
    );
  });

  test('name one of theirs and how many are like it where all have the fault', () => {
    const env = named(['first-co', 'second-co', 'third-co']);
    const output = writtenOutput(env);
    const faulty = {
      ...output,
      objects: output.objects.map((file) => ({
        ...file,
        text: () => file.text().replace(/^ *- "169\.254\.0\.0\/16"\n/m, ''),
      })),
    };
    const { findings } = proveKubernetes(env, faulty);
    expect(findings).toContainEqual({
      proof: 'kubernetes',
      kind: 'one-lock-left',
      subject: 'production: tenant-first-co (and 2 like it)',
      message:
        'pods of tenant first-co reach instance metadata: got 1 of 2 locks, expected all; lost egress policies of tenant-first-co: they let ' +
        'TCP 443 to 169.254.169.254 through; left metadata options of the nodes',
    });
  });

  test('put the placeholder where the whole id stands and nowhere else', () => {
    expect(withoutId('tenant-acme acme-east xacme acme2 /acme/ "acme"', 'acme')).toBe(
      'tenant-zqany zqany-east xacme acme2 /zqany/ "zqany"',
    );
  });

  test('have no tenant whose file cannot be read, which is reported', () => {
    const faults: string[] = [];
    const tenants: readonly Tenant[] = sampleEnvironment().tenants.slice(0, 1);
    const classes = tenantClasses(
      tenants.map((tenant) => ({ tenant, index: 'a: [', platform: '', workloads: '' })),
      '',
      ({ subject }) => faults.push(subject),
    );
    expect({ classes, faults }).toEqual({ classes: [], faults: ['production/index/acme'] });
  });
});
