import { isRecord } from './template';

/** A content hash, as of an asset: two templates that upload different bytes in the same way have the same shape. */
const HASH = '\\b[0-9a-f]{64}\\b';

/**
 * Properties whose numbers are a tenant's own quantities (its budget, its retention): no rule of a validator turns on them
 * between the bounds that the schema sets, so a caller may take templates that differ in them for one shape.
 */
export const TENANT_QUANTITIES: ReadonlySet<string> = new Set(['Amount', 'ExpirationInDays']);

/** Placeholders lie in a private area of Unicode, so that no template's own text looks like one. */
const placeholder = (key: string): string => `\uE000${key}\uE001`;

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * A template as canonical JSON (keys sorted) in which a tenant's own id and other names are placeholders, so that tenants
 * which differ by name only have an equal shape, and one template of each shape needs the slow validators.
 * A name is replaced where it stands as a word: `acme` in `atoll-dev-acme-video`, not in `acmeal`. Where a name is also a
 * word of the platform's own, the shape comes out different, which costs one validation and hides nothing.
 * @param names what to replace, by the name of its placeholder; empty values are ignored
 * @param quantities properties whose numbers are replaced too, such as `TENANT_QUANTITIES`. Default none.
 */
export function templateShape(
  template: object,
  names: Readonly<Record<string, string>> & { readonly id: string },
  quantities: ReadonlySet<string> = new Set(),
): string {
  const keys = new Map<string, string>();
  // The longest first: a name that contains another is one name.
  const entries = Object.entries(names).filter(([, name]) => name !== '');
  for (const [key, name] of entries.sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))) {
    if (!keys.has(name)) keys.set(name, key);
  }
  const own = [...keys.keys()].map((name) => `(?<![A-Za-z0-9])${escape(name)}(?![A-Za-z0-9])`);
  const pattern = new RegExp([...own, HASH].join('|'), 'g');
  const masked = (text: string): string => text.replace(pattern, (found) => placeholder(keys.get(found) ?? 'hash'));
  const number = JSON.stringify(placeholder('number'));
  const canonical = (value: unknown, property: string): string => {
    if (typeof value === 'string') return JSON.stringify(masked(value));
    if (typeof value === 'number' && quantities.has(property)) return number;
    if (Array.isArray(value)) return `[${value.map((item) => canonical(item, property)).join(',')}]`;
    if (!isRecord(value)) return value === undefined ? 'null' : JSON.stringify(value);
    return `{${Object.keys(value)
      .filter((key) => value[key] !== undefined)
      .map((key) => `${JSON.stringify(masked(key))}:${canonical(value[key], key)}`)
      .sort()
      .join(',')}}`;
  };
  return canonical(template, '');
}
