import { compare } from '../../schema/faults';
import type { Environment } from '../../schema/model';
import type { NodePool } from '../../schema/node-pool';
import { QUOTAS } from '../../schema/quotas';
import type { ClusterName } from '../../schema/vocabulary';

/** One quota of an account that must be at least `needed` before the environment fits. */
export interface NeededQuota {
  readonly cluster: ClusterName;
  readonly service: string;
  readonly code: string;
  readonly name: string;
  readonly needed: number;
  /** What a fresh account has; undefined where it differs from account to account. */
  readonly byDefault?: number;
}

/** Platform stacks of the production account; rounded up so that a room that is added later fits. */
const PLATFORM_STACKS = 20;
/** Roles that the platform, EKS and the bootstrap make besides one per tenant. */
const PLATFORM_ROLES = 60;

/** Tenants and grants are counted up to the next hundred, so that the one that comes today changes no PREREQUISITES.md. */
const ROUNDED_TO = 100;

export function plannedFor(count: number): number {
  return Math.ceil(count / ROUNDED_TO) * ROUNDED_TO;
}

interface Family {
  readonly matches: (family: string) => boolean;
  readonly onDemand: { readonly code: string; readonly name: string };
  readonly spot: { readonly code: string; readonly name: string };
}

const P5 = /^p[5-9]/;
const STANDARD: Family = {
  matches: () => true,
  onDemand: { code: 'L-1216C47A', name: 'Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances' },
  spot: { code: 'L-34B43A08', name: 'All Standard (A, C, D, H, I, M, R, T, Z) Spot Instance Requests' },
};
/**
 * EC2 counts vCPUs by class of families, and Spot apart from on-demand; GPU classes start at 0 or a few.
 * Codes are second-hand and that of P5 Spot is from an unofficial list, see docs/open-claims.md; AWS's own list is
 * https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-quotas.html
 */
const FAMILIES: readonly Family[] = [
  {
    matches: (family) => /^(g|vt)\d/.test(family) || family.startsWith('gr'),
    onDemand: { code: 'L-DB2E81BA', name: 'Running On-Demand G and VT instances' },
    spot: { code: 'L-3819A6DF', name: 'All G and VT Spot Instance Requests' },
  },
  {
    matches: (family) => P5.test(family),
    onDemand: { code: 'L-417A185B', name: 'Running On-Demand P instances' },
    spot: { code: 'L-C4BD4855', name: 'All P5 Spot Instance Requests' },
  },
  {
    matches: (family) => /^p\d/.test(family),
    onDemand: { code: 'L-417A185B', name: 'Running On-Demand P instances' },
    spot: { code: 'L-7212CCBC', name: 'All P4, P3 and P2 Spot Instance Requests' },
  },
  {
    matches: (family) => family.startsWith('trn'),
    onDemand: { code: 'L-2C3B7624', name: 'Running On-Demand Trn instances' },
    spot: { code: 'L-6B0D517C', name: 'All Trn Spot Instance Requests' },
  },
  {
    matches: (family) => family.startsWith('inf'),
    onDemand: { code: 'L-1945791B', name: 'Running On-Demand Inf instances' },
    spot: { code: 'L-B5D1601B', name: 'All Inf Spot Instance Requests' },
  },
  STANDARD,
];

/**
 * The quotas of one account, computed from the environment: vCPUs are the sum of the limits of every pool that may buy the class,
 * since each of them may be full at once.
 */
export function neededQuotas(env: Environment, cluster: ClusterName): readonly NeededQuota[] {
  const tenants = plannedFor(
    cluster === 'production' ? env.tenants.filter(({ state }) => state !== 'erased').length : 0,
  );
  const grants = plannedFor(cluster === 'research' ? env.grants.length + env.sources.length : 0);
  return [
    {
      cluster,
      service: 'cloudformation',
      code: 'L-0485CB21',
      name: 'Stack count',
      needed: PLATFORM_STACKS + tenants,
      byDefault: QUOTAS.stacksPerRegion.value,
    },
    {
      cluster,
      service: 'iam',
      code: 'L-FE177D64',
      name: 'Roles per account',
      needed: PLATFORM_ROLES + tenants + grants,
      byDefault: QUOTAS.rolesPerAccount.value,
    },
    ...vcpus(
      cluster,
      env.nodePools.filter((pool) => pool.cluster === cluster),
      env.clusters[cluster].systemNodes.max,
    ),
  ];
}

/** vCPUs of one system node of the largest size in use; the group is small and this only has to be enough. */
const SYSTEM_NODE_VCPUS = 8;

function vcpus(cluster: ClusterName, pools: readonly NodePool[], systemNodes: number): NeededQuota[] {
  const needed = new Map<string, NeededQuota>();
  const add = ({ code, name }: Family['onDemand'], count: number): void => {
    const before = needed.get(code)?.needed ?? 0;
    needed.set(code, { cluster, service: 'ec2', code, name, needed: before + count });
  };
  add(STANDARD.onDemand, systemNodes * SYSTEM_NODE_VCPUS);
  for (const pool of pools) {
    const spot = pool.capacityTypes.includes('spot');
    const onDemand = pool.capacityTypes.some((type) => type !== 'spot');
    const codes = new Map<string, Family['onDemand']>();
    for (const family of pool.families) {
      const found = FAMILIES.find(({ matches }) => matches(family)) ?? STANDARD;
      if (spot) codes.set(found.spot.code, found.spot);
      if (onDemand) codes.set(found.onDemand.code, found.onDemand);
    }
    for (const quota of codes.values()) add(quota, pool.cpuLimit);
  }
  return [...needed.values()].sort((a, b) => compare(a.name, b.name));
}
