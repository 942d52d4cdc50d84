import { createHash } from 'node:crypto';
import type { Stack, TemplateResource } from '../output/cloud-assembly';
import { mayBeAbout } from './reach';

/** Tenants of which one stands for all: what is proven of it holds of each, by its name. */
export interface TenantClass {
  /** Ids, sorted. */
  readonly tenants: readonly string[];
  /**
   * Of those, the ones about whose resources the questions are asked: the first; all of them where one's id is part of another's, or where a
   * tenant's own stack names another tenant.
   */
  readonly asked: readonly string[];
  /** Of those, the ones whose policies stand in the world of the questions: a second, since two of a class must not reach each other either. */
  readonly standing: readonly string[];
}

/** Takes the place of a tenant's id. No template has it: it is no letter that a name takes. */
const PLACEHOLDER = '\u0001';

/** What no policy depends on: where a budget ends, when an alarm rings, which files are delivered. */
const INDIFFERENT: ReadonlySet<string> = new Set([
  'AWS::Budgets::Budget',
  'AWS::CloudWatch::Alarm',
  'Custom::AtollDelivery',
]);
/** A bucket's lifecycle says how long, not who. */
const INDIFFERENT_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  'AWS::S3::Bucket': ['LifecycleConfiguration'],
};

/**
 * Puts tenants into classes of the same policies. Two are the same where their stacks are, with the tenant's id replaced throughout, where every
 * resource of the other stacks that has one's id in it is there with the other's id too, where every pattern of theirs fits the same names, and
 * where the same is declared of them.
 *
 * A text that is the same after the replacement is the same up to the name. What a name could do besides is to be part of another
 * name, where a pattern would take the one for the other: so whoever's id is part of another's is asked about himself.
 * @param declared what is declared of a tenant, by its id, as a text
 * @param namesOf what a policy could name of a tenant: a pattern that fits a part of it may fit one's and not another's
 */
export function tenantClasses(
  ids: readonly string[],
  stacks: readonly Stack[],
  declared: (id: string) => string,
  namesOf: (id: string) => readonly string[],
): TenantClass[] {
  const known = new Set(ids);
  const owner = new Map(ids.map((id) => [`tenant-${id}`, id]));
  const mentions = new Map<string, string[]>(ids.map((id) => [id, []]));
  const others = stacks.filter(({ id }) => !owner.has(id));
  for (const stack of others) eachMention(stack, known, (id, place) => mentions.get(id)?.push(place));
  const patterns = loosePatterns(others, known);
  const fitting = (id: string): string => {
    const names = namesOf(id);
    return patterns.map((pattern) => names.map((name) => fitsSoFar(pattern, name)).join('')).join();
  };
  const byKey = new Map<string, string[]>();
  const byThemselves = partsOfOthers(ids);
  for (const stack of stacks) {
    const id = owner.get(stack.id);
    if (id === undefined) continue;
    const text = JSON.stringify(relevant(stack.template().Resources)).replaceAll(id, PLACEHOLDER);
    const meant = declared(id).replaceAll(id, PLACEHOLDER);
    const key = digest([stack.account, stack.region, text, meant, fitting(id), ...(mentions.get(id) ?? []).toSorted()]);
    const same = byKey.get(key);
    if (same === undefined) {
      byKey.set(key, [id]);
      const named = [...idsIn(text, known)];
      if (named.length > 0) for (const one of [id, ...named]) byThemselves.add(one);
    } else same.push(id);
  }
  return [...byKey.values()].map((tenants) => {
    const sorted = tenants.toSorted();
    // Where one of a class names a tenant or is part of a name, its class is asked about one by one.
    if (sorted.some((id) => byThemselves.has(id))) return { tenants: sorted, asked: sorted, standing: sorted };
    return { tenants: sorted, asked: sorted.slice(0, 1), standing: sorted.slice(0, 2) };
  });
}

const digest = (parts: readonly string[]): string => createHash('sha256').update(parts.join('\u0000')).digest('hex');

function relevant(resources: Readonly<Record<string, TemplateResource>>): unknown {
  return Object.entries(resources).flatMap(([id, { Type, Properties = {} }]) => {
    if (INDIFFERENT.has(Type)) return [];
    const left = INDIFFERENT_PROPERTIES[Type] ?? [];
    return [[id, Type, Object.entries(Properties).filter(([name]) => !left.includes(name))]];
  });
}

/** Takes the place of every other tenant's id. */
const ANOTHER = '\u0002';

/** Calls for every tenant's id in a resource: with all of it, in which ids are replaced and what stands in a list has no order. */
function eachMention(stack: Stack, known: ReadonlySet<string>, visit: (id: string, place: string) => void): void {
  for (const { Type, Properties } of Object.values(stack.template().Resources)) {
    if (INDIFFERENT.has(Type)) continue;
    const ids = [...idsIn(JSON.stringify(Properties ?? {}), known)].toSorted((a, b) => b.length - a.length);
    for (const id of ids) visit(id, `${stack.id}/${Type}: ${JSON.stringify(seenBy(id, ids, Properties))}`);
  }
}

function seenBy(id: string, ids: readonly string[], value: unknown): unknown {
  const text = (one: string): string => ids.reduce((all, other) => withoutId(all, other, other === id), one);
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value))
    return value.map((each) => seenBy(id, ids, each)).toSorted((a, b) => compare(JSON.stringify(a), JSON.stringify(b)));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [text(key), seenBy(id, ids, each)]));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Names in Glue have underscores for hyphens. */
function withoutId(text: string, id: string, own: boolean): string {
  const mark = own ? PLACEHOLDER : ANOTHER;
  return text.replaceAll(id, mark).replaceAll(id.replaceAll('-', '_'), mark);
}

/** Strings of the other stacks that may fit a part of a name: they have wildcards, and no whole id, of which they would be a mention. */
function loosePatterns(stacks: readonly Stack[], known: ReadonlySet<string>): Loose[] {
  const found = new Set<string>();
  const walk = (value: unknown): void => {
    if (typeof value === 'string') {
      if (/[*?]/.test(value) && !/^[*?]+$/.test(value) && idsIn(value, known).size === 0) found.add(value);
    } else if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk);
  };
  for (const stack of stacks)
    for (const { Type, Properties } of Object.values(stack.template().Resources))
      if (!INDIFFERENT.has(Type)) walk(Properties);
  return [...found].map(loose);
}

/** What a pattern fits, and what something begins with that it fits: behind a bucket's ARN stand its objects. */
interface Loose {
  /** What stands before the first character that stands for others. */
  readonly head: string;
  readonly whole: RegExp;
  readonly begun: RegExp;
}

function loose(pattern: string): Loose {
  const units = Array.from(pattern, (unit) => {
    if (unit === '*') return '.*';
    return unit === '?' ? '.' : unit.replace(/[\\^$.+()[\]{}|/]/, '\\$&');
  });
  return {
    head: /^[^*?]*/.exec(pattern)?.[0] ?? '',
    whole: new RegExp(`^${units.join('')}$`, 's'),
    begun: new RegExp(`^${units.reduceRight((rest, unit) => `(?:${unit}${rest})?`, '')}$`, 's'),
  };
}

function fitsSoFar({ head, whole, begun }: Loose, name: string): '0' | '1' | '2' {
  // Nearly all comparisons end here.
  if (!mayBeAbout(head, name)) return '0';
  return whole.test(name) ? '2' : begun.test(name) ? '1' : '0';
}

/** Ids that stand in a text between other characters than letters and digits. */
function idsIn(text: string, known: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const word of text.match(/[a-z0-9_-]{3,}/g) ?? []) {
    const parts = word.split(/[-_]/);
    for (let from = 0; from < parts.length; from += 1) {
      let part = '';
      for (let to = from; to < parts.length; to += 1) {
        part = to === from ? (parts[to] ?? '') : `${part}-${parts[to] ?? ''}`;
        if (known.has(part)) found.add(part);
      }
    }
  }
  return found;
}

/** Ids that are part of another id, and those others. */
function partsOfOthers(ids: readonly string[]): Set<string> {
  const known = new Set(ids);
  const found = new Set<string>();
  for (const id of ids) for (const part of idsIn(id, known)) if (part !== id) found.add(part).add(id);
  return found;
}
