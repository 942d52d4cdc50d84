import type { EnvironmentConfig } from './environment';
import { alternatives, show, type Path, type Report } from './faults';
import type { NodePool } from './node-pool';
import type { Sparse } from './sparse';

type Env = Sparse<EnvironmentConfig>;
type Pool = Sparse<NodePool>;

/** NVIDIA machines are the g, gr and p families (`g6`, `g5g`, `gr6`, `p5`). */
const GPU_FAMILY = /^(?:g|gr|p)\d/;
/**
 * Trainium, Inferentia, Gaudi and Qualcomm, video, FPGAs, and AMD's GPUs: no image here has their drivers, no device plugin offers them and
 * no limit counts them, so that their machines would be paid for their CPUs. The letters are from memory (docs/open-claims.md).
 */
const FOREIGN_FAMILY = /^(?:trn|inf|dl|vt|f)\d|^g4ad$/;
/** Graviton families carry a g behind the generation: `m7g`, `c7gn`, `g5g`. */
const ARM_FAMILY = /^[a-z]+\d+g/;

/** Workloads by the clusters that may run them: research never runs what serves tenants, and the other way round. */
const CLUSTERS_OF_WORKLOAD = {
  pipeline: ['production'],
  serving: ['production'],
  training: ['production', 'research'],
  workbench: ['research'],
} as const;

export function checkNodePools(env: Env, report: Report): void {
  const pools = env.nodePools ?? [];
  pools.forEach((pool, i) => {
    if (pool === undefined) return;
    const at = (field: keyof NodePool, ...rest: Path): Path => ['nodePools', i, field, ...rest];
    if (pool.name !== undefined && pools.findIndex((other) => other?.name === pool.name) < i)
      report(at('name'), show(pool.name), 'each name once over both clusters', 'rename it');
    checkPlace(pool, at, report);
    checkReservations(pool, at, report);
    pool.families?.forEach((family, j) => {
      if (family !== undefined) checkFamily(pool, family, at('families', j), report);
    });
  });
}

type At = (field: keyof NodePool, ...rest: Path) => Path;

function checkPlace(pool: Pool, at: At, report: Report): void {
  const { workload, cluster, segregation } = pool;
  if (cluster !== undefined && workload !== undefined) {
    const clusters: readonly string[] = CLUSTERS_OF_WORKLOAD[workload];
    if (!clusters.includes(cluster))
      report(at('cluster'), show(cluster), `allowed ${alternatives(clusters)} for workload '${workload}'`, 'move it');
  }
  if (cluster === 'research' && segregation === 'tenant')
    report(
      at('segregation'),
      show(segregation),
      "allowed 'shared' on the research cluster, where no tenant has a namespace",
      'remove it',
    );
}

function checkReservations(pool: Pool, at: At, report: Report): void {
  checkReservationReason(pool, at, report);
  const reserved = pool.capacityTypes?.includes('reserved');
  const reservations = pool.capacityReservations?.length;
  if (reserved === undefined || reservations === undefined) return;
  if (reserved && reservations === 0)
    report(
      at('capacityReservations'),
      'none',
      "at least 1 where capacityTypes has 'reserved'",
      "name a reservation or drop 'reserved'",
    );
  if (!reserved && reservations > 0)
    report(
      at('capacityReservations'),
      String(reservations),
      "none where capacityTypes lacks 'reserved'",
      "add 'reserved' or remove them",
    );
}

/** What costs money while nothing works is an exception, and an exception has a reason. */
function checkReservationReason({ capacityReservations, reservationReason }: Pool, at: At, report: Report): void {
  if (capacityReservations === undefined) return;
  if (capacityReservations.length > 0 && reservationReason === undefined)
    report(
      at('reservationReason'),
      'none',
      'a sentence where capacityReservations names one, since it is paid while nobody works',
      'write why',
    );
  if (capacityReservations.length === 0 && reservationReason !== undefined)
    report(at('reservationReason'), show(reservationReason), 'none without capacityReservations', 'remove it');
}

function checkFamily(pool: Pool, family: string, path: Path, report: Report): void {
  const { gpuLimit, architecture } = pool;
  if (FOREIGN_FAMILY.test(family)) {
    report(
      path,
      show(family),
      'allowed families of CPUs or of NVIDIA GPUs, since nothing here runs on another accelerator',
      'change the family',
    );
    return;
  }
  if (gpuLimit === 0 && GPU_FAMILY.test(family))
    report(
      path,
      show(family),
      'allowed families without GPUs where gpuLimit is 0',
      'set gpuLimit or change the family',
    );
  if (gpuLimit !== undefined && gpuLimit > 0 && !GPU_FAMILY.test(family))
    report(path, show(family), `allowed GPU families where gpuLimit is ${gpuLimit}`, 'remove gpuLimit or the family');
  if (architecture !== undefined && ARM_FAMILY.test(family) !== (architecture === 'arm64'))
    report(
      path,
      show(family),
      `allowed families of architecture '${architecture}'`,
      'change the family or the architecture',
    );
}
