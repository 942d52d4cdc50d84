import type { Finding } from '../../assurance/finding';
import type { Output } from '../../assurance/output/output';
import type { Mutation } from './edits';

/** Findings as mutations expect them: `kind subject: message`. */
export const told = (findings: readonly Finding[]): string[] =>
  findings.map(({ kind, subject, message }) => `${kind} ${subject}: ${message}`);

/** What a mutation adds to the findings of the unchanged output. */
export function newFindings(
  { apply }: Mutation,
  output: Output,
  prove: (output: Output) => readonly Finding[],
): readonly string[] {
  const before = new Set(told(prove(output)));
  return told(prove(apply(output))).filter((line) => !before.has(line));
}
