import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { questionText, sqlFiles } from './question-text';

/** A question that auditors ask again and again, as Athena's SQL. */
export interface Question {
  /** Name of its file without `.sql`, such as `who-accessed`. */
  readonly name: string;
  /** What the comment at the head of the file says. */
  readonly description: string;
  readonly query: string;
}

/** Characters of a named query's description (https://docs.aws.amazon.com/athena/latest/APIReference/API_NamedQuery.html, 2026-11-25). */
const DESCRIPTION_CHARACTERS = 1024;
const FOLDER = join(__dirname, 'questions');

/**
 * Every question of a folder, in the order of their names.
 * @param folder @default - `questions/` beside this file
 * @throws Error with every file that does not begin with a comment, or begins with one that is too long
 */
export function questions(folder: string = FOLDER): Question[] {
  const files = sqlFiles(folder);
  const all = files.map((file) => {
    const { query } = questionText(readFileSync(join(folder, file), 'utf8'));
    return { name: file.replace(/\.sql$/, ''), description: headOf(query), query };
  });
  const faults = all.flatMap(({ name, description }) => {
    const { length } = description;
    if (length > 0 && length <= DESCRIPTION_CHARACTERS) return [];
    return [
      `infra/audit/questions/${name}.sql: comment: got ${String(length)} characters, allowed 1 to ${String(DESCRIPTION_CHARACTERS)}; ` +
        'say at the head of the file, behind --, what it answers',
    ];
  });
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return all;
}

/** The comment lines with which a file begins, as one line. */
function headOf(query: string): string {
  const lines = query.split('\n');
  const end = lines.findIndex((line) => !line.startsWith('--'));
  return lines
    .slice(0, end === -1 ? lines.length : end)
    .map((line) => line.replace(/^--\s*/, ''))
    .join(' ')
    .trim();
}
