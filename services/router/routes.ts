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
  /** By tenant and type. */
  private readonly own = new Map<string, ReadonlyMap<string, Route>>();
  private readonly common = new Map<string, ReadonlyMap<string, Route>>();

  constructor(readonly config: RouterConfig) {
    const pools = new Map(config.pools.map((pool) => [pool.name, pool]));
    const route = (type: string, name: string, model: string): [string, Route][] => {
      const pool = pools.get(name);
      return pool === undefined ? [] : [[type, { type, pool, model }]];
    };
    const commons = (models: RouterConfig['common']): ReadonlyMap<string, Route> =>
      new Map(models.flatMap(({ type, pool, model }) => route(type, pool, model)));
    const everybodys = commons(config.common);
    for (const { id, models, common } of config.tenants) {
      this.tenants.set(tenantNames.namespace(id), id);
      const own = models.flatMap(({ type, pool, digest }) => route(type, pool, contentModelName(digest)));
      this.own.set(id, new Map(own));
      // A tenant on servers of its own never comes to a shared one, be it for a model that its own do not have.
      this.common.set(id, common === undefined ? everybodys : commons(common));
    }
  }

  /** The tenant whose namespace this is; undefined where it is none's. */
  tenantOf(namespace: string): string | undefined {
    return this.tenants.get(namespace);
  }

  /** @returns undefined where the tenant has no such model, whoever else may have one */
  of(tenant: string, type: string): Route | undefined {
    return this.own.get(tenant)?.get(type) ?? this.common.get(tenant)?.get(type);
  }
}
