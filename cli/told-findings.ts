import type { Finding } from '../assurance/finding';
import { counted } from './counted';

/** More are in the files: one template that is opened gives a hundred. */
const MOST = 20;

/**
 * Findings as a person reads them, the worst first as they come: the first of each subject, and how many more it has.
 * @param file where all of them are
 */
export function toldFindings(findings: readonly Finding[], file: string): string[] {
  const bySubject = new Map<string, Finding[]>();
  for (const finding of findings) {
    const same = bySubject.get(finding.subject);
    if (same === undefined) bySubject.set(finding.subject, [finding]);
    else same.push(finding);
  }
  const subjects = [...bySubject.values()];
  const shown = subjects.slice(0, MOST).flatMap(([first, ...rest]) => {
    if (first === undefined) return [];
    const { proof, kind, subject, message } = first;
    const more = rest.length === 0 ? '' : ` (and ${rest.length} more of this subject)`;
    return [`${kind} (${proof}): ${subject}: ${message}${more}`];
  });
  const left = subjects.slice(MOST);
  const others =
    left.length === 0 ? [] : [`and ${counted(left.flat().length, 'finding')} of ${left.length} more subjects`];
  return [
    ...shown,
    ...others,
    ...(findings.length === shown.length ? [] : [`all ${counted(findings.length, 'finding')}: ${file}`]),
  ];
}
