/** A part of a JSON Schema, as far as the rules below look at it. */
interface Part {
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Part>>;
  readonly additionalProperties?: unknown;
  readonly items?: Part;
  readonly anyOf?: readonly Part[];
  readonly oneOf?: readonly Part[];
  readonly [keyword: string]: unknown;
}

/** Keywords of which each number, text or mapping needs all of one group: what has none of them takes anything. */
const BOUNDS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  number: [['minimum', 'maximum'], ['enum'], ['const']],
  integer: [['minimum', 'maximum'], ['enum'], ['const']],
  string: [['pattern'], ['enum'], ['const'], ['format'], ['maxLength']],
};
/** JavaScript's largest whole number, which stands where nobody thought of a limit. */
const NO_LIMIT = Number.MAX_SAFE_INTEGER;
const DESCRIPTION_MIN_CHARACTERS = 10;

/** What of a schema is not said: properties without a description, values without bounds, mappings that take any key. */
export function schemaFaults(schema: unknown, path = ''): string[] {
  const part = schema as Part;
  const place = path === '' ? 'the whole' : path;
  const faults: string[] = [];
  const groups = BOUNDS[part.type ?? ''];
  if (groups !== undefined && !groups.some((group) => group.every((keyword) => keyword in part)))
    faults.push(`${place}: ${part.type ?? ''} without bounds`);
  for (const keyword of ['minimum', 'maximum'])
    if (Math.abs(Number(part[keyword] ?? 0)) >= NO_LIMIT) faults.push(`${place}: ${keyword} is no limit`);
  if (part.type === 'object' && part.additionalProperties !== false) faults.push(`${place}: takes unknown keys`);
  if (part.type === undefined && !['anyOf', 'oneOf', 'enum', 'const'].some((keyword) => keyword in part))
    faults.push(`${place}: takes anything`);
  for (const [key, property] of Object.entries(part.properties ?? {})) {
    const at = path === '' ? key : `${path}.${key}`;
    if ((property.description ?? '').trim().length < DESCRIPTION_MIN_CHARACTERS) faults.push(`${at}: no description`);
    faults.push(...schemaFaults(property, at));
  }
  if (part.type === 'array')
    faults.push(
      ...(part.items === undefined ? [`${place}: items of any kind`] : schemaFaults(part.items, `${path}[]`)),
    );
  for (const [i, either] of [...(part.anyOf ?? []), ...(part.oneOf ?? [])].entries())
    faults.push(...schemaFaults(either, `${path}|${i}`));
  return faults;
}
