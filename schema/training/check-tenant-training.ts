import type { EnvironmentConfig } from '../environment';
import { allowedNames, meant, show, type Report } from '../faults';
import type { Grant } from '../grant';
import { MILLISECONDS_A_DAY } from '../grant';
import type { Sparse } from '../sparse';
import type { Tenant } from '../tenant';
import { checkScope } from './check-scope';
import { TENANT_TRAINING_MAX_DAYS, type TenantTraining } from './tenant-training';
import { poolTrouble } from './training-pool';

type Env = Sparse<EnvironmentConfig>;
type Training = Sparse<TenantTraining>;

export interface TrainingContext {
  readonly env: Env;
  /** By id; undefined where the tenants' folder cannot be read. */
  readonly tenants: ReadonlyMap<string, Sparse<Tenant>> | undefined;
  readonly grants: readonly Sparse<Grant>[];
  /** The day on which its days are judged, YYYY-MM-DD; undefined judges none. */
  readonly today: string | undefined;
}

/** The rules between a training's file, the tenant whose model it is, the catalogue and the day. */
export function checkTenantTraining(training: Training, context: TrainingContext, report: Report): void {
  checkPeople(training, report);
  checkDays(training, context.today, report);
  const tenant = tenantOf(training, context, report);
  if (tenant !== undefined) checkModel(training, tenant, context, report);
  if (tenant !== undefined) checkSize(training, tenant, context.env, report);
}

/** Reports each training of a model of which another one is there: two at once would be two candidates for one place. */
export function reportSameModel(
  trainings: readonly { readonly file: string; readonly sparse: Training; readonly report: Report }[],
): void {
  const first = new Map<string, string>();
  for (const { file, sparse, report } of trainings) {
    if (sparse.tenant === undefined || sparse.model === undefined) continue;
    const key = `${sparse.tenant}/${sparse.model}`;
    const other = first.get(key);
    if (other === undefined) first.set(key, file);
    else
      report(
        ['model'],
        `${show(sparse.model)} of '${sparse.tenant}'`,
        `allowed one training of a model at a time, and ${other} is another`,
        'remove the one that is done',
      );
  }
}

function checkPeople({ requestedBy, approver }: Training, report: Report): void {
  if (requestedBy !== undefined && approver?.trim().toLowerCase() === requestedBy.trim().toLowerCase())
    report(['approver'], show(approver), 'allowed a person other than requestedBy', 'let somebody else approve');
}

function checkDays({ issued, expires }: Training, today: string | undefined, report: Report): void {
  if (issued !== undefined && today !== undefined && issued > today)
    report(['issued'], show(issued), `at most today, '${today}'`, 'correct the day, or add it when it comes');
  if (expires !== undefined && today !== undefined && expires < today)
    report(['expires'], show(expires), `at least today, '${today}'`, 'remove the file, or ask for another training');
  if (issued === undefined || expires === undefined) return;
  const days = (Date.parse(expires) - Date.parse(issued)) / MILLISECONDS_A_DAY;
  if (days < 0)
    report(['expires'], show(expires), `at least '${issued}', the day of issued`, 'correct one of the two days');
  if (days > TENANT_TRAINING_MAX_DAYS)
    report(
      ['expires'],
      `${show(expires)}, ${days} days after issued`,
      `at most ${TENANT_TRAINING_MAX_DAYS} days after issued`,
      'expire it earlier',
    );
}

function tenantOf({ tenant: id }: Training, { tenants }: TrainingContext, report: Report): Sparse<Tenant> | undefined {
  if (id === undefined || tenants === undefined) return undefined;
  const tenant = tenants.get(id);
  if (tenant === undefined) {
    const ids = [...tenants.keys()];
    report(['tenant'], show(id), allowedNames(ids, 'tenants'), meant(id, ids, 'name one of them'));
    return undefined;
  }
  if (tenant.state !== undefined && tenant.state !== 'active')
    report(
      ['tenant'],
      `${show(id)}, which is ${tenant.state}`,
      'allowed active tenants: nothing runs for any other',
      'remove the file',
    );
  return tenant;
}

function checkModel(
  training: Training,
  tenant: Sparse<Tenant>,
  { env, grants }: TrainingContext,
  report: Report,
): void {
  const { model, data } = training;
  if (model === undefined || training.tenant === undefined) return;
  const own = tenant.models;
  if (own?.includes(undefined) !== false || env.models === undefined) return;
  const type = env.models.find((each) => each?.id === model);
  if (type?.scope === 'common' || !own.includes(model)) {
    const what = type?.scope === 'common' ? ', a model type common to all tenants' : '';
    report(
      ['model'],
      `${show(model)}${what}`,
      own.length === 0
        ? `and '${training.tenant}' has no models of its own`
        : `allowed ${own.map(show).join(', ')}, the models of '${training.tenant}'`,
      meant(
        model,
        own.flatMap((each) => each ?? []),
        what === '' ? "name one of them, or add it to the tenant's file" : 'train it in research',
      ),
    );
    return;
  }
  if (type?.scope !== 'tenant' || data === undefined) return;
  checkScope({ scope: 'tenant', tenant: training.tenant, type }, data, { env, grants }, report);
}

/** Its pod counts against the tenant's quota, beside those of the pipelines. */
function checkSize(training: Training, { limits }: Sparse<Tenant>, env: Env, report: Report): void {
  for (const field of ['cpu', 'memoryGiB', 'gpus'] as const) {
    const limit = limits?.[field];
    const size = training[field];
    if (limit !== undefined && size !== undefined && size > limit)
      report(
        [field],
        String(size),
        `at most ${limit}, the tenant's limits.${field}`,
        "lower it or raise the tenant's limit",
      );
  }
  const trouble = poolTrouble(env, training, 'production');
  if (trouble !== undefined) report(...trouble);
}
