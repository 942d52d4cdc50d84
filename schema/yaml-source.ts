import { isAlias, isMap, isScalar, isSeq, parseDocument, visit, type Document, type Node, type YAMLError } from 'yaml';
import type { Path, Report } from './faults';

/** A tenant or a grant is some dozens of lines; a bigger file is a mistake or an attack on the parser. */
const YAML_MAX_CHARACTERS = 65_536;

/** One YAML file, read: its plain value, and where in the text each part of it stands. */
export interface YamlSource {
  /** The plain value; undefined where the text is no YAML at all. */
  readonly value: unknown;
  /** Line of the key or item at the path, or of the nearest thing around it that exists. */
  lineOf(path: Path): number;
}

/**
 * Reads one YAML 1.2 document (core schema: dates and `yes` stay strings) and reports what is wrong with the text itself: syntax,
 * duplicate keys, unknown tags, aliases. Aliases are refused altogether, since ten lines of them can unfold to gigabytes, and a
 * reviewer should see each value where it holds.
 */
export function readYaml(text: string, report: (line: number, ...fault: Parameters<Report>) => void): YamlSource {
  if (text.length > YAML_MAX_CHARACTERS) {
    report(
      1,
      [],
      `${text.length} characters`,
      `at most ${YAML_MAX_CHARACTERS}`,
      'keep one tenant or one grant to a file',
    );
    return { value: undefined, lineOf: () => 1 };
  }
  const document = parseDocument(text, { prettyErrors: false, logLevel: 'error', stringKeys: true });
  const problems = [...document.errors, ...document.warnings];
  for (const problem of problems.filter(({ code }) => code === 'DUPLICATE_KEY')) {
    const key = /^[^\s:]+/.exec(text.slice(problem.pos[0]))?.[0] ?? '';
    report(lineAt(text, problem.pos[0]), [key], 'the key twice', 'each key at most once', 'remove one of the two');
  }
  const syntax = mostTelling(problems.filter(({ code }) => code !== 'DUPLICATE_KEY'));
  let readable = syntax === undefined;
  if (syntax !== undefined) {
    const [said = ''] = syntax.message.split('\n');
    const got = `no readable YAML (${SAID[syntax.code] ?? said})`;
    report(lineAt(text, syntax.pos[0]), [], got, 'allowed one YAML 1.2 document', 'correct the line');
  }
  const aliases = readable && /[*]/.test(text) ? aliasesOf(document) : [];
  for (const alias of aliases) {
    readable = false;
    const offset = alias.range?.[0] ?? 0;
    report(lineAt(text, offset), [], 'an alias', 'no aliases', 'write the value out where it holds');
  }
  return {
    value: readable ? (document.toJS({ maxAliasCount: 0 }) as unknown) : undefined,
    lineOf: (path) => lineAt(text, offsetOf(document, path)),
  };
}

/** The parser's own words, where they would mislead. */
const SAID: Partial<Record<YAMLError['code'], string>> = { MULTIPLE_DOCS: 'a second document begins' };

/** One slip makes a parser say many things; the first place counts, and of what it says there, that a tab is to blame. */
function mostTelling(problems: readonly YAMLError[]): YAMLError | undefined {
  const tab = problems.find(({ code }) => code === 'TAB_AS_INDENT');
  return tab ?? problems.toSorted((a, b) => a.pos[0] - b.pos[0])[0];
}

function aliasesOf(document: Document): Node[] {
  const found: Node[] = [];
  visit(document, (_key, node) => {
    if (isAlias(node)) found.push(node);
  });
  return found;
}

function offsetOf(document: Document, path: Path): number {
  let node: unknown = document.contents;
  let offset = document.contents?.range?.[0] ?? 0;
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && item.key.value === part);
      if (pair === undefined) return offset;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof part === 'number') {
      node = node.items[part];
      if (node === undefined) return offset;
      offset = (node as Node).range?.[0] ?? offset;
    } else return offset;
  }
  return offset;
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
