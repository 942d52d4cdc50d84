import type { Finding, FindingKind } from '../finding';

/** One thing that keeps a way closed. */
export interface Lock {
  /** What it is, such as `egress policies of tenant-acme` or `admission of pods`. */
  readonly name: string;
  /** What was found instead. @default - the lock holds */
  readonly broken?: string | undefined;
  /** A network policy, which the CNI enforces late and not for every pod: it never counts as the only lock. */
  readonly network?: true;
}

/** A way that nobody declared, and the locks that keep it closed, each meant to be enough alone. */
export interface Way {
  /** Where it would open: cluster and namespace, or object. */
  readonly subject: string;
  /** Who reaches what, such as `pods of tenant acme reach instance metadata`. */
  readonly what: string;
  readonly locks: readonly Lock[];
}

export const lock = (name: string, broken: string | undefined): Lock => ({ name, broken });
export const networkLock = (name: string, broken: string | undefined): Lock => ({ name, broken, network: true });

const list = (words: readonly string[]): string => words.join('; ');

/**
 * What is wrong with a way that must be closed: nothing while every lock holds, and one that is not a network policy is among them.
 * Losing one of several is a finding of its own, since end to end it could not be seen.
 */
export function closedWay({ subject, what, locks }: Way): Finding[] {
  const held = locks.filter(({ broken }) => broken === undefined);
  const lost = locks.flatMap(({ name, broken }) => (broken === undefined ? [] : [`${name}: ${broken}`]));
  if (held.length === 0) {
    const why = lost.length === 0 ? 'no lock is known' : list(lost);
    return [finding('open', subject, `${what}: got open, expected closed; ${why}`)];
  }
  if (lost.length > 0) {
    const left = list(held.map(({ name }) => name));
    const count = `${held.length} of ${locks.length} locks`;
    return [finding('one-lock-left', subject, `${what}: got ${count}, expected all; lost ${list(lost)}; left ${left}`)];
  }
  if (held.every(({ network }) => network === true))
    return [
      finding(
        'one-lock-left',
        subject,
        `${what}: got network policies as the only lock, expected another one; left ${list(held.map(({ name }) => name))}`,
      ),
    ];
  return [];
}

/** What is wrong with a way that is declared: `closedBy` says what closes it, undefined where it is open. */
export function openWay(subject: string, what: string, closedBy: string | undefined): Finding[] {
  return closedBy === undefined ? [] : [finding('closed', subject, `${what}: got closed, expected open; ${closedBy}`)];
}

export function finding(kind: FindingKind, subject: string, message: string): Finding {
  return { proof: 'kubernetes', kind, subject, message };
}
