import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A question as Athena takes it. */
export interface QuestionText {
  /** SQL with a question mark for each parameter, and the comment of the file at its head. */
  readonly query: string;
  /** What each question mark stands for, in their order; a name may come more than once. */
  readonly parameters: readonly string[];
}

/** What stands for a common table expression that several questions share. */
const PART = /^-- part: (.*)$/gm;
/** Comments and texts, in which nothing is replaced, or a parameter. */
const TOKEN = /--[^\n]*|'(?:[^']|'')*'|:([a-z_]+)/g;
const FOLDER = join(__dirname, 'questions');

/**
 * The text of a question of `questions/`: its file, with the parts that it names put in and its parameters as question marks. Athena knows
 * parameters by their order alone, so a line behind the file's own comment names them in that order.
 * @throws on a part that is not there
 */
export function questionText(source: string, folder: string = FOLDER): QuestionText {
  const parts = new Map(
    sqlFiles(join(folder, 'parts')).map((file) => [
      file.replace(/\.sql$/, ''),
      readFileSync(join(folder, 'parts', file), 'utf8'),
    ]),
  );
  const whole = source.replace(PART, (_, name: string) => {
    const part = parts.get(name);
    if (part === undefined)
      throw new Error(`-- part: got '${name}', allowed ${[...parts.keys()].join(', ')}; name one, or write it`);
    return part.trimEnd();
  });
  const parameters: string[] = [];
  const query = whole.replace(TOKEN, (token: string, name?: string) => {
    if (name === undefined) return token;
    parameters.push(name);
    return '?';
  });
  return { query: withParameters(query, parameters), parameters };
}

/** Names of the SQL files of a folder, sorted. */
export function sqlFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort();
}

function withParameters(query: string, parameters: readonly string[]): string {
  if (parameters.length === 0) return query;
  const lines = query.split('\n');
  const end = lines.findIndex((line) => !line.startsWith('--'));
  return [...lines.slice(0, end), `-- Parameters, in order: ${parameters.join(', ')}.`, ...lines.slice(end)].join('\n');
}
