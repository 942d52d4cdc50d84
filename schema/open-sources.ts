import type { Grant } from './grant';
import type { Environment } from './model';
import type { Corpus, RelationalSource, Source } from './source';

export const isCorpus = (source: Source): source is Corpus => source.kind === 'corpus';
export const isRelational = (source: Source): source is RelationalSource => source.kind === 'relational';

/** The sources of an environment that a grant opens now. */
export interface OpenSources {
  readonly corpora: readonly Corpus[];
  readonly relational: readonly RelationalSource[];
}

/**
 * What a grant's names of sources open. A relational source is closed as a whole while one of its tenants is not active: who sees the
 * rows of one sees all, and a suspended or erasing tenant's are nobody's to read.
 * docs/decisions/0020-sources-of-a-grant.md
 */
export function openSources(env: Environment, { sources }: Pick<Grant, 'sources'>): OpenSources {
  const named = env.sources.filter(({ id }) => sources.includes(id));
  const active = new Set(env.tenants.filter(({ state }) => state === 'active').map(({ id }) => id));
  return {
    corpora: named.filter(isCorpus),
    relational: named.filter(isRelational).filter(({ tenants }) => tenants.every((id) => active.has(id))),
  };
}

/** The grants that name a source, and open it now. */
export const grantsOpening = (env: Environment, { id }: Source): Grant[] =>
  env.grants.filter((grant) => {
    const { corpora, relational } = openSources(env, grant);
    return [...corpora, ...relational].some((source) => source.id === id);
  });
