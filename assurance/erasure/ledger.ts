import type { Finding, FindingKind } from '../finding';
import type { EmptyRow, HoldingRow } from './coverage';

/** What was found, row by row. */
export class Ledger {
  readonly findings: Finding[] = [];
  readonly holdings: HoldingRow[] = [];
  resources = 0;
  private readonly empty = new Map<string, EmptyRow>();

  report(subject: string, kind: FindingKind, message: string): void {
    this.findings.push({ proof: 'erasure', kind, subject, message });
  }

  countEmpty(type: string, because: string): void {
    const key = `${type} ${because}`;
    this.empty.set(key, { type, because, count: (this.empty.get(key)?.count ?? 0) + 1 });
  }

  empties(): EmptyRow[] {
    return [...this.empty.values()];
  }
}
