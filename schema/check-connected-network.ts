import type { EnvironmentConfig } from './environment';
import { alternatives, type Path, type Report } from './faults';
import { isPrivate, overlaps, parseBlock, PRIVATE_BLOCKS } from './ipv4-block';
import { vpcsOf, type EnvironmentSummary } from './other-environments';
import type { Sparse } from './sparse';
import { CLUSTERS } from './vocabulary';

/**
 * Of one of these EKS gives Services their addresses, which on every node win over a client's same address.
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_KubernetesNetworkConfigRequest.html (2026-11-25)
 * @see https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html (2026-11-25)
 */
const SERVICE_BLOCKS = ['10.100.0.0/16', '172.20.0.0/16'] as const;

export interface Rival {
  readonly cidr: string;
  /** Whose it is, as the fault says it. */
  readonly whose: string;
  readonly remedy: string;
}

/**
 * The blocks of people's clients: private, and nobody else's. One that overlapped with a VPC would send that VPC's answers out, or let
 * its pods in where people are meant.
 */
export function checkConnectedNetwork(
  env: Sparse<EnvironmentConfig>,
  others: readonly EnvironmentSummary[],
  report: Report,
): void {
  const rivals = takenBlocks(env, others);
  const seen: Rival[] = [];
  (env.network?.connectedNetwork?.cidrBlocks ?? []).forEach((cidr, i) => {
    if (cidr === undefined) return;
    const path = ['network', 'connectedNetwork', 'cidrBlocks', i];
    checkPrivateBlock(cidr, { rivals: [...rivals, ...seen], path, remedy: BY_CLIENTS }, report);
    seen.push({ cidr, whose: `cidrBlocks[${i}]`, remedy: 'remove one of the two' });
  });
}

/** The blocks that nobody outside may have: those of every environment's VPCs, and of Services. */
export const takenBlocks = (
  env: Sparse<EnvironmentConfig>,
  others: readonly EnvironmentSummary[],
): readonly Rival[] => [...vpcs(env, others), ...SERVICE_BLOCKS.map(services)];

const BY_CLIENTS = 'name the private addresses by which clients come through the transit gateway';

interface Place {
  readonly rivals: readonly Rival[];
  readonly path: Path;
  /** What to do about a block that is not private. */
  readonly remedy: string;
}

/** A block behind the transit gateway: private, and nobody else's. */
export function checkPrivateBlock(cidr: string, { rivals, path, remedy }: Place, report: Report): void {
  const block = parseBlock(cidr);
  if (block === undefined) {
    report(path, `'${cidr}'`, 'allowed the first address of its block, octets 0 to 255', 'set the host bits to 0');
    return;
  }
  if (!isPrivate(block)) report(path, `'${cidr}'`, `allowed a block within ${alternatives(PRIVATE_BLOCKS)}`, remedy);
  for (const rival of rivals) {
    const other = parseBlock(rival.cidr);
    if (other !== undefined && overlaps(block, other))
      report(path, `'${cidr}'`, `allowed a block without overlap with '${rival.cidr}' (${rival.whose})`, rival.remedy);
  }
}

function vpcs(env: Sparse<EnvironmentConfig>, others: readonly EnvironmentSummary[]): Rival[] {
  const remedy = "name the clients' blocks alone";
  const own = CLUSTERS.flatMap((cluster): Rival[] => {
    const cidr = env.network?.[cluster];
    return cidr === undefined ? [] : [{ cidr, whose: cluster, remedy }];
  });
  return [...own, ...vpcsOf(others).map((vpc) => ({ ...vpc, remedy }))];
}

const services = (cidr: string): Rival => ({
  cidr,
  whose: 'addresses of Services',
  remedy: 'name narrower blocks, or give clients other addresses',
});
