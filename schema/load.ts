import { basename, resolve } from 'node:path';
import { checkEnvironment } from './check-environment';
import { checkGrant, type KnownTenant } from './check-grant';
import { checkOpenings } from './check-openings';
import { checkSourceTenants } from './check-sources';
import { checkTenant, handedOverBy } from './check-tenant';
import { environmentSchema, type EnvironmentConfig, type EnvironmentInput } from './environment';
import { indexReport, readFiles, reportSame, type EnvironmentFile } from './environment-files';
import { checkFolder, shownFolder } from './environment-folder';
import { compare, EnvironmentFaults, meant, type Fault, type Report } from './faults';
import { grantSchema } from './grant';
import type { Environment } from './model';
import type { EnvironmentSummary } from './other-environments';
import { checkPlacement, readPlacement } from './placement/read-placement';
import { QUOTAS } from './quotas';
import { checkReleases, readReleases } from './read-releases';
import { salvage, type Sparse } from './sparse';
import { tenantSchema, type Tenant } from './tenant';
import { checkTenantTraining, reportSameModel } from './training/check-tenant-training';
import { asScoped } from './training/scoped';
import { tenantTrainingSchema } from './training/tenant-training';
import { reportIssues } from './translate-issues';

export { EnvironmentFaults, type Fault } from './faults';
export { summariesOf, type EnvironmentSummary } from './other-environments';

export interface LoadOptions {
  /**
   * The day on which grants and trainings are judged, YYYY-MM-DD: one that expired before it is a fault, and one that is issued after it.
   * A synth gives none: the same commit must give the same bytes on every day, and a rebuild of last year's commit must not fail by
   * the calendar. Nothing is lost by that, since access has to end without anybody's synth or deploy anyway, by a condition on the
   * date in the grant's policies; this fault only keeps the folder tidy and belongs to `atoll validate` and to reviews.
   * docs/decisions/0009-grants-expire-at-deploy-not-at-synth.md
   * @default no grant is judged by its expiry
   */
  readonly today?: string;
  /** The tenant that a command is about: there must be a file of it. @default none in particular */
  readonly tenant?: string;
  /**
   * All environments, of which this one is left out by its folder's name.
   * @default no other environment is compared with
   */
  readonly otherEnvironments?: readonly EnvironmentSummary[];
  /**
   * Whether models that the record of placements does not place are none of the faults: for the commands that show what it would become
   * and write it.
   * @default false
   */
  readonly placesAnew?: boolean;
}

/**
 * Reads and checks a whole environment: the fields of its `index.ts` with the files of its folder.
 * @param folder the environment's folder; its name must be the environment's
 * @returns the environment, frozen throughout, tenants (those `erased` too), grants and trainings sorted by id
 * @throws EnvironmentFaults with every fault of every file at once
 */
export function loadEnvironment(input: EnvironmentInput, folder: string, options: LoadOptions = {}): Environment {
  if (options.today !== undefined && !/^\d{4}-\d\d-\d\d$/.test(options.today))
    throw new Error(`today: got '${options.today}', allowed a day as YYYY-MM-DD; change it to that form`);
  const faults: Fault[] = [];
  checkFolder(folder, faults);
  const env = checkedInput(input, folder, options, faults);
  const tenants = readFiles(folder, 'tenants', tenantSchema, faults);
  const grants = readFiles(folder, 'grants', grantSchema, faults);
  const trainings = readFiles(folder, 'trainings', tenantTrainingSchema, faults) ?? [];

  for (const { sparse, report } of tenants ?? []) checkTenant(sparse, env.sparse, report);
  if (tenants !== undefined) checkTenants(tenants, folder, options.tenant, faults);
  const context = { env: env.sparse, tenants: tenants && knownTenants(tenants), today: options.today };
  checkSourceTenants(env.sparse, context.tenants, env.report);
  for (const { sparse, report } of grants ?? []) checkGrant(sparse, context, report);
  reportSame(grants ?? [], 'ticket', 'ask for a ticket of its own, for a renewal too');
  checkOpenings(env.sparse, grants ?? []);
  const trained = {
    ...context,
    tenants: tenants && byId(tenants),
    grants: (grants ?? []).map(({ sparse }) => sparse),
  };
  for (const { sparse, report } of trainings) checkTenantTraining(sparse, trained, report);
  reportSame(trainings, 'ticket', 'ask for a ticket of its own');
  reportSameModel(trainings);

  const placement = readPlacement(folder, faults);
  const releases = readReleases(folder, faults);

  if (faults.length > 0 || env.whole === undefined || placement === undefined || releases === undefined)
    throw new EnvironmentFaults(faults);
  const lists = {
    tenants: sortedWholes(tenants ?? []),
    grants: sortedWholes(grants ?? []),
    trainings: sortedWholes(trainings).map(asScoped),
  };
  const environment: Environment = { ...env.whole, ...lists, placement, releases };
  if (options.placesAnew !== true) checkPlacement(environment, folder, faults);
  checkReleases(environment, folder, faults);
  if (faults.length > 0) throw new EnvironmentFaults(faults);
  return deepFreeze(environment);
}

interface CheckedInput {
  readonly whole: EnvironmentConfig | undefined;
  readonly sparse: Sparse<EnvironmentConfig>;
  /** Takes faults of `index.ts`. */
  readonly report: Report;
}

function checkedInput(input: EnvironmentInput, folder: string, options: LoadOptions, faults: Fault[]): CheckedInput {
  const report = indexReport(folder, faults);
  const parsed = environmentSchema.safeParse(input);
  if (!parsed.success) reportIssues(environmentSchema, input, parsed.error.issues, report);
  const whole = parsed.success ? parsed.data : undefined;
  const sparse = whole ?? salvage(environmentSchema, input) ?? {};
  const folderName = basename(resolve(folder));
  // Not by the name in the fields: where that is wrong, the environment would overlap with itself.
  const others = (options.otherEnvironments ?? []).filter(({ environment }) => environment !== folderName);
  checkEnvironment(sparse, folderName, others, report);
  return { whole, sparse, report };
}

/** The rules over all tenants together: how many there may be, and that the one asked for is there. */
function checkTenants(
  files: readonly EnvironmentFile<Tenant>[],
  folder: string,
  wanted: string | undefined,
  faults: Fault[],
): void {
  const file = `${shownFolder(folder)}/tenants`;
  const quota = QUOTAS.tenantsPerEnvironment;
  const present = files.filter(({ sparse }) => sparse.state !== 'erased').length;
  if (present > quota.value)
    faults.push({
      file,
      path: 'tenants',
      got: String(present),
      allowed: `at most ${quota.value} (quota: ${quota.name})`,
      remedy: 'open another environment for the new ones',
    });
  const ids = files.map(({ fileId, sparse }) => sparse.id ?? fileId);
  if (wanted !== undefined && !ids.includes(wanted))
    faults.push({
      file,
      path: 'tenant',
      got: `'${wanted}'`,
      allowed: `allowed one of the ${ids.length} tenants of the environment`,
      remedy: meant(wanted, ids, 'name one of them'),
    });
}

/** By id; where a file's id cannot be read, by the file's name, so that one fault does not become a fault of every grant. */
function byId(files: readonly EnvironmentFile<Tenant>[]): ReadonlyMap<string, Sparse<Tenant>> {
  const known = new Map<string, Sparse<Tenant>>();
  const learn = (id: string, tenant: Sparse<Tenant>): void => {
    if (!known.has(id)) known.set(id, tenant);
  };
  for (const { sparse } of files) if (sparse.id !== undefined) learn(sparse.id, sparse);
  for (const { fileId, sparse } of files) if (sparse.id === undefined) learn(fileId, sparse);
  return known;
}

/** What grants' rules know of each tenant. */
const knownTenants = (files: readonly EnvironmentFile<Tenant>[]): ReadonlyMap<string, KnownTenant> =>
  new Map([...byId(files)].map(([id, { state, ...tenant }]) => [id, { state, classes: handedOverBy(tenant) }]));

function sortedWholes<T extends { readonly id: string }>(files: readonly EnvironmentFile<T>[]): T[] {
  return files.flatMap(({ whole }) => (whole === undefined ? [] : [whole])).sort((a, b) => compare(a.id, b.id));
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}
