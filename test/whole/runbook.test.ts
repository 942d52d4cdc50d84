import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { articleOf, RUNBOOK, RUNBOOK_ARTICLES } from '../../schema/runbook';
import { auditSample } from '../infra/audit/sample-audit';
import { PROJECT } from '../support/command-line';
import { sampleEnvironment } from '../support/sample-environment';
import { writtenOutput } from '../support/written-output';

const runbook = readFileSync(join(PROJECT, RUNBOOK), 'utf8');
const [head = '', ...articles] = runbook.split(/^## /m);

/** As GitHub makes it of a heading without punctuation. */
const anchorOf = (article: string): string => (article.split('\n', 1)[0] ?? '').toLowerCase().replaceAll(' ', '-');

interface Alarm {
  readonly name: string;
  readonly description: string;
}

/** The alarms of the sample environment, both its accounts and its tenants, and of the audit account. */
async function alarms(): Promise<Alarm[]> {
  const inStacks = writtenOutput(sampleEnvironment()).stacks.flatMap((stack) =>
    Object.values(stack.template().Resources)
      .filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm')
      .map(({ Properties }) => ({
        name: String(Properties?.['AlarmName']),
        description: String(Properties?.['AlarmDescription']),
      })),
  );
  const { all } = await auditSample();
  const ofAudit = all
    .filter(({ type }) => type.endsWith(':MetricAlarm'))
    .map(({ inputs }) => ({ name: String(inputs['name']), description: String(inputs['alarmDescription']) }));
  return [...inStacks, ...ofAudit];
}

test('each alarm has an article in the runbook, and each article an alarm', async () => {
  const all = await alarms();
  expect(all.length).toBeGreaterThan(15);
  expect(all.filter(({ description }) => articleOf(description) === undefined)).toEqual([]);
  const linked = new Set(all.map(({ description }) => articleOf(description)));
  expect([...linked].sort()).toEqual([...RUNBOOK_ARTICLES].sort());
  expect(articles.map(anchorOf)).toEqual([...RUNBOOK_ARTICLES]);
});

test('no two alarms of an account share a name', async () => {
  const names = (await alarms()).map(({ name }) => name);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});

test('each article begins with the names of its alarms', async () => {
  const all = await alarms();
  for (const article of articles) {
    const [, pattern = ''] = /^.*\n\n`([^`]+)`/.exec(article) ?? [];
    const expression = new RegExp(
      `^${pattern.replaceAll('<env>', '(sample|second)').replace(/<\w+>/g, '[a-z0-9-]+')}$`,
    );
    const own = all.filter(({ description }) => articleOf(description) === anchorOf(article));
    expect({ pattern, others: own.filter(({ name }) => !expression.test(name)) }).toEqual({ pattern, others: [] });
  }
});

test('each article says how to see it, what to do, what not to do and whom to wake', () => {
  for (const article of articles) {
    const parts = ['```sh\n', '- **Do**', '- **Do not** ', '- **Wake** '].filter((part) => !article.includes(part));
    expect({ article: anchorOf(article), parts }).toEqual({ article: anchorOf(article), parts: [] });
  }
  expect(head).toContain('describe-alarms');
});
