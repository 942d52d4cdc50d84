import { checkConnectedNetwork } from './check-connected-network';
import { alternatives, type Report } from './faults';
import type { EnvironmentConfig, EnvironmentInput } from './environment';
import { overlaps, parseBlock } from './ipv4-block';
import type { Sparse } from './sparse';
import { CLUSTERS, type ClusterName } from './vocabulary';

/** The IPv4 block of one VPC and whose it is. */
export interface OwnedNetwork {
  readonly environment: string;
  readonly cluster: ClusterName;
  readonly cidr: string;
}

/** The blocks of all the given environments: what `loadEnvironment` takes as `otherNetworks`. */
export function networksOf(inputs: readonly Pick<EnvironmentInput, 'name' | 'network'>[]): OwnedNetwork[] {
  return inputs.flatMap(({ name, network }) =>
    CLUSTERS.map((cluster) => ({ environment: name, cluster, cidr: network[cluster] })),
  );
}

/**
 * Region, zones, accounts and address blocks. Blocks must not overlap anywhere, since environments are peered to shared services
 * sooner or later and a VPC's block cannot be changed.
 */
export function checkNetwork(
  env: Sparse<EnvironmentConfig>,
  otherNetworks: readonly OwnedNetwork[],
  report: Report,
): void {
  checkZones(env, report);
  checkAccounts(env, report);
  checkConnectedNetwork(env, otherNetworks, report);
  const others = otherNetworks.filter((network) => network.environment !== env.name);
  for (const cluster of CLUSTERS) {
    const cidr = env.network?.[cluster];
    if (cidr === undefined) continue;
    const path = ['network', cluster];
    const block = parseBlock(cidr);
    if (block === undefined) {
      report(path, `'${cidr}'`, 'allowed the first address of its block, octets 0 to 255', 'set the host bits to 0');
      continue;
    }
    const own = env.network?.production;
    const rivals = cluster === 'research' && own !== undefined ? [{ ...OWN, cidr: own }, ...others] : others;
    for (const rival of rivals) {
      const other = parseBlock(rival.cidr);
      if (other === undefined || !overlaps(block, other)) continue;
      const whose = rival.environment === '' ? '' : ` of environment '${rival.environment}'`;
      report(
        path,
        `'${cidr}'`,
        `allowed a block without overlap with '${rival.cidr}' (${rival.cluster}${whose})`,
        'choose a free block',
      );
    }
  }
}

const OWN = { environment: '', cluster: 'production' } as const;

function checkZones(env: Sparse<EnvironmentConfig>, report: Report): void {
  const zones = env.availabilityZones ?? [];
  zones.forEach((zone, i) => {
    if (zone === undefined) return;
    const path = ['availabilityZones', i];
    if (env.region !== undefined && zone.slice(0, -1) !== env.region)
      report(path, `'${zone}'`, `allowed a zone of region '${env.region}'`, `write '${env.region}${zone.slice(-1)}'`);
    if (zones.indexOf(zone) < i) report(path, `'${zone}' again`, 'each zone at most once', 'remove it');
  });
}

function checkAccounts(env: Sparse<EnvironmentConfig>, report: Report): void {
  const accounts = Object.entries(env.accounts ?? {});
  accounts.forEach(([role, id], i) => {
    const same = accounts.slice(0, i).filter(([, other]) => id !== undefined && other === id);
    if (id !== undefined && same.length > 0)
      report(
        ['accounts', role],
        `'${id}'`,
        `allowed an account that ${alternatives(same.map(([name]) => name))} does not have`,
        'give each of the four its own account',
      );
  });
}
