import { describe, expect, test } from '@jest/globals';
import { App as CdkApp, Stack } from 'aws-cdk-lib';
import type { Chart } from 'cdk8s';
import { ClusterVpc } from '../../../constructs/aws/network/cluster-vpc';
import type { NetworkPolicy } from '../../../constructs/k8s/network-policies/network-policy';
import { systemBlock } from '../../../constructs/k8s/network-policies/system-block';
import { controllerObjects } from '../../../constructs/k8s/platform/controllers';
import { teamNamespace } from '../../../constructs/k8s/research/team-namespace';
import { tenantNamespace } from '../../../constructs/k8s/tenant/tenant-namespace';
import { clusterObjectNames, controllerNames, labels } from '../../../schema/names';
import { sampleEnvironment } from '../../support/sample-environment';
import { CLUSTERS } from '../../../schema/vocabulary';
import { objectsOf } from './chart-samples';
import { admits, isNetworkPolicy, reaches, within } from './network-reach';

const env = sampleEnvironment();

const policiesOf = (build: (chart: Chart) => void): NetworkPolicy[] => objectsOf(build).filter(isNetworkPolicy);

const tenant = policiesOf((chart) => {
  for (const each of env.tenants) if (each.id === 'acme') tenantNamespace(chart, env, each);
});
const team = policiesOf((chart) => {
  for (const each of env.researchTeams) if (each.id === 'speech') teamNamespace(chart, env, each);
});

const dns = { address: '10.16.3.7', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } };
const router = {
  address: '10.16.3.8',
  namespace: 'serving',
  labels: { [labels.name]: clusterObjectNames.router },
};
const modelServer = { address: '10.16.3.9', namespace: 'serving', labels: { [labels.name]: 'triton' } };
const otherTenant = { address: '10.16.3.10', namespace: 'tenant-birch', labels: { [labels.tenant]: 'birch' } };
const s3 = { address: '52.219.170.1' };
const imds = { address: '169.254.169.254' };

describe.each([
  ['a tenant', tenant, 'tenant-acme', '10.16.200.5', '10.17.200.5', '10.16.100.5'],
  ['a team', team, 'research-speech', '10.17.200.5', '10.16.200.5', '10.17.100.5'],
] as const)('%s', (_, policies, home, ownEndpoint, otherVpc, podSubnet) => {
  test('reaches names, Pod Identity, S3 and the interface endpoints of its VPC', () => {
    expect(reaches(policies, home, { to: dns, port: 53, protocol: 'UDP' })).toBe(true);
    expect(reaches(policies, home, { to: dns, port: 53 })).toBe(true);
    expect(reaches(policies, home, { to: { address: '169.254.170.23' }, port: 80 })).toBe(true);
    expect(reaches(policies, home, { to: s3, port: 443 })).toBe(true);
    expect(reaches(policies, home, { to: { address: ownEndpoint }, port: 443 })).toBe(true);
  });
  test('does not reach the instance metadata service on any port', () => {
    for (const port of [80, 443]) expect(reaches(policies, home, { to: imds, port })).toBe(false);
  });
  test('does not reach anything private outside its VPC, nor the public except by TLS', () => {
    expect(reaches(policies, home, { to: { address: otherVpc }, port: 443 })).toBe(false);
    // A pod of somebody else, by address: the endpoints' block ends before the subnets of pods.
    expect(reaches(policies, home, { to: { address: podSubnet }, port: 443 })).toBe(false);
    for (const address of ['172.31.0.1', '192.168.1.1', '100.64.0.1', '169.254.170.2']) {
      expect(reaches(policies, home, { to: { address }, port: 443 })).toBe(false);
    }
    for (const port of [22, 53, 80, 8443]) expect(reaches(policies, home, { to: s3, port })).toBe(false);
    expect(reaches(policies, home, { to: s3, port: 443, protocol: 'UDP' })).toBe(false);
  });
  test('reaches nothing in kube-system but CoreDNS, and CoreDNS by its port only', () => {
    expect(reaches(policies, home, { to: { ...dns, labels: { 'k8s-app': 'metrics' } }, port: 53 })).toBe(false);
    expect(reaches(policies, home, { to: dns, port: 8080 })).toBe(false);
  });
  test('is closed in both directions by a policy that has no rule', () => {
    expect(policies.find(({ metadata }) => metadata.name === 'default-deny')?.spec).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
    });
    const denyOnly = policies.filter(({ metadata }) => metadata.name === 'default-deny');
    expect(reaches(denyOnly, home, { to: s3, port: 443 })).toBe(false);
  });
  test('lets no pod of another namespace in', () => {
    for (const from of [otherTenant, dns, router, { address: '10.16.0.9' }]) {
      expect(admits(policies, home, from, 443)).toBe(false);
    }
  });
});

describe('a tenant', () => {
  test('reaches the router on its port, but no model server', () => {
    expect(reaches(tenant, 'tenant-acme', { to: router, port: clusterObjectNames.routerPort })).toBe(true);
    expect(reaches(tenant, 'tenant-acme', { to: router, port: 8001 })).toBe(false);
    expect(reaches(tenant, 'tenant-acme', { to: modelServer, port: clusterObjectNames.routerPort })).toBe(false);
  });
  test('cannot open a connection to another tenant: neither side lets it pass', () => {
    const birch = policiesOf((chart) => {
      for (const each of env.tenants) if (each.id === 'birch') tenantNamespace(chart, env, each);
    });
    const acmePod = { address: '10.16.3.11', namespace: 'tenant-acme', labels: { [labels.tenant]: 'acme' } };
    for (const port of [80, 443, 8080, 8443]) {
      expect(reaches(tenant, 'tenant-acme', { to: otherTenant, port })).toBe(false);
      expect(admits(birch, 'tenant-birch', acmePod, port)).toBe(false);
    }
  });
  test('lets in not even its own pods', () => {
    expect(admits(tenant, 'tenant-acme', { address: '10.16.3.12', namespace: 'tenant-acme', labels: {} }, 443)).toBe(
      false,
    );
  });
});

test("the pods of a team's training meet on any port, and those of another team do not", () => {
  const rank = { address: '10.17.3.1', namespace: 'research-speech', labels: {} };
  const stranger = { address: '10.17.3.2', namespace: 'research-language', labels: {} };
  expect(reaches(team, 'research-speech', { to: rank, port: 29500 })).toBe(true);
  expect(admits(team, 'research-speech', rank, 29500)).toBe(true);
  expect(reaches(team, 'research-speech', { to: stranger, port: 29500 })).toBe(false);
  expect(admits(team, 'research-speech', stranger, 29500)).toBe(false);
});

describe('the block of the system subnets', () => {
  test('is the last quarter of the VPC', () => {
    expect(systemBlock('10.16.0.0/16')).toBe('10.16.192.0/18');
    expect(systemBlock('172.16.64.0/18')).toBe('172.16.112.0/20');
  });
  test.each(CLUSTERS)('holds every system subnet and no other of the %s VPC as CDK plans it', (cluster) => {
    class Network extends Stack {
      override get availabilityZones(): string[] {
        return [...env.availabilityZones];
      }
    }
    const stack = new Network(new CdkApp(), 'Network', { env: { account: env.accounts[cluster], region: env.region } });
    const planned = new ClusterVpc(stack, 'Vpc', { env, cluster });
    const inBlock = ({ ipv4CidrBlock }: { ipv4CidrBlock: string }): boolean =>
      within(ipv4CidrBlock.split('/')[0] ?? '', systemBlock(env.network[cluster]));
    expect(planned.vpc.selectSubnets(planned.systemSubnets).subnets.map(inBlock)).toEqual([true, true]);
    expect(planned.vpc.selectSubnets(planned.isolatedSubnets).subnets.map(inBlock)).toEqual([false, false]);
  });
});

describe.each(CLUSTERS)('the platform of the %s cluster', (cluster) => {
  const platform = controllerObjects(env, cluster).filter(isNetworkPolicy);
  const controlPlane = { address: cluster === 'production' ? '10.16.200.5' : '10.17.200.5' };
  const podSubnet = cluster === 'production' ? '10.16.100.5' : '10.17.100.5';
  const { flux, karpenter, keda, kueue } = controllerNames;
  const called = {
    [kueue.namespace]: [9443, 8082],
    ...(cluster === 'production' ? { [keda.namespace]: [9443, 6443] } : {}),
  };
  const namespaces = [flux.namespace, karpenter.namespace, ...Object.keys(called)];

  test('lets nobody speak to its controllers but themselves', () => {
    for (const home of namespaces) {
      for (const port of [80, 443, 8080, 8443, 9090, 9443]) {
        for (const namespace of ['tenant-acme', 'research-speech', 'default', 'serving']) {
          expect(admits(platform, home, { address: podSubnet, namespace, labels: {} }, port)).toBe(false);
        }
        expect(admits(platform, home, { address: podSubnet }, port)).toBe(false);
        expect(admits(platform, home, { address: podSubnet, namespace: home, labels: {} }, port)).toBe(true);
      }
    }
  });

  test('lets the API server call webhooks and aggregated APIs, and nothing else', () => {
    for (const [home, ports] of Object.entries(called)) {
      for (const port of ports) expect(admits(platform, home, controlPlane, port)).toBe(true);
    }
    for (const home of namespaces) expect(admits(platform, home, controlPlane, 8080)).toBe(false);
    expect(admits(platform, flux.namespace, controlPlane, 9443)).toBe(false);
  });

  test('leaves the ways out open, towards API servers and endpoints', () => {
    for (const home of namespaces)
      expect(reaches(platform, home, { to: { address: '172.20.0.1' }, port: 443 })).toBe(true);
  });
});
