import { createHash } from 'node:crypto';
import type { Stack, TemplateResource } from '../output/cloud-assembly';

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
 * string of the other stacks that has one's id in it is there with the other's id too, at the same place, and where the same is declared of them.
 *
 * A text that is the same after the replacement is the same up to the name. What a name could do besides is to be part of another
 * name, where a pattern would take the one for the other: so whoever's id is part of another's is asked about himself.
 * @param declared what is declared of a tenant, by its id, as a text
 */
export function tenantClasses(
  ids: readonly string[],
  stacks: readonly Stack[],
  declared: (id: string) => string,
): TenantClass[] {
  const known = new Set(ids);
  const owner = new Map(ids.map((id) => [`tenant-${id}`, id]));
  const mentions = new Map<string, string[]>(ids.map((id) => [id, []]));
  for (const stack of stacks)
    if (!owner.has(stack.id)) eachMention(stack, known, (id, place) => mentions.get(id)?.push(place));
  const byKey = new Map<string, string[]>();
  const byThemselves = partsOfOthers(ids);
  for (const stack of stacks) {
    const id = owner.get(stack.id);
    if (id === undefined) continue;
    const text = JSON.stringify(relevant(stack.template().Resources)).replaceAll(id, PLACEHOLDER);
    const meant = declared(id).replaceAll(id, PLACEHOLDER);
    const key = digest([stack.account, stack.region, text, meant, ...(mentions.get(id) ?? []).toSorted()]);
    const same = byKey.get(key);
    if (same === undefined) {
      byKey.set(key, [id]);
      const others = [...idsIn(text, known)];
      if (others.length > 0) for (const one of [id, ...others]) byThemselves.add(one);
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

/** Calls for every tenant's id in a template's strings: with the place, in which the id is replaced and logical ids are left out. */
function eachMention(stack: Stack, known: ReadonlySet<string>, visit: (id: string, place: string) => void): void {
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'string') {
      for (const id of idsIn(value, known)) visit(id, `${path}: ${withoutId(value, id)}`);
    } else if (Array.isArray(value)) {
      for (const each of value) walk(each, path);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, each] of Object.entries(value)) walk(each, `${path}/${key}`);
    }
  };
  for (const { Type, Properties } of Object.values(stack.template().Resources))
    if (!INDIFFERENT.has(Type)) walk(Properties, `${stack.id}/${Type}`);
}

/** Names in Glue have underscores for hyphens. */
const withoutId = (text: string, id: string): string =>
  text.replaceAll(id, PLACEHOLDER).replaceAll(id.replaceAll('-', '_'), PLACEHOLDER);

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
