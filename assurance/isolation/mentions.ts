import type { Said } from './said';

/** Takes the place of a tenant's id. No template has it: it is no letter that a name takes. */
export const PLACEHOLDER = '\u0001';
/** Takes the place of every other tenant's id. */
const ANOTHER = '\u0002';

/** Calls for every tenant's id that is said somewhere: with all that is said there, in which ids are replaced and what stands in a list has no order. */
export function eachMention(
  said: readonly Said[],
  known: ReadonlySet<string>,
  visit: (id: string, what: string) => void,
): void {
  for (const { place, value } of said) {
    const ids = [...idsIn(JSON.stringify(value), known)].toSorted((a, b) => b.length - a.length);
    for (const id of ids) visit(id, `${place}: ${JSON.stringify(seenBy(id, ids, value))}`);
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

/** Ids that stand in a text between other characters than letters and digits, in capitals or not. */
export function idsIn(text: string, known: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const word of text.toLowerCase().match(/[a-z0-9_-]{2,}/g) ?? []) {
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

/** Ids that are part of another id, and those others: a pattern that begins with one fits what begins with the other. */
export function partsOfOthers(ids: readonly string[]): Set<string> {
  const sorted = ids.toSorted((a, b) => a.length - b.length);
  const all = ` ${ids.join(' ')} `;
  const found = new Set<string>();
  for (const id of sorted) {
    // Nearly none is part of another: itself is the only place.
    const first = all.indexOf(id);
    if (all.indexOf(id, first + 1) < 0) continue;
    const others = ids.filter((one) => one !== id && one.includes(id));
    if (others.length > 0) [id, ...others].forEach((one) => found.add(one));
  }
  return found;
}
