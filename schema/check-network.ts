import { isAddOnRegion, ADD_ON_REGIONS } from './add-on-registry';
import { checkConnectedNetwork } from './check-connected-network';
import { alternatives, show, type Report } from './faults';
import type { EnvironmentConfig } from './environment';
import { isPrivate, overlaps, parseBlock, PRIVATE_BLOCKS } from './ipv4-block';
import { vpcsOf, type EnvironmentSummary } from './other-environments';
import type { Sparse } from './sparse';
import { CLUSTERS } from './vocabulary';

/**
 * Region, zones and address blocks. Blocks must not overlap anywhere, since environments are peered to shared services sooner or later and
 * a VPC's block cannot be changed.
 */
export function checkNetwork(
  env: Sparse<EnvironmentConfig>,
  others: readonly EnvironmentSummary[],
  report: Report,
): void {
  checkRegion(env, report);
  checkZones(env, report);
  checkConnectedNetwork(env, others, report);
  for (const cluster of CLUSTERS) {
    const cidr = env.network?.[cluster];
    if (cidr === undefined) continue;
    const own = cluster === 'research' ? env.network?.production : undefined;
    const rivals = [...(own === undefined ? [] : [{ cidr: own, whose: 'production' }]), ...vpcsOf(others)];
    checkBlock(cidr, rivals, (...fault) => {
      report(['network', cluster], ...fault);
    });
  }
}

function checkBlock(
  cidr: string,
  rivals: ReturnType<typeof vpcsOf>,
  report: (got: string, allowed: string, remedy: string) => void,
): void {
  const block = parseBlock(cidr);
  if (block === undefined) {
    report(show(cidr), 'allowed the first address of its block, octets 0 to 255', 'set the host bits to 0');
    return;
  }
  // A block of the internet's would hide the addresses there that somebody else has.
  if (!isPrivate(block))
    report(show(cidr), `allowed a block within ${alternatives(PRIVATE_BLOCKS)}`, 'choose private addresses');
  for (const { cidr: rival, whose } of rivals) {
    const other = parseBlock(rival);
    if (other !== undefined && overlaps(block, other))
      report(show(cidr), `allowed a block without overlap with ${show(rival)} (${whose})`, 'choose a free block');
  }
}

function checkRegion({ region }: Sparse<EnvironmentConfig>, report: Report): void {
  if (region !== undefined && !isAddOnRegion(region))
    report(
      ['region'],
      show(region),
      `allowed one of the ${ADD_ON_REGIONS.length} regions whose registry of EKS add-ons is known`,
      'choose one of schema/add-on-registry.ts, or add its account there from the EKS user guide',
    );
}

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
