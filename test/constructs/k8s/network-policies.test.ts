import { describe, expect, test } from '@jest/globals';
import { Stack } from 'aws-cdk-lib';
import type { SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { Chart } from 'cdk8s';
import { ClusterVpc } from '../../../constructs/aws/network/cluster-vpc';
import type { NetworkPolicy } from '../../../constructs/k8s/network-policies/network-policy';
import { endpointBlock, systemBlock } from '../../../schema/address-plan';
import { controllerObjects } from '../../../constructs/k8s/platform/controllers';
import { teamNamespace } from '../../../constructs/k8s/research/team-namespace';
import { tenantNamespace } from '../../../constructs/k8s/tenant/tenant-namespace';
import { clusterObjectNames, controllerNames, labels } from '../../../schema/names';
import { testApp } from '../../support/app';
import { sampleEnvironment } from '../../support/sample-environment';
import { environmentWithSources } from '../../support/sample-sources';
import { CLUSTERS } from '../../../schema/vocabulary';
import { objectsOf } from './chart-samples';
import { admits, endsOf, isNetworkPolicy, reaches, within } from './network-reach';

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
  ['a tenant', tenant, 'tenant-acme', '10.16', '10.17'],
  ['a team', team, 'research-speech', '10.17', '10.16'],
] as const)('%s', (_, policies, home, ownVpc, otherVpc) => {
  test('reaches names, Pod Identity, S3 and the interface endpoints of its VPC', () => {
    expect(reaches(policies, home, { to: dns, port: 53, protocol: 'UDP' })).toBe(true);
    expect(reaches(policies, home, { to: dns, port: 53 })).toBe(true);
    expect(reaches(policies, home, { to: { address: '169.254.170.23' }, port: 80 })).toBe(true);
    expect(reaches(policies, home, { to: s3, port: 443 })).toBe(true);
    for (const address of [`${ownVpc}.240.5`, `${ownVpc}.251.250`]) {
      expect(reaches(policies, home, { to: { address }, port: 443 })).toBe(true);
      for (const port of [80, 8443]) expect(reaches(policies, home, { to: { address }, port })).toBe(false);
    }
  });
  test('does not reach the API server: neither its interfaces in the system subnets nor its Service', () => {
    const systemSubnets = [`${ownVpc}.192.5`, `${ownVpc}.200.5`, `${ownVpc}.223.250`, `${ownVpc}.239.250`];
    // EKS gives the `kubernetes` Service the first address of one of two blocks.
    for (const address of [...systemSubnets, '10.100.0.1', '172.20.0.1']) {
      expect({ address, reached: reaches(policies, home, { to: { address }, port: 443 }) }).toEqual({
        address,
        reached: false,
      });
    }
  });
  test('does not reach the instance metadata service on any port', () => {
    for (const port of [80, 443]) expect(reaches(policies, home, { to: imds, port })).toBe(false);
  });
  test('does not reach anything private outside its VPC, nor the public except by TLS', () => {
    for (const address of [`${otherVpc}.200.5`, `${otherVpc}.240.5`]) {
      expect(reaches(policies, home, { to: { address }, port: 443 })).toBe(false);
    }
    // A pod of somebody else, by address: the subnets of pods end before the endpoints' block.
    expect(reaches(policies, home, { to: { address: `${ownVpc}.100.5` }, port: 443 })).toBe(false);
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

test("the pods of a grant meet those of the same grant, and neither the team's others nor another grant's", () => {
  const home = 'research-speech';
  const none = {};
  const granted = { [labels.grant]: 'speech-eval' };
  const other = { [labels.grant]: 'notes-quality' };
  const meets = (from: Readonly<Record<string, string>>, to: Readonly<Record<string, string>>): boolean[] => [
    reaches(team, home, { to: { address: '10.17.3.1', namespace: home, labels: to }, port: 8888 }, from),
    admits(team, home, { address: '10.17.3.2', namespace: home, labels: from }, 8888, to),
  ];
  expect(meets(granted, granted)).toEqual([true, true]);
  for (const [from, to] of [
    [none, granted],
    [granted, none],
    [other, granted],
    [granted, other],
  ] as const)
    expect(meets(from, to)).toEqual([false, false]);
});

describe('the blocks that network policies name', () => {
  test('are the last quarter of the VPC, for the system subnets, and the last sixteenth, for the endpoints', () => {
    expect(systemBlock('10.16.0.0/16')).toBe('10.16.192.0/18');
    expect(systemBlock('172.16.64.0/18')).toBe('172.16.112.0/20');
    expect(endpointBlock('10.16.0.0/16')).toBe('10.16.240.0/20');
    expect(endpointBlock('172.16.64.0/18')).toBe('172.16.124.0/22');
  });
  test.each(
    CLUSTERS.flatMap((cluster) => [
      [cluster, ['eu-central-1a', 'eu-central-1b']] as const,
      [cluster, ['eu-central-1a', 'eu-central-1b', 'eu-central-1c']] as const,
    ]),
  )('hold the subnets of the %s VPC as CDK plans them in the zones %j', (cluster, zones) => {
    const env = sampleEnvironment({ input: { availabilityZones: [...zones] } });
    class Network extends Stack {
      override get availabilityZones(): string[] {
        return [...env.availabilityZones];
      }
    }
    const stack = new Network(testApp(), 'Network', { env: { account: env.accounts[cluster], region: env.region } });
    const planned = new ClusterVpc(stack, 'Vpc', { env, cluster });
    /** Whether every subnet's first and last address lie in the block, or none does. */
    const held = (selection: SubnetSelection, block: string): boolean => {
      const { subnets } = planned.vpc.selectSubnets(selection);
      expect(subnets).toHaveLength(zones.length);
      const ends = subnets.flatMap(({ ipv4CidrBlock }) => endsOf(ipv4CidrBlock));
      const inside = new Set(ends.map((address) => within(address, block)));
      expect(inside.size).toBe(1);
      return inside.has(true);
    };
    const { isolatedSubnets, systemSubnets, endpointSubnets } = planned;
    const system = systemBlock(env.network[cluster]);
    const endpoints = endpointBlock(env.network[cluster]);
    expect([isolatedSubnets, systemSubnets, endpointSubnets].map((kind) => held(kind, system))).toEqual([
      false,
      true,
      true,
    ]);
    expect([isolatedSubnets, systemSubnets, endpointSubnets].map((kind) => held(kind, endpoints))).toEqual([
      false,
      false,
      true,
    ]);
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

describe('a replica', () => {
  const reached = (environment: ReturnType<typeof sampleEnvironment>, teamId: string, address: string, port: number) =>
    reaches(
      policiesOf((chart) => {
        for (const each of environment.researchTeams) if (each.id === teamId) teamNamespace(chart, environment, each);
      }),
      `research-${teamId}`,
      { to: { address }, port },
    );
  const sources = environmentWithSources();

  test('is reached from the team whose grant names it, at its port, and from no other', () => {
    expect(reached(sources, 'language', '10.60.4.7', 5432)).toBe(true);
    expect(reached(sources, 'language', '10.60.4.7', 443)).toBe(false);
    expect(reached(sources, 'language', '10.60.4.64', 5432)).toBe(false);
    expect(reached(sources, 'speech', '10.60.4.7', 5432)).toBe(false);
  });

  test('is reached by nobody while a tenant of it is not active, or no grant names it', () => {
    const suspended = environmentWithSources({ tenant: { id: 'acme', state: 'suspended' } });
    expect(reached(suspended, 'language', '10.60.4.7', 5432)).toBe(false);
    const unnamed = environmentWithSources({ grants: sources.grants.map((grant) => ({ ...grant, sources: [] })) });
    expect(reached(unnamed, 'language', '10.60.4.7', 5432)).toBe(false);
  });
});
