import { elementOf, flag, type Formula, not, or, type Text } from './formula';
import { isListed, type KeyFacts, type Knowledge } from './knowledge';
import { matches } from './match';
import { literal } from './pattern';
import type { Requester } from './requester';

/** What a request says about one context key. */
export type Slot =
  /** One value. `name` begins the names of its open parts. */
  | { readonly holds: 'one'; readonly present: Formula; readonly text: Text; readonly name: string }
  /** Any set of texts, by its name: the key is absent where it is empty. */
  | { readonly holds: 'open set'; readonly set: string }
  | { readonly holds: 'listed'; readonly values: readonly string[] };

export const ABSENT: Slot = { holds: 'one', present: false, text: [''], name: '' };
export const value = (text: string, present: Formula = true): Slot => ({
  holds: 'one',
  present,
  text: [text],
  name: '',
});
/** A key that is there or not, with any value. */
export const open = (name: string, present: Formula = flag(`${name} is there`)): Slot => ({
  holds: 'one',
  present,
  text: [{ free: name }],
  name,
});

/** Whether the key is there. */
export function present(slot: Slot): Formula {
  if (slot.holds === 'one') return slot.present;
  return slot.holds === 'listed' ? slot.values.length > 0 : { is: 'some', set: slot.set, such: true };
}

/** A key that was asked about: what the concrete request has to say about it. */
export interface Asked {
  /** As a policy writes it. */
  readonly key: string;
  readonly facts: KeyFacts;
  readonly slot: Slot;
}

/** What an open value may be, by the type of its key: dates to the end of the year 9999; below 0 stands an address that is not IPv4. */
const RANGES: Readonly<Record<string, readonly [number, number]>> = {
  date: [0, 253_402_300_799],
  ip: [-1, 4_294_967_295],
};

export interface RequestParts {
  readonly knowledge: Knowledge;
  /** Begins the names of open parts, so that two requests of one question have parts of their own. */
  readonly prefix: string;
  readonly requester: Requester;
  readonly resource: Text;
  /** Slots that are not open, by keys in lower case. */
  readonly given: (key: string) => Slot | undefined;
  /** Keys of services that may be there, as patterns. @default - any */
  readonly documented: readonly string[] | undefined;
  /** What statements say of requests that differ in their action only. @default - nothing is kept */
  readonly known?: Map<object, Known>;
}

/** What a statement says of a request, and the keys that it looked at. */
export interface Known<Said = unknown> {
  readonly said: Said;
  readonly keys: readonly string[];
}

/** A symbolic request: who asks is given, and every context key is open unless something fixes it. */
export class Request {
  /** By keys in lower case, in the order in which they were asked about. */
  readonly asked = new Map<string, Asked>();

  #looked: string[] | undefined;

  constructor(readonly parts: RequestParts) {}

  /** What is found out about a request by looking at its keys: once for all requests that differ in their action only. */
  once<Said>(about: object, find: () => Said): Said {
    const { known } = this.parts;
    if (known === undefined) return find();
    const found = known.get(about) as Known<Said> | undefined;
    if (found !== undefined) {
      for (const key of found.keys) this.slot('a request', key);
      return found.said;
    }
    this.#looked = [];
    const said = find();
    known.set(about, { said, keys: this.#looked });
    this.#looked = undefined;
    return said;
  }

  get requester(): Requester {
    return this.parts.requester;
  }

  get resource(): Text {
    return this.parts.resource;
  }

  /**
   * What the request says about a key.
   * @throws NotUnderstood naming a key that no service documents
   */
  slot(where: string, key: string): Slot {
    const lower = key.toLowerCase();
    this.#looked?.push(key);
    const known = this.asked.get(lower);
    if (known !== undefined) return known.slot;
    const facts = this.parts.knowledge.key(where, key);
    const slot = this.parts.given(lower) ?? this.#open(lower, facts);
    this.asked.set(lower, { key, facts, slot });
    return slot;
  }

  /** What has to hold of the open values that were asked about, because of the types of their keys. */
  domains(): Formula[] {
    return [...this.asked.values()].flatMap(({ facts: { type }, slot }) => {
      if (slot.holds !== 'one' || slot.text.every((part) => typeof part === 'string')) return [];
      if (type === 'bool') return [or(matches(slot.text, literal('true')), matches(slot.text, literal('false')))];
      const range = RANGES[type];
      if (range === undefined) return [];
      const name = `${slot.name}#${type}`;
      return [
        not({ is: 'number', name, relation: '<', value: range[0] }),
        { is: 'number', name, relation: '<=', value: range[1] } as const,
      ];
    });
  }

  #open(key: string, facts: KeyFacts): Slot {
    const { documented, prefix } = this.parts;
    if (documented !== undefined && !key.startsWith('aws:') && !isListed(key, documented)) return ABSENT;
    return facts.many ? { holds: 'open set', set: prefix + key } : open(prefix + key);
  }
}

/** The slot of one element of an open set. */
export const elementSlot = (set: string): Slot => open(elementOf(set), true);
