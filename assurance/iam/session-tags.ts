import { and, flag, type Formula, or, type Text } from './formula';
import { matches } from './match';
import { literal } from './pattern';
import { ABSENT, type Slot, value } from './request';
import type { Tags } from './world';

/** How the tags of a session come about: `pod` has the tags of Pod Identity and no other, `none` has none, `any` whatever is set. */
export type TagSource = { readonly set: 'any' | 'none' } | { readonly set: 'these'; readonly names: readonly string[] };

/**
 * Tags of a session: those set when it was opened, and behind them the role's own
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html, 2026-11-25: a session's tag takes the place of the role's).
 */
export class SessionTags {
  readonly #asked = new Set<string>();

  constructor(
    readonly source: TagSource,
    readonly roleTags: Tags,
  ) {}

  /** The value set for a tag, which counts only where it is set. */
  value(tag: string): Text {
    return [{ free: `session tag ${tag}` }];
  }

  isSet(tag: string): Formula {
    this.#asked.add(tag);
    if (this.source.set === 'none') return false;
    if (this.source.set === 'these') return this.source.names.includes(tag);
    return flag(`session tag ${tag} is set`);
  }

  /** `aws:RequestTag/<tag>` of the request that opens the session. */
  requested(tag: string): Slot {
    const set = this.isSet(tag);
    return set === false ? ABSENT : { holds: 'one', present: set, text: this.value(tag), name: `session tag ${tag}` };
  }

  /** `aws:PrincipalTag/<tag>` of the session. */
  ofPrincipal(tag: string): Slot {
    const own = this.#own(tag);
    const set = this.isSet(tag);
    if (own === undefined) return this.requested(tag);
    if (set === false) return value(own);
    return { holds: 'one', present: true, text: this.value(tag), name: `session tag ${tag}` };
  }

  /** A tag that was asked about is set when the session opens. */
  someIsSet(): Formula {
    if (this.source.set === 'these') return this.source.names.length > 0;
    return or(...[...this.#asked].map((tag) => this.isSet(tag)));
  }

  /** Where a tag of the role is not set anew, the role's value is the session's. */
  holds(): Formula {
    return and(
      ...[...this.#asked].map((tag) => {
        const own = this.#own(tag);
        if (own === undefined || this.isSet(tag) === false) return true;
        return or(this.isSet(tag), matches(this.value(tag), literal(own)));
      }),
    );
  }

  #own(tag: string): string | undefined {
    return Object.entries(this.roleTags).find(([name]) => name.toLowerCase() === tag)?.[1];
  }
}
