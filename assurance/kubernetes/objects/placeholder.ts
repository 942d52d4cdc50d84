import type { Tenant } from '../../../schema/tenant';

/** Stands for the id of any tenant of a class. No tenant's id and no text of the platform begins like it, which is checked. */
export const PLACEHOLDER = 'zqany';

/**
 * Ids that are not the given one: one that has nothing in common with it, one that it begins, and one that begins it. A rule by
 * prefix, which would let one of the three through, is not a rule by tenant.
 */
export const strangersOf = (id: string): readonly string[] => ['zqother', `${id}-east`, id.slice(0, -1)];

/** The text with the placeholder wherever the whole id stands, bounded by what no id has. */
export function withoutId(text: string, id: string): string {
  return text.includes(id) ? text.replace(new RegExp(`(?<![a-z0-9])${id}(?![a-z0-9])`, 'g'), PLACEHOLDER) : text;
}

/** The tenant as any of its class: the proof then knows no more of it than the class has in common. */
export const anyTenant = (tenant: Tenant): Tenant => ({ ...tenant, id: PLACEHOLDER });

/** Words that YAML reads as something else than text, unless they are quoted: a placeholder would hide that they are not. */
const YAML_WORDS: readonly string[] = ['true', 'false', 'null'];

/** Whether an id is a word of the platform too, so that sameness up to the name says less than it seems to. */
export const isWord = (id: string, platform: string): boolean => YAML_WORDS.includes(id) || platform.includes(id);
