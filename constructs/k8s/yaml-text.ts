/**
 * YAML text of plain JSON data. The `yaml` package builds a document tree first and takes most of the time of a synth with a
 * thousand tenants; this writes block style directly, and quotes as JSON does (a JSON string is a YAML string) whatever is not
 * plainly a word. A test reads it back with `yaml` under versions 1.1 and 1.2 of the language.
 */
const WORD = /^[A-Za-z_/][A-Za-z0-9_./-]*( [A-Za-z0-9_./(-][A-Za-z0-9_./()-]*)*$/;
/** Words that YAML 1.1 reads as booleans or null, in any case. */
const NOT_TEXT = /^(y|n|yes|no|on|off|true|false|null)$/i;
/** Lines that a literal block can hold unchanged: something in the first column, no trailing blanks, nothing unprintable. */
const LITERAL = /^[^\s#][^\n]*(\n[^\n]+)*\n$/;
const UNPRINTABLE = /[^\n\x20-\x7e]|[ ]\n/;

function scalar(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value);
  return WORD.test(value) && !NOT_TEXT.test(value) ? value : JSON.stringify(value);
}

function block(value: string, indent: string): string {
  const lines = value.slice(0, -1).split('\n');
  return `|\n${lines.map((line) => indent + line).join('\n')}`;
}

type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json | undefined };

const entriesOf = (map: object): [string, Json][] =>
  Object.entries(map as Record<string, Json | undefined>).filter(
    (entry): entry is [string, Json] => entry[1] !== undefined,
  );

function isEmpty(value: object): boolean {
  return Array.isArray(value) ? value.length === 0 : entriesOf(value).length === 0;
}

/** What stands after `key:` or `-`; children are indented by two more than `indent`. */
function after(value: Json, indent: string, inSequence: boolean): string {
  if (typeof value === 'string' && LITERAL.test(value) && !UNPRINTABLE.test(value))
    return ` ${block(value, `${indent}  `)}`;
  if (typeof value !== 'object') return ` ${scalar(value)}`;
  if (isEmpty(value)) return Array.isArray(value) ? ' []' : ' {}';
  const inner = `${indent}  `;
  const text = lines(value, inner).join('\n');
  return inSequence ? ` ${text.slice(inner.length)}` : `\n${text}`;
}

function lines(value: object, indent: string): string[] {
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => `${indent}-${after(item, indent, true)}`);
  return entriesOf(value).map(([key, item]) => `${indent}${scalar(key)}:${after(item, indent, false)}`);
}

/** Documents separated by `---`, each ended by a newline; keys in the order of the data. */
export function yamlDocuments(documents: readonly object[]): string {
  return documents.map((document) => `${lines(document, '').join('\n')}\n`).join('---\n');
}
