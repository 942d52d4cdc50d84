import type { FindingKind } from '../finding';
import type { Stack, TemplateResource } from '../output/cloud-assembly';
import { tags } from '../../schema/names';
import type { ClusterName } from '../../schema/vocabulary';
import { at, listOf, type Values } from '../output/values';
import type { Tally } from './tally';

/** One resource or object that is priced. What is found about it goes into the tally. */
export class Billed {
  constructor(
    private readonly tally: Tally,
    readonly subject: string,
    readonly type: string,
    /** Whose stack or file it is in. */
    readonly tenant: string | undefined,
    /** Properties of a resource, or a whole object. */
    readonly values: Values,
    /** In whose account it is paid. */
    readonly cluster: ClusterName,
    /** Whether a ScaledObject beside it says how many pods it has, and none without work. @default false */
    readonly scaledFromNone = false,
  ) {}

  /** As the tag `atoll:owner` writes it; a tenant's stack and file are its own whatever is tagged. */
  private get owner(): string {
    if (this.tenant !== undefined) return `tenant/${this.tenant}`;
    const owner = listOf(this.values['Tags']).find((tag) => at(tag, 'Key') === tags.owner);
    const value = at(owner, 'Value');
    return typeof value === 'string' && value.startsWith('team/') ? value : 'platform';
  }

  report(kind: FindingKind, message: string): void {
    this.tally.report(this.subject, kind, message);
  }

  charge(price: string, quantity: number, what: string, rotates = false): void {
    const place = { tenant: this.tenant, owner: this.owner, cluster: this.cluster };
    this.tally.charge(this.subject, place, price, quantity, what, rotates);
  }

  free(because: string): void {
    this.tally.countFree(this.type, because);
  }

  unmeasured(what: string, prices: readonly string[]): void {
    this.tally.countUnmeasured(this.subject, what, prices);
  }
}

/** A resource with the stack that it is in. */
export class BilledResource extends Billed {
  constructor(
    tally: Tally,
    readonly stack: Stack,
    id: string,
    resource: TemplateResource,
    tenant: string | undefined,
    cluster: ClusterName,
  ) {
    super(tally, `${stack.id}/${id}`, resource.Type, tenant, resource.Properties ?? {}, cluster);
  }
}
