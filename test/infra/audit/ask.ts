import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { questionText } from '../../../infra/audit/question-text';
import type { Row } from './athena/archive';
import type { Evidence } from './fixtures/evidence';
import { env } from './fixtures/story';

export const QUESTIONS = join(__dirname, '../../../infra/audit/questions');

/** Values of the parameters, for the one day of the story. */
export const DEFAULTS: Readonly<Record<string, string>> = {
  environment: env.name,
  production_account: env.accounts.production,
  research_account: env.accounts.research,
  first_day: '2026/11/25',
  last_day: '2026/11/25',
  day_after: '2026/11/26',
  since_day: '2026/11/18',
  tenant: 'acme',
  person: 'ada@example.com',
};

/** What a question of `infra/audit/questions/` answers about this evidence. */
export async function ask(evidence: Evidence, question: string, over: Record<string, string> = {}): Promise<Row[]> {
  const text = questionText(readFileSync(join(QUESTIONS, `${question}.sql`), 'utf8'));
  const archive = await evidence.archive();
  try {
    return await archive.ask(text, { ...DEFAULTS, ...over });
  } finally {
    archive.close();
  }
}
