import { createHash } from 'node:crypto';
import { Intrinsics } from '../iam/intrinsics';
import type { Stack } from '../output/cloud-assembly';
import { fitsOf, loosePatterns } from './loose-patterns';
import { eachMention, idsIn, partsOfOthers, PLACEHOLDER } from './mentions';
import { OwnTexts } from './own-texts';
import { type Said, saidBy } from './said';

/** Tenants of which one stands for all: what is proven of it holds of each, by its name. */
export interface TenantClass {
  /** Ids, sorted. */
  readonly tenants: readonly string[];
  /** Of those, the one about whose resources the questions are asked: the first. */
  readonly asked: readonly string[];
  /** Of those, the ones whose policies stand in the world of the questions: a second, since two of a class must not reach each other either. */
  readonly standing: readonly string[];
}

export interface ClassOptions {
  /** What is declared of a tenant, by its id, as a text. */
  readonly declared: (id: string) => string;
  /** What a policy could name of a tenant: a pattern that fits a part of it may fit one's and not another's. */
  readonly namesOf: (id: string) => readonly string[];
  /** What is said besides by policies that no stack has. @default - nothing */
  readonly beside?: readonly Said[];
}

/**
 * Puts tenants into classes of the same policies. Two are the same where their stacks are, with the tenant's id replaced throughout, where all that
 * is said elsewhere of one by its id is said of the other too, where every pattern fits the same of their names, and where the same is declared of
 * them.
 *
 * A text that is the same after the replacement is the same up to the name. What a name could do besides is to be part of another name, where a
 * pattern would take the one for the other: so whoever's id is part of another's, or whom another tenant's stack names, is a class by himself.
 */
export function tenantClasses(
  ids: readonly string[],
  stacks: readonly Stack[],
  { declared, namesOf, beside = [] }: ClassOptions,
): TenantClass[] {
  const known = new Set(ids);
  const owner = new Map(ids.map((id) => [`tenant-${id}`, id]));
  const intrinsics = new Intrinsics(stacks);
  const texts = new OwnTexts(intrinsics);
  const alike = groups(
    stacks.flatMap((stack): [string, string][] => {
      const id = owner.get(stack.id);
      return id === undefined ? [] : [[id, texts.of(stack, id) + declared(id).replaceAll(id, PLACEHOLDER)]];
    }),
  );
  const byThemselves = partsOfOthers(ids);
  const firsts = new Set(alike.map(([first]) => `tenant-${first}`));
  const own = stacks
    .filter(({ id }) => firsts.has(id))
    .flatMap((stack) => {
      const said = saidBy([stack], intrinsics);
      for (const named of idsIn(JSON.stringify(said.map(({ value }) => value)), known))
        if (named !== owner.get(stack.id)) byThemselves.add(named);
      return said;
    });
  const others = [
    ...saidBy(
      stacks.filter(({ id }) => !owner.has(id)),
      intrinsics,
    ),
    ...beside,
  ];
  const mentions = new Map<string, string[]>(ids.map((id) => [id, []]));
  eachMention(others, known, (id, what) => mentions.get(id)?.push(what));
  const fitting = fitsOf(loosePatterns([...others, ...own], known), ids, namesOf);
  const told = (id: string): string => [fitting(id), ...(mentions.get(id) ?? []).toSorted()].join('\u0000');
  return alike
    .flatMap((same) => groups(same.map((id) => [id, byThemselves.has(id) ? id : told(id)])))
    .map((tenants) => {
      const sorted = tenants.toSorted();
      return { tenants: sorted, asked: sorted.slice(0, 1), standing: sorted.slice(0, 2) };
    });
}

/** Ids of which the same is said. */
function groups(said: readonly (readonly [id: string, what: string])[]): string[][] {
  const found = new Map<string, string[]>();
  for (const [id, what] of said) {
    const key = createHash('sha256').update(what).digest('hex');
    found.set(key, [...(found.get(key) ?? []), id]);
  }
  return [...found.values()];
}
