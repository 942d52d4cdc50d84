import type { Environment } from '../../schema/model';
import { tags } from '../../schema/names';
import type { Tenant } from '../../schema/tenant';
import type { FindingKind } from '../finding';
import type { Stack, TemplateResource } from '../output/cloud-assembly';
import { at, isValues, listOf, shown, type Values } from '../output/values';
import type { HoldingRow } from './coverage';
import type { Erasers } from './eraser';
import type { Ledger } from './ledger';

/** What every judgement of an environment shares. */
export interface Shared {
  readonly environment: Environment;
  readonly erasers: Erasers;
  /** Properties of all buckets of the output, by their names. */
  readonly buckets: ReadonlyMap<string, Values>;
  readonly ledger: Ledger;
}

/** One resource that is judged. What is found about it goes into the ledger. */
export class Case {
  readonly environment: Environment;
  readonly erasers: Erasers;
  readonly buckets: ReadonlyMap<string, Values>;
  readonly properties: Values;

  constructor(
    private readonly shared: Shared,
    readonly stack: Stack,
    readonly id: string,
    private readonly resource: TemplateResource,
    /** Whose stack it is in. */
    readonly tenant: Tenant | undefined,
  ) {
    this.environment = shared.environment;
    this.erasers = shared.erasers;
    this.buckets = shared.buckets;
    this.properties = resource.Properties ?? {};
  }

  report(kind: FindingKind, message: string): void {
    this.shared.ledger.report(`${this.stack.id}/${this.id}`, kind, message);
  }

  holding(row: Pick<HoldingRow, 'tenants' | 'holds' | 'endings'>): void {
    this.shared.ledger.holdings.push({ subject: `${this.stack.id}/${this.id}`, type: this.resource.Type, ...row });
  }

  empty(because: string): void {
    this.shared.ledger.countEmpty(this.resource.Type, because);
  }
}

export type Judge = (subject: Case) => void;

/** What never holds a tenant's data. */
export const empty =
  (because: string): Judge =>
  (subject) => {
    subject.empty(because);
  };

/**
 * The tenant that a resource of a tenant's stack names by its tag and by its own name; a finding where they differ.
 * @param names what its name may be
 */
export function namesTenant(subject: Case, property: string, names: readonly string[]): boolean {
  const { tenant, properties } = subject;
  if (tenant === undefined) return false;
  const tag = listOf(properties['Tags']).find((each) => at(each, 'Key') === tags.tenant);
  const tagged = isValues(tag) ? tag['Value'] : undefined;
  if (tagged !== tenant.id) {
    subject.report(
      'unnamed',
      `tag ${tags.tenant}: got ${shown(tagged)}, expected '${tenant.id}': whose data it is must show`,
    );
    return false;
  }
  if (property === '') return true;
  const name = properties[property];
  if (typeof name === 'string' && names.includes(name)) return true;
  const expected = names.map((each) => `'${each}'`).join(' or ');
  subject.report('unnamed', `${property}: got ${shown(name)}, expected ${expected}: the eraser finds it by its name`);
  return false;
}

/** The document of a policy of the same stack that is attached to this resource; nothing where there is none. */
export function policyOf({ stack, id }: Case, type: string, property: string, name: unknown): unknown {
  for (const policy of Object.values(stack.template().Resources)) {
    if (policy.Type !== type) continue;
    const targets = listOf(policy.Properties?.[property]);
    if (targets.some((target) => target === name || at(target, 'Ref') === id))
      return policy.Properties?.['PolicyDocument'];
  }
  return undefined;
}
