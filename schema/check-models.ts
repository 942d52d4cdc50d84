import type { EnvironmentConfig } from './environment';
import { allowedNames, alternatives, meant, show, type Path, type Report } from './faults';
import { checkOpenWeights } from './check-open-weights';
import { LICENCES, TENANT_LICENCE } from './licences';
import type { CommonModelType, ModelType, TenantModelType } from './model-type';
import { once } from './once';
import { BENCHMARKS } from './performance-gate';
import { eachOnce } from './each-once';
import type { Sparse } from './sparse';

type Env = Sparse<EnvironmentConfig>;
type At = (...rest: Path) => Path;

/** The rules between model types of the catalogue, and between them and the environment's corpora. */
export function checkModels(env: Env, report: Report): void {
  once(env.models, 'models', 'id', report);
  env.models?.forEach((model, i) => {
    if (model === undefined) return;
    const at: At = (...rest) => ['models', i, ...rest];
    eachOnce(model.reads, at('reads'), report);
    eachOnce(model.licences, at('licences'), report);
    checkCommercialUse(model, at, report);
    if (model.scope === 'common') checkCommon(model, env, at, report);
    if (model.scope === 'tenant') checkOfTenant(model, env, at, report);
  });
}

function checkCommercialUse({ licences }: Sparse<ModelType>, at: At, report: Report): void {
  licences?.forEach((id, i) => {
    if (id !== undefined && !LICENCES[id].commercialUse)
      report(
        at('licences', i),
        `${show(id)}, which allows no commercial use`,
        'allowed licences under which a platform that tenants pay for may work',
        'begin with other weights',
      );
  });
}

function checkCommon(model: Sparse<CommonModelType>, env: Env, at: At, report: Report): void {
  checkOpenWeights(model, at, report);
  checkBenchmark(model, at, report);
  const { corpora, grantedClasses } = model.training ?? {};
  eachOnce(corpora, at('training', 'corpora'), report);
  corpora?.forEach((id, i) => {
    checkCorpus(id, env, at('training', 'corpora', i), report);
  });
  checkWithinReads(grantedClasses, model, at('training', 'grantedClasses'), report);
  const { dataset } = model.gate ?? {};
  if (dataset?.kind !== 'corpus' || dataset.name === undefined) return;
  checkCorpus(dataset.name, env, at('gate', 'dataset', 'name'), report);
  if (corpora?.includes(dataset.name) === true)
    report(
      at('gate', 'dataset', 'name'),
      `${show(dataset.name)}, on which it is trained`,
      'allowed a corpus that its training never sees',
      'measure on another one',
    );
}

function checkBenchmark({ gate }: Sparse<CommonModelType>, at: At, report: Report): void {
  if (gate?.dataset?.kind !== 'benchmark' || gate.dataset.name === undefined || gate.metric === undefined) return;
  const { metric } = BENCHMARKS[gate.dataset.name];
  if (metric !== gate.metric)
    report(
      at('gate', 'metric'),
      show(gate.metric),
      `allowed '${metric}', which benchmark '${gate.dataset.name}' measures`,
      'change one of the two',
    );
}

/** A relational source may hold what is tenants': a model of all of them is trained on what is declared to hold none. */
function checkCorpus(id: string | undefined, { sources }: Env, path: Path, report: Report): void {
  if (id === undefined || sources?.some((source) => source?.id === undefined) !== false) return;
  const corpora = sources.flatMap((source) => (source?.kind === 'corpus' ? (source.id ?? []) : []));
  if (corpora.includes(id)) return;
  const relational = sources.some((source) => source?.id === id);
  report(
    path,
    relational ? `${show(id)}, a relational source` : show(id),
    allowedNames(corpora, 'corpora'),
    relational ? 'name a corpus' : meant(id, corpora, 'name one of them, or add the corpus to sources'),
  );
}

function checkWithinReads(
  classes: Sparse<readonly string[]> | undefined,
  { reads }: Sparse<ModelType>,
  path: Path,
  report: Report,
): void {
  eachOnce(classes, path, report);
  if (reads === undefined || reads.includes(undefined)) return;
  classes?.forEach((each, i) => {
    if (each !== undefined && !(reads as readonly unknown[]).includes(each))
      report(
        [...path, i],
        show(each),
        `allowed classes that it reads, ${alternatives(reads)}`,
        'add it to reads or take it out',
      );
  });
}

function checkOfTenant(model: Sparse<TenantModelType>, env: Env, at: At, report: Report): void {
  checkWithinReads(model.training?.classes, model, at('training', 'classes'), report);
  if (model.licences?.every((id) => id !== undefined && id !== TENANT_LICENCE) === true)
    report(
      at('licences'),
      `a list without '${TENANT_LICENCE}'`,
      "allowed with it, since it is made of the tenant's data by its contract",
      'add it',
    );
  checkBase(model, env, at, report);
}

function checkBase(model: Sparse<TenantModelType>, { models }: Env, at: At, report: Report): void {
  if (model.base === undefined || model.engine === undefined) return;
  if (
    models?.some((other) => other?.id === undefined || other.scope === undefined || other.engine === undefined) !==
    false
  )
    return;
  const fitting = models.flatMap((other) =>
    other?.scope === 'common' && other.engine === model.engine ? (other.id ?? []) : [],
  );
  const base = models.find((other) => other?.id === model.base);
  if (base?.scope !== 'common' || base.engine !== model.engine) {
    const what =
      base === undefined
        ? ''
        : base.scope === 'common'
          ? `, which ${String(base.engine)} serves`
          : ", a tenant's model type";
    const noun = `common model types of engine '${model.engine}'`;
    report(
      at('base'),
      `${show(model.base)}${what}`,
      allowedNames(fitting, noun),
      meant(model.base, fitting, 'name one of them'),
    );
    return;
  }
  if (model.engine === 'vllm' && base.engine === 'vllm') checkAdapter(model, base, at, report);
}

type Adapter = Extract<Sparse<TenantModelType>, { engine?: 'vllm' | undefined }>;
type Base = Extract<Sparse<CommonModelType>, { engine?: 'vllm' | undefined }>;

function checkAdapter(model: Adapter, base: Base, at: At, report: Report): void {
  if (base.adapters === undefined)
    report(
      at('base'),
      show(model.base),
      'allowed a model type that has adapters',
      'give it adapters or name another one',
    );
  else if (model.rank !== undefined && base.adapters.rank !== undefined && model.rank > base.adapters.rank)
    report(
      at('rank'),
      String(model.rank),
      `at most ${base.adapters.rank}, the rank of the adapters of '${String(base.id)}'`,
      "lower it or raise its base's",
    );
  if (model.licences === undefined || model.licences.includes(undefined)) return;
  for (const id of base.licences ?? [])
    if (id !== undefined && !model.licences.includes(id))
      report(
        at('licences'),
        `a list without ${show(id)}`,
        `allowed with it, a licence of its base '${String(base.id)}'`,
        'add it',
      );
}
