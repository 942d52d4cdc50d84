import { expect, test } from '@jest/globals';
import { routerDoor } from '../../../constructs/k8s/doors/door-objects';
import type { NetworkPolicy } from '../../../constructs/k8s/network-policies/network-policy';
import { platformFiles } from '../../../infra/k8s/platform-chart';
import { doorsEnvironment } from '../../support/doors-environment';
import { sampleEnvironment } from '../../support/sample-environment';
import { cidrs } from '../aws/network-fixture';
import { platformStack } from '../aws/doors/doors-fixture';
import { within } from './network-reach';

const env = doorsEnvironment();
const [service, policy] = routerDoor(env);

test('one port of the nodes leads to the pods of the router, and of nothing else', () => {
  expect(service).toMatchObject({
    kind: 'Service',
    metadata: { name: 'router-door', namespace: 'serving' },
    spec: {
      type: 'NodePort',
      selector: { 'app.kubernetes.io/name': 'router' },
      ports: [{ port: 8443, targetPort: 8443, nodePort: 30443 }],
    },
  });
});

test('the router is spoken to from every system subnet on that port, and from no other subnet', () => {
  const { spec } = policy as NetworkPolicy;
  expect(spec).toMatchObject({
    podSelector: { matchLabels: { 'app.kubernetes.io/name': 'router' } },
    policyTypes: ['Ingress'],
  });
  expect(spec.ingress).toHaveLength(1);
  const [rule] = spec.ingress ?? [];
  expect(rule?.ports).toEqual([{ protocol: 'TCP', port: 8443 }]);
  const [{ ipBlock } = {}] = rule?.from ?? [];
  const isLetIn = (block: string): boolean => {
    const [address = ''] = block.split('/');
    return within(address, ipBlock?.cidr ?? '') && !(ipBlock?.except ?? []).some((each) => within(address, each));
  };
  const { template } = platformStack('production-network', env);
  expect(cidrs(template, 'system').map(isLetIn)).toEqual([true, true]);
  for (const kind of ['isolated', 'endpoints']) expect(cidrs(template, kind).map(isLetIn)).toEqual([false, false]);
  expect(['10.80.0.0/20', '10.200.0.0/16', '10.17.192.0/20'].map(isLetIn)).toEqual([false, false, false]);
});

test('only production has them, and only where the product has a door', () => {
  const files = (...[environment, cluster]: Parameters<typeof platformFiles>): string =>
    platformFiles(environment, cluster)
      .map(({ text }) => text)
      .join('');
  expect(files(env, 'production')).toContain('router-door');
  expect(files(env, 'research')).not.toContain('router-door');
  expect(files(sampleEnvironment(), 'production')).not.toContain('router-door');
});
