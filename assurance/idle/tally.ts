import type { Finding, FindingKind } from '../finding';
import type { FreeRow, IdleLine, IdleShare, UnmeasuredRow } from './bill';
import type { Prices } from './prices';

interface Sum {
  readonly scope: IdleLine['scope'];
  readonly what: string;
  readonly price: string;
  readonly resources: string[];
  readonly shares: Map<string, IdleShare>;
  quantity: number;
}

/** Whose something is that is paid. */
export interface Place extends Pick<IdleShare, 'owner' | 'cluster'> {
  readonly tenant: string | undefined;
}

/** Adds up what is found, and says which prices are missing. */
export class Tally {
  readonly findings: Finding[] = [];
  private readonly sums = new Map<string, Sum>();
  private readonly unmeasured = new Map<string, { prices: readonly string[]; resources: string[] }>();
  private readonly free = new Map<string, { type: string; because: string; count: number }>();
  private readonly tenants = new Map<string, number>();
  private rotations = 0;

  constructor(private readonly prices: Prices) {}

  report(subject: string, kind: FindingKind, message: string): void {
    this.findings.push({ proof: 'idle', kind, subject, message });
  }

  /** @param rotates whether its price comes twice more, with the first two rotations */
  charge(
    subject: string,
    { tenant, owner, cluster }: Place,
    price: string,
    quantity: number,
    what: string,
    rotates = false,
  ): void {
    const { usd } = this.prices.prices[price] ?? {};
    if (usd === undefined) {
      const file = `assurance/idle/prices/${this.prices.region}.json`;
      this.report(
        subject,
        'not-understood',
        `got no price of '${price}' in ${this.prices.region}, expected one in ${file}`,
      );
      return;
    }
    const scope = tenant === undefined ? 'platform' : 'tenants';
    const key = [scope, price, what].join('\n');
    const sum = this.sums.get(key) ?? {
      scope,
      what,
      price,
      resources: [],
      shares: new Map<string, IdleShare>(),
      quantity: 0,
    };
    sum.quantity += quantity;
    const whose = `${cluster}\n${owner}`;
    sum.shares.set(whose, { owner, cluster, quantity: (sum.shares.get(whose)?.quantity ?? 0) + quantity });
    sum.resources.push(subject);
    this.sums.set(key, sum);
    if (rotates) this.rotations += 2 * quantity * usd;
    if (tenant !== undefined) this.tenants.set(tenant, (this.tenants.get(tenant) ?? 0) + quantity * usd);
  }

  countFree(type: string, because: string): void {
    const key = [type, because].join('\n');
    const row = this.free.get(key) ?? { type, because, count: 0 };
    row.count += 1;
    this.free.set(key, row);
  }

  countUnmeasured(subject: string, what: string, prices: readonly string[]): void {
    const row = this.unmeasured.get(what) ?? { prices, resources: [] };
    row.resources.push(subject);
    this.unmeasured.set(what, row);
  }

  lines(): IdleLine[] {
    return [...this.sums.values()].flatMap(({ scope, what, price, resources, shares, quantity }) => {
      const known = this.prices.prices[price];
      if (known === undefined) return [];
      const { unit, usd, sure } = known;
      const monthlyUsd = rounded(quantity * usd);
      const owned = { shares: [...shares.values()] };
      return [{ scope, what, resources, quantity, price, unit, usdPerUnit: usd, sure, monthlyUsd, ...owned }];
    });
  }

  /** What the lines will be more, a month, after two rotations of every key that rotates. */
  afterRotations(): number {
    return this.rotations;
  }

  tenantsUsd(ids: readonly string[]): { tenant: string; monthlyUsd: number }[] {
    return ids.map((tenant) => ({ tenant, monthlyUsd: rounded(this.tenants.get(tenant) ?? 0) }));
  }

  unmeasuredRows(): UnmeasuredRow[] {
    return [...this.unmeasured].map(([what, { prices, resources }]) => ({
      what,
      resources,
      prices: prices.flatMap((price) => {
        const known = this.prices.prices[price];
        return known === undefined ? [] : [{ price, unit: known.unit, usdPerUnit: known.usd }];
      }),
    }));
  }

  freeRows(): FreeRow[] {
    return [...this.free.values()];
  }
}

/** Hundredths of a cent: below that lie only the errors of adding. */
export const rounded = (usd: number): number => Math.round(usd * 10_000) / 10_000;
