import type { Finding } from '../finding';
import { PLACEHOLDER, strangersOf } from './objects/placeholder';

const [UNLIKE = '', , BEGINNING = ''] = strangersOf(PLACEHOLDER);

/** A finding about any tenant of a class, in the words of its first: the names that stood for others are told apart by theirs. */
export function like(found: Finding, first: string, members: number): Finding {
  const spelled = (text: string): string =>
    text
      .replaceAll(PLACEHOLDER, first)
      .replaceAll(UNLIKE, 'another')
      .replace(new RegExp(`(?<![a-z0-9])${BEGINNING}(?![a-z0-9])`, 'g'), first.slice(0, -1));
  const others = members > 1 ? ` (and ${members - 1} like it)` : '';
  return { ...found, subject: `${spelled(found.subject)}${others}`, message: spelled(found.message) };
}
