import { describe, expect, test } from '@jest/globals';
import type { PolicyRule, Role } from '../../../constructs/k8s/namespace/role';
import type { KubernetesObject } from '../../../constructs/k8s/object';
import { teamNamespace } from '../../../constructs/k8s/research/team-namespace';
import { labels } from '../../../schema/names';
import { sampleEnvironment } from '../../support/sample-environment';
import { objectsOf, valueAt } from './chart-samples';

const env = sampleEnvironment();
const teamOf = (id: string): KubernetesObject[] =>
  objectsOf((chart) => {
    for (const team of env.researchTeams) if (team.id === id) teamNamespace(chart, env, team);
  });
const speech = teamOf('speech');
const of = (kind: string): KubernetesObject[] => speech.filter((each) => each.kind === kind);

describe('a team', () => {
  const rules = of('Role').flatMap((role): readonly PolicyRule[] => (role as Role).rules);
  const may = (verb: string, group: string, resource: string): boolean =>
    rules.some(
      (rule) =>
        rule.apiGroups.includes(group) && rule.resources.includes(resource) && (rule.verbs as string[]).includes(verb),
    );

  test('makes and deletes Jobs, reads its pods and their logs, and forwards a port to a workbench', () => {
    for (const verb of ['get', 'list', 'watch', 'create', 'delete']) expect(may(verb, 'batch', 'jobs')).toBe(true);
    for (const verb of ['get', 'list', 'watch']) expect(may(verb, '', 'pods')).toBe(true);
    expect(may('get', '', 'pods/log')).toBe(true);
    expect(may('create', '', 'pods/portforward')).toBe(true);
    expect(may('list', 'kueue.x-k8s.io', 'workloads')).toBe(true);
  });
  test('makes no pod, changes no Job, reads no Secret, executes in no pod, and takes no account of another', () => {
    for (const verb of ['create', 'update', 'patch', 'delete']) expect(may(verb, '', 'pods')).toBe(false);
    for (const verb of ['update', 'patch']) expect(may(verb, 'batch', 'jobs')).toBe(false);
    for (const resource of [
      'secrets',
      'pods/exec',
      'pods/attach',
      'pods/ephemeralcontainers',
      'serviceaccounts/token',
    ]) {
      for (const verb of ['get', 'list', 'create']) expect(may(verb, '', resource)).toBe(false);
    }
    expect(JSON.stringify(rules)).not.toContain('*');
  });
  test('has its rights by the group of the sign-in, in its namespace only', () => {
    expect(of('RoleBinding').map((binding) => [binding.metadata.namespace, valueAt(binding, 'subjects')])).toEqual([
      ['research-speech', [{ kind: 'Group', name: 'research-speech', apiGroup: 'rbac.authorization.k8s.io' }]],
    ]);
  });
  test('has a quota that forbids no borrowing, and none of what would open a door', () => {
    expect(valueAt(of('ResourceQuota')[0], 'spec.hard')).toMatchObject({
      'requests.cpu': '1152',
      'limits.memory': '8704Gi',
      'requests.nvidia.com/gpu': '32',
      services: '1',
      'services.loadbalancers': '0',
      'services.nodeports': '0',
      persistentvolumeclaims: '0',
    });
  });
  test('has one queue, by default, on its own ClusterQueue', () => {
    expect(of('LocalQueue').map((queue) => [queue.metadata.name, valueAt(queue, 'spec')])).toEqual([
      ['default', { clusterQueue: 'team-speech' }],
    ]);
  });
  test('has a headless Service for ranks that are not ready yet', () => {
    expect(valueAt(of('Service')[0], 'spec')).toEqual({
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      selector: { [labels.team]: 'speech' },
    });
  });
});

test('each grant of the team has an account of its own that says why and until when', () => {
  const accounts = of('ServiceAccount');
  expect(accounts.map(({ metadata }) => metadata.name)).toEqual(['grant-speech-eval', 'research']);
  expect(accounts[0]?.metadata).toMatchObject({
    labels: { [labels.grant]: 'speech-eval', [labels.team]: 'speech' },
    annotations: {
      'atoll.dev/purpose': 'model-evaluation',
      'atoll.dev/ticket': 'DATA-123',
      'atoll.dev/expires': '2027-01-15',
      'atoll.dev/tenants': 'acme',
      'atoll.dev/classes': 'audio',
    },
  });
  for (const account of accounts) expect(valueAt(account, 'automountServiceAccountToken')).toBe(false);
});

test('a grant of one team makes no account in the namespace of another', () => {
  const names = teamOf('language')
    .filter(({ kind }) => kind === 'ServiceAccount')
    .map(({ metadata }) => metadata.name);
  expect(names).toEqual(['grant-notes-quality', 'research']);
});
