import type { Resource, Role, Tags } from '../iam/world';
import type { Policy } from '../iam/policy';
import { ANYBODY, type Asker } from './asker';
import { Relevant } from './relevant';

/** Something that an answer depends on, with the names replaced. */
interface Piece {
  /** Of the text without names: the same text has the same number. */
  readonly text: number;
  /** Ids of grants in the order in which they come. */
  readonly grants: readonly string[];
  /** Moments in the order in which they come. */
  readonly moments: readonly string[];
}

const TENANT = '\u0001';
const NAME = '\u0002';
const GRANT = '\u0003';
const MOMENT = '\u0004';
const KEY = '\u0008';
const MOMENTS = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z/g;
/** Milliseconds. */
const DAY = 86_400_000;

/**
 * Knows which questions are the same up to the names of a tenant, of its resource and its key, of grants and of their ends: those have the same answer,
 * since every statement that can have a part in it is the same text after the names are replaced, and nothing else has a part in it.
 */
export class Sameness {
  /** Questions that were not asked because they had been. */
  repeated = 0;
  readonly #relevant: Relevant;
  readonly #grants: RegExp | undefined;
  readonly #asked = new Set<string>();
  /** By whose a resource is, and its ARN. */
  readonly #besides = new Map<string, readonly string[]>();
  readonly #texts = new Map<string, number>();
  readonly #ofResource = new WeakMap<Resource, Map<string, string[]>>();
  readonly #ofRole = new WeakMap<Role, Map<string, string[]>>();
  /** By their texts without names. */
  readonly #own = new Map<string, Piece>();
  /** By tenant and resource. */
  readonly #pieces = new Map<string, Map<string, Piece>>();

  /**
   * @param grants their ids, which are names as tenants' ids are
   * @param beside policies that have a say besides those of roles and resources: of endpoints, and of the organisation
   * @param names what a policy could name of whoever a resource is of
   * @param isToldBy whether some policy looks at a tag, by its key. @default - every one is looked at
   */
  constructor(
    grants: readonly string[],
    readonly beside: readonly Policy[] = [],
    names: (of: string) => readonly string[] = () => [],
    readonly isToldBy: (tag: string) => boolean = () => true,
  ) {
    this.#relevant = new Relevant(names);
    const ids = grants.toSorted((a, b) => b.length - a.length);
    this.#grants = ids.length === 0 ? undefined : new RegExp(`(?<![a-z0-9])(?:${ids.join('|')})(?![a-z0-9])`, 'g');
  }

  /** Whether this is asked for the first time. @param parts all that the answer depends on; who asks comes first */
  isNew(tenant: string, resource: Resource, parts: readonly string[]): boolean {
    const all = [...parts, ...this.#around(tenant, resource)];
    const pieces = this.#piecesOf(tenant, resource);
    const key = this.#key(all.map((part) => pieces(part)));
    if (this.#asked.has(key)) {
      this.repeated += 1;
      return false;
    }
    this.#asked.add(key);
    return true;
  }

  /** All of a resource that can decide about requests of somebody. @param of as of a spot */
  ofResource(of: string, resource: Resource, by: Asker): string[] {
    return kept(this.#ofResource, resource, `${of} ${by.name}`, () => this.#saidOfResource(of, resource, by));
  }

  #saidOfResource(of: string, resource: Resource, by: Asker): string[] {
    const { kind, arn, account, region, policies, tags, aliases, encryptedWith = '' } = resource;
    const about = [kind, arn, account, region, this.#tags(tags), ...aliases, encryptedWith].join('\u0000');
    return [about, ...this.#relevant.ofPolicies(policies, by, resource, of)];
  }

  /** All of a role that can decide about requests of its sessions on a resource, but for which pods get one. */
  ofRole(of: string, role: Role, on: Resource): string[] {
    return kept(this.#ofRole, role, `${of} ${on.arn}`, () => [
      `${role.arn}\u0000${this.#tags(role.tags)}`,
      ...this.#relevant.ofRole(role, on, of),
    ]);
  }

  #tags(tags: Tags): string {
    return JSON.stringify(Object.entries(tags).filter(([key]) => this.isToldBy(key)));
  }

  #around(of: string, resource: Resource): readonly string[] {
    const place = `${of} ${resource.arn}`;
    const known = this.#besides.get(place) ?? this.#relevant.ofPolicies(this.beside, ANYBODY, resource, of);
    this.#besides.set(place, known);
    return known;
  }

  #piecesOf(tenant: string, { name, encryptedWith: key = '' }: Resource): (part: string) => Piece {
    const place = `${tenant} ${name} ${key}`;
    const known = this.#pieces.get(place) ?? new Map<string, Piece>();
    this.#pieces.set(place, known);
    return (part) => {
      const found = known.get(part);
      if (found !== undefined) return found;
      // What the key of a resource is called is made up, as its logical id is.
      const keyed = key === '' ? part : part.replaceAll(key, KEY);
      const own = keyed.replaceAll(name, NAME).replaceAll(tenant, TENANT);
      const piece = this.#own.get(own) ?? this.#pieceOf(own);
      this.#own.set(own, piece);
      known.set(part, piece);
      return piece;
    };
  }

  /** @param own a text without the names of whose it is */
  #pieceOf(own: string): Piece {
    const grants = new Set<string>();
    const moments = new Set<string>();
    const placed = (all: Set<string>, one: string, mark: string): string => {
      all.add(one);
      return `${mark}${[...all].indexOf(one)}${mark}`;
    };
    const withoutGrants =
      this.#grants === undefined ? own : own.replace(this.#grants, (id) => placed(grants, id, GRANT));
    const text = withoutGrants.replace(MOMENTS, (moment) => placed(moments, moment, MOMENT));
    const number = this.#texts.get(text) ?? this.#texts.size;
    this.#texts.set(text, number);
    return { text: number, grants: [...grants], moments: [...moments] };
  }

  /**
   * Grants by the order in which they come, so that two are never taken for one. Moments by which is the earlier, where a day or more lies
   * between any two: then some request comes before, between and after them, whatever they are.
   */
  #key(pieces: readonly Piece[]): string {
    const grants = new Map<string, number>();
    for (const one of pieces) for (const id of one.grants) if (!grants.has(id)) grants.set(id, grants.size);
    const moments = [...new Set(pieces.flatMap((one) => one.moments))].toSorted();
    const apart = moments.every((one, i) => i === 0 || Date.parse(one) - Date.parse(moments[i - 1] ?? '') >= DAY);
    const rank = new Map(moments.map((one, i) => [one, apart ? String(i) : one]));
    return pieces
      .map((one) => {
        const names = one.grants.map((id) => grants.get(id) ?? '').join(',');
        return `${one.text}:${names}:${one.moments.map((moment) => rank.get(moment) ?? '').join(',')}`;
      })
      .join(' ');
  }
}

/** What is found out about something once: types of a resource are asked about one after the other. */
function kept<T extends object>(
  all: WeakMap<T, Map<string, string[]>>,
  about: T,
  name: string,
  find: () => string[],
): string[] {
  const known = all.get(about) ?? new Map<string, string[]>();
  all.set(about, known);
  const found = known.get(name) ?? find();
  known.set(name, found);
  return found;
}
