import type { Environment } from '../../schema/model';
import type { NodePool } from '../../schema/node-pool';
import type { Book, Entry } from './book';
import { chargeMachines } from './machines';
import type { Pool, PricedType } from './pools';

interface Cheapest {
  readonly pool: Pool;
  readonly type: PricedType;
}

/** Training of tenants' own models, and what research teams' people do. */
export function expectResearch(environment: Environment, pools: ReadonlyMap<string, Pool>, book: Book): void {
  const choose = (cluster: NodePool['cluster'], workload: NodePool['workload'], of: 'gpus' | 'vcpus') =>
    cheapest(environment, pools, cluster, workload, of);
  for (const tenant of environment.tenants) {
    if (tenant.state !== 'active' || tenant.models.length === 0) continue;
    const owner = `tenant/${tenant.id}`;
    const hours = tenant.expectedMonth?.trainingGpuHours ?? environment.expectedMonth?.perTenant.trainingGpuHours;
    const entry = { kind: 'training', owner, cluster: 'production', what: "training of tenants' models" } as const;
    charge(book, 'gpus', hours, choose('production', 'training', 'gpus'), entry);
  }
  for (const { name, reserved } of pools.values())
    if (reserved)
      book.notKnownOf(
        'platform',
        `the reservation of pool ${name}: it is paid idle as well, and its size is in no output`,
      );
  for (const { id, expectedMonth } of environment.researchTeams) {
    const entry = { owner: `team/${id}`, cluster: 'research' } as const;
    const training = { ...entry, kind: 'training', what: 'training of research teams' } as const;
    const workbench = { ...entry, kind: 'workbenches', what: 'workbenches' } as const;
    charge(book, 'gpus', expectedMonth?.trainingGpuHours, choose('research', 'training', 'gpus'), training);
    charge(book, 'gpus', expectedMonth?.workbenchGpuHours, choose('research', 'workbench', 'gpus'), workbench);
    charge(book, 'vcpus', expectedMonth?.workbenchCpuHours, choose('research', 'workbench', 'vcpus'), workbench);
  }
}

function charge(
  book: Book,
  of: 'gpus' | 'vcpus',
  hours: number | undefined,
  chosen: Cheapest | undefined,
  entry: Omit<Entry, 'how'>,
): void {
  const unit = of === 'gpus' ? 'GPU' : 'vCPU';
  if (hours === undefined) {
    book.notKnownOf(entry.owner, `${unit} hours of ${entry.what}: declare expectedMonth`);
    return;
  }
  if (hours === 0) return;
  if (chosen === undefined) {
    book.report(entry.owner, 'not-understood', `got ${hours} ${unit} hours of ${entry.what}, expected a pool for them`);
    return;
  }
  const how = `${hours.toLocaleString('en')} ${unit} hours on ${chosen.type.name}`;
  chargeMachines(book, chosen.pool, chosen.type, hours / chosen.type[of], { ...entry, how });
}

/** The cheapest type by what is counted, of the pools for a workload that buy more than reservations. */
function cheapest(
  { nodePools }: Environment,
  pools: ReadonlyMap<string, Pool>,
  cluster: NodePool['cluster'],
  workload: NodePool['workload'],
  of: 'gpus' | 'vcpus',
): Cheapest | undefined {
  const candidates = nodePools
    .filter((pool) => pool.cluster === cluster && pool.workload === workload)
    .flatMap(({ name }) => pools.get(name) ?? [])
    .filter(({ reserved, limits }) => !reserved && (of === 'gpus') === limits.gpus > 0)
    .flatMap((pool) => pool.types.map((type) => ({ pool, type })))
    .filter(({ type }) => type[of] > 0);
  return candidates.toSorted((a, b) => a.type.usd / a.type[of] - b.type.usd / b.type[of])[0];
}
