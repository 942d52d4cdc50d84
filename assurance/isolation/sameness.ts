import type { Policy } from '../iam/policy';
import type { Resource, Role } from '../iam/world';
import type { Stack } from '../output/cloud-assembly';

const TENANT = '\u0001';
const NAME = '\u0002';

/**
 * Knows which questions are the same up to the name of a tenant and of its resource: those have the same answer, since every policy that has a
 * part in it is the same text after the names are replaced, and nothing else has a part in it.
 */
export class Sameness {
  readonly #stacks: ReadonlyMap<string, Stack>;
  readonly #texts = new Map<string, string>();
  readonly #asked = new Set<string>();
  /** Questions that were not asked because they had been. */
  repeated = 0;

  constructor(stacks: readonly Stack[]) {
    this.#stacks = new Map(stacks.map((stack) => [stack.name, stack]));
  }

  /** Whether this is asked for the first time. @param parts all that the answer depends on */
  isNew(tenant: string, resource: Resource, parts: readonly string[]): boolean {
    const text = parts.join('\u0000').replaceAll(resource.name, NAME).replaceAll(tenant, TENANT);
    if (this.#asked.has(text)) {
      this.repeated += 1;
      return false;
    }
    this.#asked.add(text);
    return true;
  }

  /** All of a resource that decides about requests. */
  ofResource({ kind, arn, account, region, policies, tags, aliases }: Resource): string {
    return [kind, arn, account, region, JSON.stringify(tags), ...aliases, this.#ofPolicies(policies)].join('\u0000');
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
    const [stack = '', id = ''] = place.split('/');
    const resource = this.#stacks.get(stack)?.template().Resources[id];
    const text = resource === undefined ? place : JSON.stringify([resource.Type, resource.Properties]);
    this.#texts.set(place, text);
    return text;
  }
}
