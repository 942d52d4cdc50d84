import type { Environment } from '../../schema/model';
import { placeModels, type Server } from '../../schema/placement/place';
import type { PlacedObject } from '../output/placed-objects';
import type { Book } from './book';
import { cheapestFor, chargeMachines, type PodSize } from './machines';
import type { Pool, PricedType } from './pools';
import { serverPod } from './workloads';

/** Where no Deployment of a server is rendered: one GPU, and the smallest machine that has one. */
const ONE_GPU: PodSize = { cpuMillis: 0, memoryMiB: 0, gpus: 1 };

export const serverOwner = ({ dedicatedTo }: Server): string =>
  dedicatedTo === undefined ? 'platform' : `tenant/${dedicatedTo}`;

/** The machine of a server, and its pool; undefined where it has none, which is a finding. */
export function serverMachine(
  server: Server,
  objects: readonly PlacedObject[],
  pools: ReadonlyMap<string, Pool>,
  book: Book,
): { readonly pool: Pool; readonly type: PricedType } | undefined {
  const pool = pools.get(server.nodePool);
  const type = pool === undefined ? undefined : cheapestFor(pool, serverPod(objects, server.id) ?? ONE_GPU);
  if (pool !== undefined && type !== undefined) return { pool, type };
  book.report(
    server.id,
    'not-understood',
    `got no machine of the pool '${server.nodePool}' that has room for it, expected one`,
  );
  return undefined;
}

/** Machines of the model servers on which a model lies, for the hours in which they are expected to run. */
export function expectServing(
  environment: Environment,
  objects: readonly PlacedObject[],
  pools: ReadonlyMap<string, Pool>,
  book: Book,
): void {
  const { servers } = placeModels(environment, environment.placement);
  for (const { name, expectedHours } of environment.servingPools) {
    const own = servers.filter((server) => server.pool === name);
    if (expectedHours === undefined && own.length > 0)
      book.notKnownOf('platform', `hours of the model servers of ${name}: declare expectedHours of the pool`);
    for (const server of expectedHours === undefined ? [] : own) {
      const machine = serverMachine(server, objects, pools, book);
      if (machine === undefined) continue;
      const how = `${server.id}, ${expectedHours} hours`;
      const entry = { kind: 'model servers', owner: serverOwner(server), cluster: 'production', how } as const;
      chargeMachines(book, machine.pool, machine.type, expectedHours ?? 0, {
        ...entry,
        what: `model servers of ${name}`,
      });
    }
  }
}
