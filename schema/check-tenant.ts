import { checkExpectedMonth } from './check-expected-month';
import type { EnvironmentConfig } from './environment';
import { allowedNames, alternatives, meant, show, type Report } from './faults';
import { deliveryNames, tenantNames } from './names';
import { servingNames } from './serving-names';
import { JOB_FIELDS } from './pipeline-shares';
import type { Sparse } from './sparse';
import type { Tenant } from './tenant';
import { CLUSTERS, DATA_CLASSES, type DataClass, type TenantState } from './vocabulary';

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
  checkExpectedMonth(tenant, report);
}

function checkId(tenant: Sparse<Tenant>, env: Env, report: Report): void {
  const { id } = tenant;
  if (id === undefined) return;
  checkRetired(id, tenant.state, env, report);
  if (isTaken(id, env))
    report(['id'], show(id), "allowed an id whose bucket's name is not the platform's own", 'choose another id');
  for (const source of env.sources ?? []) {
    // The catalogue of research has one list of names for both: a tenant called `corpus-dialects` has a database for each class.
    const theirs = source?.kind === 'corpus' && source.id !== undefined ? `corpus-${source.id}` : undefined;
    if (theirs !== undefined && DATA_CLASSES.some((dataClass) => `${id}-${dataClass}` === theirs))
      report(
        ['id'],
        show(id),
        `allowed an id whose catalogue is not that of the corpus ${show(source?.id)}`,
        'choose another id for one of the two',
      );
  }
}

/** Evidence names erased tenants for years: an id of one of them that came up again would speak of two. */
function checkRetired(id: string, state: TenantState | undefined, env: Env, report: Report): void {
  const retired = env.retiredTenantIds;
  if (state === undefined || retired === undefined) return;
  if (state !== 'erased' && retired.includes(id))
    report(['id'], show(id), 'allowed an id that no erased tenant had', 'choose another id');
  if (state === 'erased' && !retired.includes(id) && !retired.includes(undefined))
    report(
      ['state'],
      "'erased' for an id that may be used again",
      "allowed once the id is in the environment's retiredTenantIds",
      `add ${show(id)} to them in index.ts`,
    );
}

/** A tenant called `delivery-production` would own the name of the bucket from which the cluster takes its objects, one called `common-models` that of everybody's models. */
function isTaken(id: string, env: Env): boolean {
  const { management, production, research, audit } = env.accounts ?? {};
  const { name, region } = env;
  if (!management || !production || !research || !audit || name === undefined || region === undefined) return false;
  const names = { name, region, accounts: { management, production, research, audit } };
  const own = tenantNames.bucket(names, id);
  return own === servingNames.bucket(names) || CLUSTERS.some((cluster) => own === deliveryNames.bucket(names, cluster));
}

function checkData(tenant: Sparse<Tenant>, env: Env, report: Report): void {
  const seen = new Set<string>();
  const read = classesRead(tenant, env);
  tenant.data?.forEach((entry, i) => {
    if (entry?.class === undefined) return;
    if (read?.includes(entry.class) === false)
      report(
        ['data', i, 'class'],
        show(entry.class),
        `allowed classes that a pipeline of the environment reads (${alternatives(read)}), since the objects of no other get a queue`,
        "add the class's pipeline to index.ts or remove the class",
      );
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

/** The classes of the environment's pipelines; undefined where they are not wholly known, or nothing of the tenant is to be read any more. */
function classesRead({ state }: Sparse<Tenant>, { pipelines }: Env): readonly DataClass[] | undefined {
  if (state === 'erasing' || state === 'erased') return undefined;
  const names = pipelines?.map((pipeline) => pipeline?.name);
  return names?.every((name) => name !== undefined) === true ? [...new Set(names)] : undefined;
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
