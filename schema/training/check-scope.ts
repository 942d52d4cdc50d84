import { allowedNames, alternatives, meant, show, type Path, type Report } from '../faults';
import { eachOnce } from '../each-once';
import type { EnvironmentConfig } from '../environment';
import type { Grant } from '../grant';
import type { CommonModelType, TenantModelType } from '../model-type';
import type { Sparse } from '../sparse';
import type { TrainingData } from './training-data';

/** A model as its scope is judged: of one tenant, or of all and trained by a research team. */
export type ScopedModel =
  | { readonly scope: 'tenant'; readonly tenant: string; readonly type: Sparse<TenantModelType> }
  | { readonly scope: 'common'; readonly team: string | undefined; readonly type: Sparse<CommonModelType> };

/** What the grant of a training is looked up in. */
export interface ScopeContext {
  readonly env: Pick<Sparse<EnvironmentConfig>, 'sources'>;
  readonly grants: readonly Sparse<Grant>[];
}

/**
 * The rule that `trainingSpec` has in types: a tenant's model is trained on classes of that tenant's own data, one of all tenants on what a grant
 * for training opens, and neither on more than its type says.
 */
export function checkScope(
  model: ScopedModel,
  data: Sparse<TrainingData>,
  context: ScopeContext,
  report: Report,
): void {
  if (data.kind === 'tenant') checkTenantData(model, data, report);
  if (data.kind === 'grant') checkGrantData(model, data, context, report);
}

const AT: Path = ['data'];

function checkTenantData(
  model: ScopedModel,
  data: Extract<Sparse<TrainingData>, { kind?: 'tenant' | undefined }>,
  report: Report,
): void {
  if (model.scope === 'common') {
    report(
      [...AT, 'kind'],
      "'tenant'",
      "allowed 'grant': research reads a tenant's data by a grant only",
      'name a grant for model-training',
    );
    return;
  }
  if (data.tenant !== undefined && data.tenant !== model.tenant)
    report(
      [...AT, 'tenant'],
      show(data.tenant),
      `allowed '${model.tenant}', whose model it is: no other tenant's data is in it`,
      'name the same tenant in both',
    );
  const at = [...AT, 'classes'];
  eachOnce(data.classes, at, report);
  const open = model.type.training?.classes;
  if (open === undefined || open.includes(undefined)) return;
  data.classes?.forEach((each, i) => {
    if (each !== undefined && !open.includes(each))
      report(
        [...at, i],
        show(each),
        `allowed ${alternatives(open)}, which '${String(model.type.id)}' may be trained on`,
        "take it out, or widen the model type's training",
      );
  });
}

function checkGrantData(
  model: ScopedModel,
  { grant: id }: Extract<Sparse<TrainingData>, { kind?: 'grant' | undefined }>,
  { env, grants }: ScopeContext,
  report: Report,
): void {
  if (model.scope === 'tenant') {
    report(
      [...AT, 'kind'],
      "'grant'",
      `allowed 'tenant': a tenant's model is trained on the data of '${model.tenant}' alone`,
      "name the tenant's own classes",
    );
    return;
  }
  if (id === undefined) return;
  const at = [...AT, 'grant'];
  const ids = grants.flatMap((each) => each.id ?? []);
  const grant = grants.find((each) => each.id === id);
  if (grant === undefined) {
    report(at, show(id), allowedNames(ids, 'grants'), meant(id, ids, 'name one of them'));
    return;
  }
  if (model.team !== undefined && grant.team !== undefined && grant.team !== model.team)
    report(
      at,
      `${show(id)}, a grant of team '${grant.team}'`,
      `allowed grants of team '${model.team}'`,
      'name one of them, or ask for one',
    );
  if (grant.purpose !== undefined && grant.purpose !== 'model-training')
    report(at, `${show(id)}, which is for ${grant.purpose}`, "allowed grants for 'model-training'", 'ask for one');
  checkOpened(model.type, grant, env, at, report);
}

/** All that the grant opens: the training has its rights, whatever it means to read. */
function checkOpened(
  { id, training }: Sparse<CommonModelType>,
  grant: Sparse<Grant>,
  { sources }: ScopeContext['env'],
  at: Path,
  report: Report,
): void {
  const wide = (what: string, allowed: string): void => {
    report(
      at,
      `${show(grant.id)}, which opens ${what}`,
      `${allowed}, which '${String(id)}' may be trained on`,
      "ask for a grant that opens less, or widen the model type's training",
    );
  };
  const within = (open: readonly unknown[]): string =>
    open.length === 0 ? 'allowed none' : `allowed ${alternatives(open)}`;
  const classes = training?.grantedClasses;
  for (const each of new Set(grant.classes))
    if (each !== undefined && classes?.includes(undefined) === false && !classes.includes(each))
      wide(`class '${each}'`, `${within(classes)} of tenants' classes`);
  const corpora = training?.corpora;
  for (const each of new Set(grant.sources)) {
    const kind = sources?.find((source) => source?.id === each)?.kind;
    if (each === undefined || corpora?.includes(undefined) !== false || corpora.includes(each)) continue;
    wide(
      `${kind === 'relational' ? 'the relational source' : 'the corpus'} '${each}'`,
      `${within(corpora)} of corpora`,
    );
  }
}
