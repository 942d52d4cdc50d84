import { leastGpuMemoryMiB } from '../gpu-memory';
import type { ServingPool } from '../serving-pool';
import type { Engine } from '../vocabulary';
import { OpenServer, type Capacity, type Scarce } from './server';
import { memoryOf, type PlacementInput, type Wanted } from './wanted';

/** Why a model has no place: `GPU memory` where no empty server has enough of it, else that the pool may have no server more. */
export interface Refusal {
  readonly pool: string;
  readonly limit: 'GPU memory' | 'maxServers';
  /** What the limit is now: MiB of a server, or servers. */
  readonly value: number;
  /** What the servers that there are have not enough of. @default - there is no server that it may share */
  readonly because?: Scarce;
}

interface Pool {
  readonly spec: ServingPool;
  readonly capacity: Capacity;
  readonly servers: Map<number, OpenServer>;
}

/** The servers of an environment while models are put on them, one after the other; what lies there stays. */
export class Placer {
  private readonly pools: ReadonlyMap<Engine, Pool>;

  constructor({ servingPools, nodePools }: Pick<PlacementInput, 'servingPools' | 'nodePools'>) {
    this.pools = new Map(
      servingPools.map((spec) => {
        const families = nodePools.find(({ name }) => name === spec.nodePool)?.families ?? [];
        const least = leastGpuMemoryMiB(families);
        if (least === undefined)
          throw new Error(
            `servingPools: got '${spec.name}' on GPUs that nobody knows, allowed a checked environment; load the environment`,
          );
        const memoryMiB = Math.floor((least * spec.gpuMemoryPercent) / 100);
        return [spec.engine, { spec, capacity: { memoryMiB, tenants: spec.tenantsPerServer }, servers: new Map() }];
      }),
    );
  }

  /** All servers on which something lies, by pool in the order of the catalogue and by number. */
  get servers(): OpenServer[] {
    return [...this.pools.values()].flatMap(({ servers }) => [...servers.values()].sort((a, b) => a.number - b.number));
  }

  /**
   * Puts a model on the server that is recorded of it.
   * @returns why it cannot lie there; undefined where it does
   */
  putOn(item: Wanted, id: string): string | undefined {
    const { spec, capacity, servers } = this.poolOf(item);
    const [, pool, digits] = /^(.*)-(\d+)$/.exec(id) ?? [];
    const number = Number(digits);
    if (pool !== spec.name || number >= spec.maxServers)
      return `allowed a server of pool '${spec.name}', '${spec.name}-0' to '${spec.name}-${spec.maxServers - 1}'`;
    const server = servers.get(number) ?? new OpenServer(spec, number, capacity);
    if (!server.mayShare(item))
      return 'allowed a server of the same language model, and of nobody else where serving is dedicated';
    const lack = server.lacks(item);
    if (lack !== undefined) return `allowed a server with room for it, not one short of ${lack}`;
    server.put(item);
    servers.set(number, server);
    return undefined;
  }

  /** Puts a model on the first server with room, or on a new one of the lowest number that is free. */
  put(item: Wanted): OpenServer | Refusal {
    const { spec, capacity, servers } = this.poolOf(item);
    const name = spec.name;
    const empty = new OpenServer(spec, freeNumber(servers), capacity);
    if (empty.lacks(item) === 'GPU memory') return { pool: name, limit: 'GPU memory', value: capacity.memoryMiB };
    const sharing = [...servers.values()].filter((server) => server.mayShare(item)).sort((a, b) => a.number - b.number);
    const server = sharing.find((each) => each.lacks(item) === undefined);
    if (server !== undefined) {
      server.put(item);
      return server;
    }
    if (empty.number >= spec.maxServers) {
      const because = sharing.at(-1)?.lacks(item);
      return { pool: name, limit: 'maxServers', value: spec.maxServers, ...(because === undefined ? {} : { because }) };
    }
    empty.put(item);
    servers.set(empty.number, empty);
    return empty;
  }

  private poolOf({ type }: Wanted): Pool {
    const pool = this.pools.get(type.engine);
    if (pool === undefined)
      throw new Error(
        `servingPools: got none for '${type.engine}', allowed a checked environment; load the environment`,
      );
    return pool;
  }
}

function freeNumber(servers: ReadonlyMap<number, OpenServer>): number {
  let number = 0;
  while (servers.has(number)) number += 1;
  return number;
}

/** Memory of the language model that a server runs, MiB; 0 for Triton's. */
export const baseMemoryMiB = ({ items }: OpenServer): number =>
  items[0]?.base === undefined ? 0 : memoryOf(items[0].base);
