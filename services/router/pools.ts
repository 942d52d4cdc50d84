import type { PoolDemand, RouterPool } from '../../schema/router-config';
import { Pool } from './pool';

/** The pools of the configuration that holds, and those of one before whose answers are still under way. */
export class Pools {
  private readonly current = new Map<string, Pool>();
  private readonly retired = new Set<Pool>();

  /** @param probeMs pause between questions to servers that are not there, milliseconds */
  constructor(private readonly probeMs: number) {}

  /** @returns undefined where there is no such pool */
  get(name: string): Pool | undefined {
    return this.current.get(name);
  }

  /** Takes over a configuration: a pool keeps its connections and its queue where it keeps its servers. */
  set(settings: readonly RouterPool[]): void {
    for (const [name, pool] of this.current) {
      const next = settings.find((each) => each.name === name);
      if (next?.url === pool.settings.url && next.kind === pool.settings.kind) pool.set(next);
      else this.retire(name, pool);
    }
    for (const each of settings)
      if (!this.current.has(each.name)) this.current.set(each.name, new Pool(each, this.probeMs));
    for (const pool of this.retired) if (pool.isEmpty) this.retired.delete(pool);
  }

  /** By name of the pool; what still runs at servers of a configuration before counts for the name that it had. */
  get demand(): Record<string, PoolDemand> {
    const sums = new Map([...this.current].map(([name, pool]) => [name, pool.demand]));
    for (const { settings, demand } of this.retired) {
      const sum = sums.get(settings.name);
      if (sum === undefined) continue;
      sums.set(settings.name, {
        held: sum.held + demand.held,
        running: sum.running + demand.running,
        demand: sum.demand + demand.demand,
      });
    }
    return Object.fromEntries(sums);
  }

  /** Ends all waiting; what runs ends as it would. */
  stop(): void {
    for (const pool of this.current.values()) pool.turns.move();
  }

  destroy(): void {
    for (const pool of [...this.current.values(), ...this.retired]) pool.destroy();
  }

  private retire(name: string, pool: Pool): void {
    pool.retire();
    this.current.delete(name);
    this.retired.add(pool);
  }
}
