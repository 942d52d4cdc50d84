/** A value of a template or an object whose fields are not known yet. */
export type Values = Readonly<Record<string, unknown>>;

export const isValues = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is below a path of field names, such as `spec.template`; nothing where a part of it is not there. */
export function at(value: unknown, path: string): unknown {
  let found = value;
  for (const field of path.split('.')) {
    if (!isValues(found)) return undefined;
    found = found[field];
  }
  return found;
}

/** A list as it is, one value as a list of one, nothing as none. */
export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value as readonly unknown[];
  return value === undefined || value === null ? [] : [value];
}

/** A text as the JSON that it is; anything else, and a text that is none, as it stands. */
export function jsonIn(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

/** A value as a message shows it. */
export const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));
