import type { EnvironmentConfig } from './environment';

/** The runbook, from the root of the repository. */
export const RUNBOOK = 'docs/runbook.md';

/** Articles of the runbook by the anchors of their headings: what somebody reads who was woken. Each belongs to an alarm. */
export const RUNBOOK_ARTICLES = [
  'a-call-is-a-dead-letter',
  'a-queue-is-older-than-its-promise',
  'pods-wait-for-a-machine',
  'a-controller-does-not-run',
  'a-gpu-is-idle',
  'a-delivery-failed',
  'interruptions-are-not-heard',
  'the-grants-ledger-failed',
  'a-source-fell-silent',
] as const;
export type RunbookArticle = (typeof RUNBOOK_ARTICLES)[number];

/**
 * An alarm's description: what is the matter in one clause, then where to read on. CloudWatch puts it into the mail, as plain text.
 */
export const alarmDescription = (
  env: Pick<EnvironmentConfig, 'runbookUrl'>,
  article: RunbookArticle,
  says: string,
): string => `${says}. ${env.runbookUrl ?? RUNBOOK}#${article}`;

const ARTICLES: ReadonlySet<string> = new Set(RUNBOOK_ARTICLES);

/** The article that an alarm's description ends with; undefined where it ends with none that there is. */
export function articleOf(description: string): RunbookArticle | undefined {
  const [, anchor = ''] = /\S\. \S+#([\w-]+)$/.exec(description) ?? [];
  return ARTICLES.has(anchor) ? (anchor as RunbookArticle) : undefined;
}
