import type { RouterConfig } from '../../schema/router-config';
import type { Identity } from './identity';
import type { Log } from './log';
import { Memory } from './memory';
import type { Metrics } from './metrics';
import type { Pools } from './pools';
import { Routes } from './routes';
import { Salts } from './salts';

/** All that the requests of one router share. */
export class RouterState {
  readonly salts = new Salts();
  readonly memory: Memory;
  /** No request is let in any more. */
  isStopping = false;
  private current: Routes;

  constructor(
    config: RouterConfig,
    readonly identity: Identity,
    readonly pools: Pools,
    readonly metrics: Metrics,
    readonly log: Log,
  ) {
    this.memory = new Memory(config);
    this.current = new Routes(config);
    pools.set(config.pools);
  }

  get routes(): Routes {
    return this.current;
  }

  /** Takes over a configuration. Who waits meets it at its turn. */
  set(config: RouterConfig): void {
    // Before the pools: whoever is moved by them looks for its place in these.
    this.current = new Routes(config);
    this.memory.set(config);
    this.pools.set(config.pools);
  }
}
