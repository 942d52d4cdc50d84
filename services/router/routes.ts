import { tenantNames } from '../../schema/names';
import { contentModelName, type RouterConfig, type RouterPool } from '../../schema/router-config';

/** Where a tenant's requests for a type of model go. */
export interface Route {
  readonly type: string;
  readonly pool: RouterPool;
  /** Name of the model at the servers; no client has a say in it. */
  readonly model: string;
}

/** The routes of one configuration. */
export class Routes {
  private readonly tenants = new Map<string, string>();
  private readonly common: ReadonlyMap<string, Route>;
  private readonly own = new Map<string, ReadonlyMap<string, Route>>();

  constructor(readonly config: RouterConfig) {
    const pools = new Map(config.pools.map((pool) => [pool.name, pool]));
    const route = (type: string, name: string, model: string): [string, Route][] => {
      const pool = pools.get(name);
      return pool === undefined ? [] : [[type, { type, pool, model }]];
    };
    this.common = new Map(config.common.flatMap(({ type, pool, model }) => route(type, pool, model)));
    for (const { id, models } of config.tenants) {
      this.tenants.set(tenantNames.namespace(id), id);
      const own = models.flatMap(({ type, pool, digest }) => route(type, pool, contentModelName(digest)));
      this.own.set(id, new Map(own));
    }
  }

  /** The tenant whose namespace this is; undefined where it is none's. */
  tenantOf(namespace: string): string | undefined {
    return this.tenants.get(namespace);
  }

  /** @returns undefined where the tenant has no such model, whoever else may have one */
  of(tenant: string, type: string): Route | undefined {
    const own = this.own.get(tenant);
    return own === undefined ? undefined : (own.get(type) ?? this.common.get(type));
  }
}
