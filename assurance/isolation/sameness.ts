import { grantInSid } from '../../schema/access-names';
import type { Policy } from '../iam/policy';
import type { Resource, Role } from '../iam/world';
import type { TemplateResource } from '../output/cloud-assembly';

const TENANT = '\u0001';
const NAME = '\u0002';
const GRANT = '\u0003';
const END = '\u0004';
const MOMENT = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z/g;

/**
 * Knows which questions are the same up to the name of a tenant and of its resource: those have the same answer, since every policy that has a
 * part in it is the same text after the names are replaced, and nothing else has a part in it.
 */
export class Sameness {
  readonly #texts = new Map<string, string>();
  readonly #asked = new Set<string>();
  /** Questions that were not asked because they had been. */
  repeated = 0;

  readonly #grants: RegExp | undefined;

  /**
   * @param template what stands in a template at a place such as `prod-us-tenant-acme/Role`
   * @param grants ids of grants, which are names as tenants' ids are
   */
  constructor(
    readonly template: (place: string) => TemplateResource | undefined,
    grants: readonly string[],
  ) {
    // As a Sid has them, hyphens are an X.
    const names = grants.flatMap((id) => [id, grantInSid(id)]).toSorted((a, b) => b.length - a.length);
    this.#grants =
      names.length === 0
        ? undefined
        : new RegExp(`(?<![a-z0-9])(?:${names.join('|')})(?![a-z0-9])|(?<=Grant)(?:${names.join('|')})(?=[A-Z])`, 'g');
  }

  /** Whether this is asked for the first time. @param parts all that the answer depends on */
  isNew(tenant: string, resource: Resource, parts: readonly string[]): boolean {
    const text = this.#canonical(parts.join('\u0000').replaceAll(resource.name, NAME).replaceAll(tenant, TENANT));
    if (this.#asked.has(text)) {
      this.repeated += 1;
      return false;
    }
    this.#asked.add(text);
    return true;
  }

  /**
   * Grants by the order in which they come, so that two are never taken for one; their end, where all that is said has the same: of several
   * moments it matters which is the earlier.
   */
  #canonical(text: string): string {
    const order = new Map<string, number>();
    const renamed =
      this.#grants === undefined
        ? text
        : text.replace(this.#grants, (name) => {
            const id = name.replaceAll('X', '-');
            if (!order.has(id)) order.set(id, order.size);
            return `${GRANT}${order.get(id) ?? 0}${GRANT}`;
          });
    const moments = new Set(renamed.match(MOMENT));
    return moments.size === 1 ? renamed.replace(MOMENT, END) : renamed;
  }

  /** All of a resource that decides about requests. */
  ofResource({ kind, arn, account, region, policies, tags, aliases, encryptedWith = '' }: Resource): string {
    return [
      kind,
      arn,
      account,
      region,
      JSON.stringify(tags),
      ...aliases,
      encryptedWith,
      this.#ofPolicies(policies),
    ].join('\u0000');
  }

  /** All of a role that decides about requests of its sessions, but for which pods get one. */
  ofRole({ arn, tags, trust, policies, boundary }: Role): string {
    const all = [trust, ...policies, ...(boundary === undefined ? [] : [boundary])];
    return [arn, JSON.stringify(tags), this.#ofPolicies(all)].join('\u0000');
  }

  #ofPolicies(policies: readonly Policy[]): string {
    const places = policies.map(({ where }) => /^[^/]+\/\w+/.exec(where)?.[0] ?? where);
    return [...new Set(places)].map((place) => this.#text(place)).join('\u0000');
  }

  /** What the template says of the resource that a policy stands in; a policy of AWS's is known by its name. */
  #text(place: string): string {
    const known = this.#texts.get(place);
    if (known !== undefined) return known;
    const resource = this.template(place);
    const text = resource === undefined ? place : JSON.stringify([resource.Type, resource.Properties]);
    this.#texts.set(place, text);
    return text;
  }
}
