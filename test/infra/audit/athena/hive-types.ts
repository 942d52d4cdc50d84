/** A type of a Glue table's column, in Hive's words. */
export type HiveType =
  | { readonly kind: 'string' | 'int' }
  | { readonly kind: 'array'; readonly of: HiveType }
  | { readonly kind: 'map'; readonly key: HiveType; readonly value: HiveType }
  | { readonly kind: 'struct'; readonly fields: Readonly<Record<string, HiveType>> };

/** @throws on a type that no table here uses: add it, and what a SerDe and DuckDB make of it */
export function parseHiveType(text: string): HiveType {
  const inner = (name: string): string | undefined =>
    text.startsWith(`${name}<`) && text.endsWith('>') ? text.slice(name.length + 1, -1) : undefined;
  const struct = inner('struct');
  if (struct !== undefined) {
    const fields = splitOutside(struct).map((field) => {
      const colon = field.indexOf(':');
      return [field.slice(0, colon), parseHiveType(field.slice(colon + 1))] as const;
    });
    return { kind: 'struct', fields: Object.fromEntries(fields) };
  }
  const array = inner('array');
  if (array !== undefined) return { kind: 'array', of: parseHiveType(array) };
  const [key, value] = splitOutside(inner('map') ?? '');
  if (key !== undefined && value !== undefined)
    return { kind: 'map', key: parseHiveType(key), value: parseHiveType(value) };
  if (text === 'string' || text === 'int') return { kind: text };
  throw new Error(`got the Hive type '${text}', allowed string, int, array<…>, map<…> and struct<…>; add it`);
}

/** Splits at commas that stand in no angle brackets. */
function splitOutside(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i <= text.length; i += 1) {
    const character = text[i];
    if (character === '<') depth += 1;
    else if (character === '>') depth -= 1;
    else if ((character === ',' && depth === 0) || character === undefined) {
      if (i > start) parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  return parts;
}

export function duckType(type: HiveType): string {
  switch (type.kind) {
    case 'string':
      return 'VARCHAR';
    case 'int':
      return 'INTEGER';
    case 'array':
      return `${duckType(type.of)}[]`;
    case 'map':
      return `MAP(${duckType(type.key)}, ${duckType(type.value)})`;
    case 'struct':
      return `STRUCT(${Object.entries(type.fields)
        .map(([name, field]) => `"${name}" ${duckType(field)}`)
        .join(', ')})`;
  }
}

/**
 * What Hive's JSON SerDe makes of a value: names of columns and fields match without regard to capitals, what has no column is left out, and
 * a column of text over an object or a number has its JSON.
 * @throws on a value that the type cannot hold, as Athena does
 */
export function deserialize(type: HiveType, value: unknown, path: string): unknown {
  if (value === undefined || value === null) return null;
  const fail = (): never => {
    throw new Error(`${path}: got ${JSON.stringify(value)}, allowed ${type.kind}`);
  };
  switch (type.kind) {
    case 'string':
      return typeof value === 'string' ? value : JSON.stringify(value);
    case 'int':
      return Number.isInteger(value) ? value : fail();
    case 'array':
      return Array.isArray(value) ? value.map((item, i) => deserialize(type.of, item, `${path}.${String(i)}`)) : fail();
    case 'map':
      return isObject(value)
        ? Object.fromEntries(
            Object.entries(value).map(([key, item]) => [key, deserialize(type.value, item, `${path}.${key}`)]),
          )
        : fail();
    case 'struct':
      return isObject(value) ? deserializeFields(type.fields, value, path) : fail();
  }
}

export function deserializeFields(
  fields: Readonly<Record<string, HiveType>>,
  value: object,
  path: string,
): Record<string, unknown> {
  const byLowerCase = new Map(Object.entries(value).map(([key, item]) => [key.toLowerCase(), item as unknown]));
  return Object.fromEntries(
    Object.entries(fields).map(([name, type]) => [name, deserialize(type, byLowerCase.get(name), `${path}.${name}`)]),
  );
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
