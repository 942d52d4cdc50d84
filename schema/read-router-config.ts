import { allowedNames, EnvironmentFaults, type Fault, pathText, type Path, type Report, show } from './faults';
import { type RouterConfig, routerConfigSchema } from './router-config';
import { salvage, type Sparse } from './sparse';
import { reportIssues } from './translate-issues';

/**
 * Reads a router's configuration.
 * @param file its name, as faults say it
 * @throws EnvironmentFaults with every fault of it at once
 */
export function readRouterConfig(text: string, file: string): RouterConfig {
  const faults: Fault[] = [];
  const report: Report = (at, got, allowed, remedy) => {
    faults.push({ file, path: pathText(at), got, allowed, remedy });
  };
  const value = json(text);
  if (value === undefined) {
    report([], show(text), 'allowed one JSON document', 'render it anew');
    throw new EnvironmentFaults(faults);
  }
  const parsed = routerConfigSchema.safeParse(value);
  if (!parsed.success) reportIssues(routerConfigSchema, value, parsed.error.issues, report);
  checkRouterConfig(parsed.success ? parsed.data : (salvage(routerConfigSchema, value) ?? {}), report);
  if (!parsed.success || faults.length > 0) throw new EnvironmentFaults(faults);
  return parsed.data;
}

/** What holds between parts of the document. Parts that are faulty by themselves are not there. */
function checkRouterConfig(config: Sparse<RouterConfig>, report: Report): void {
  const { pools = [], common = [], tenants = [], identity } = config;
  if (identity !== undefined && !('issuer' in identity) && !('keysTokenFile' in identity))
    report(['identity', 'issuer'], 'none', 'allowed an issuer, or the keysTokenFile of one', 'name either');
  const poolNames = present(pools.map((pool) => pool?.name));
  repeated(pools, 'name', ['pools'], report);
  // Its demand would be told twice, and its limits be none.
  repeated(pools, 'url', ['pools'], report);
  repeated(common, 'type', ['common'], report);
  repeated(tenants, 'id', ['tenants'], report);
  const inPool = (model: Sparse<{ pool: string }> | undefined, at: Path): void => {
    if (model?.pool === undefined || poolNames.includes(model.pool) || poolNames.length < pools.length) return;
    report([...at, 'pool'], show(model.pool), allowedNames(poolNames, 'pools'), 'name one of them, or add the pool');
  };
  common.forEach((model, index) => {
    inPool(model, ['common', index]);
  });
  const owners = new Map<string, string>();
  const commonTypes = present(common.map((model) => model?.type));
  tenants.forEach((tenant, index) => {
    const at = ['tenants', index, 'models'];
    repeated(tenant?.models ?? [], 'type', at, report);
    repeated(tenant?.common ?? [], 'type', ['tenants', index, 'common'], report);
    (tenant?.common ?? []).forEach((model, number) => {
      inPool(model, ['tenants', index, 'common', number]);
    });
    (tenant?.models ?? []).forEach((model, number) => {
      inPool(model, [...at, number]);
      if (model?.type !== undefined && commonTypes.includes(model.type))
        report([...at, number, 'type'], show(model.type), 'allowed types that are not common', 'rename one of the two');
      if (model?.digest === undefined || tenant?.id === undefined) return;
      const owner = owners.get(model.digest) ?? tenant.id;
      owners.set(model.digest, owner);
      if (owner === tenant.id) return;
      const allowed = `allowed a digest of one tenant, and this is one of '${owner}'`;
      report([...at, number, 'digest'], show(model.digest), allowed, 'release the model anew from its own lineage');
    });
  });
  pools.forEach((pool, index) => {
    atMost(pool?.runningPerTenant, pool?.running, ['pools', index, 'runningPerTenant'], 'running', report);
  });
  atMost(config.heldBytesPerTenant, config.heldBytes, ['heldBytesPerTenant'], 'heldBytes', report);
}

function atMost(got: number | undefined, most: number | undefined, at: Path, name: string, report: Report): void {
  if (got === undefined || most === undefined || got <= most) return;
  report(at, String(got), `at most ${most}, its '${name}'`, `lower it, or raise '${name}'`);
}

function repeated<K extends string>(
  items: readonly (Readonly<Partial<Record<K, unknown>>> | undefined)[],
  key: K,
  at: Path,
  report: Report,
): void {
  const seen = new Set<unknown>();
  items.forEach((item, index) => {
    const value = item?.[key];
    if (value === undefined) return;
    if (seen.has(value))
      report([...at, index, key], `${show(value)} again`, 'each at most once', 'remove one of the two');
    seen.add(value);
  });
}

const present = <T>(values: readonly (T | undefined)[]): T[] => values.filter((value) => value !== undefined);

function json(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
