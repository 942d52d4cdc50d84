import type { EnvironmentConfig } from './environment';
import { allowedNames, meant, show, type Report } from './faults';
import { deliveryNames, tenantNames } from './names';
import { JOB_FIELDS } from './pipeline-shares';
import type { Sparse } from './sparse';
import type { Tenant } from './tenant';
import { CLUSTERS } from './vocabulary';

type Env = Sparse<EnvironmentConfig>;

/** The rules between a tenant's file, its name and its environment. */
export function checkTenant(tenant: Sparse<Tenant>, env: Env, report: Report): void {
  checkId(tenant, env, report);
  if (tenant.region !== undefined && env.region !== undefined && tenant.region !== env.region)
    report(
      ['region'],
      show(tenant.region),
      `allowed '${env.region}', the environment's region`,
      'move the tenant to an environment of its region',
    );
  checkData(tenant, env, report);
  checkModels(tenant, env, report);
  checkLimits(tenant, env, report);
}

function checkId(tenant: Sparse<Tenant>, env: Env, report: Report): void {
  const { id, state } = tenant;
  if (id === undefined) return;
  if (state !== 'erased' && env.retiredTenantIds?.includes(id) === true)
    report(['id'], show(id), 'allowed an id that no erased tenant had', 'choose another id');
  if (isTaken(id, env))
    report(['id'], show(id), "allowed an id whose bucket's name is not the platform's own", 'choose another id');
}

/** A tenant called `delivery-production` would own the name of the bucket from which the cluster takes its objects. */
function isTaken(id: string, env: Env): boolean {
  const { management, production, research, audit } = env.accounts ?? {};
  const { name, region } = env;
  if (!management || !production || !research || !audit || name === undefined || region === undefined) return false;
  const names = { name, region, accounts: { management, production, research, audit } };
  return CLUSTERS.some((cluster) => tenantNames.bucket(names, id) === deliveryNames.bucket(names, cluster));
}

function checkData(tenant: Sparse<Tenant>, env: Env, report: Report): void {
  const seen = new Set<string>();
  tenant.data?.forEach((entry, i) => {
    if (entry?.class === undefined) return;
    if (seen.has(entry.class))
      report(['data', i, 'class'], `${show(entry.class)} again`, 'each class at most once', 'remove one of the two');
    seen.add(entry.class);
    const days = entry.retentionDays;
    const bounds = env.retention?.[entry.class];
    if (days === undefined || bounds === undefined) return;
    const path = ['data', i, 'retentionDays'];
    if (bounds.minDays !== undefined && days < bounds.minDays)
      report(
        path,
        String(days),
        `at least ${bounds.minDays} for class '${entry.class}'`,
        'raise it or change the class',
      );
    if (bounds.maxDays !== undefined && days > bounds.maxDays)
      report(
        path,
        String(days),
        `at most ${bounds.maxDays} for class '${entry.class}'`,
        'lower it or change the class',
      );
  });
}

function checkModels(tenant: Sparse<Tenant>, env: Env, report: Report): void {
  const { models } = env;
  if (models === undefined || models.some((model) => model?.id === undefined)) return;
  const own = models.flatMap((model) => (model?.scope === 'tenant' && model.id !== undefined ? [model.id] : []));
  const handedOver = handedOverBy(tenant);
  tenant.models?.forEach((id, i) => {
    if (id === undefined) return;
    const path = ['models', i];
    if (tenant.models?.indexOf(id) !== i)
      report(path, `${show(id)} again`, 'each model type at most once', 'remove one of the two');
    const model = models.find((candidate) => candidate?.id === id);
    if (model === undefined)
      report(path, show(id), allowedNames(own, 'per-tenant model types'), meant(id, own, 'choose one of them'));
    else if (model.scope === 'common')
      report(
        path,
        `${show(id)}, a model type common to all tenants`,
        allowedNames(own, 'per-tenant model types'),
        'remove it: every tenant uses it',
      );
    else if (handedOver !== undefined)
      for (const dataClass of model.reads ?? [])
        if (dataClass !== undefined && !handedOver.has(dataClass))
          report(
            path,
            show(id),
            `allowed model types that read what the tenant hands over, not '${dataClass}'`,
            `add class '${dataClass}' to data or remove the model`,
          );
  });
}

/** The classes of a tenant's data; undefined where its list is not wholly known, so that nobody is accused falsely. */
export function handedOverBy(tenant: Sparse<Tenant>): ReadonlySet<string> | undefined {
  if (tenant.data === undefined || tenant.data.some((entry) => entry?.class === undefined)) return undefined;
  return new Set(tenant.data.flatMap((entry) => entry?.class ?? []));
}

/**
 * Limits below one job of each of the tenant's own pipelines would keep the calls of one of them waiting for ever: what the queues are
 * promised must fit together.
 */
function checkLimits(tenant: Sparse<Tenant>, env: Env, report: Report): void {
  const { limits } = tenant;
  const classes = handedOverBy(tenant);
  if (limits === undefined || classes === undefined) return;
  const own = (env.pipelines ?? []).filter((pipeline) => classes.has(pipeline?.name ?? ''));
  const names = own.map((pipeline) => show(pipeline?.name)).join(', ');
  if (limits.concurrentJobs !== undefined && limits.concurrentJobs < own.length)
    report(
      ['limits', 'concurrentJobs'],
      String(limits.concurrentJobs),
      `at least ${own.length}, one job of each pipeline (${names})`,
      'raise it',
    );
  for (const field of JOB_FIELDS) {
    const limit = limits[field];
    const sizes = own.map((pipeline) => pipeline?.[field]);
    if (limit === undefined || sizes.includes(undefined)) continue;
    const needed = sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
    if (limit < needed)
      report(
        ['limits', field],
        String(limit),
        `at least ${needed} for one job of each pipeline (${names})`,
        'raise it',
      );
  }
}
