import { addressText } from './condition-values';
import type { Formula, Text } from './formula';
import type { Context } from './query';
import type { Asked, Request } from './request';
import type { Model } from './solver';
import { element, hasElement } from './unfold';

/** A text with the values of a model in its open parts; a part that no condition speaks of is any text. */
export const textIn = (text: Text, model: Model): string =>
  text.map((part) => (typeof part === 'string' ? part : String(model.get(part.free) ?? 'x'))).join('');

/** The keys that a request was asked about, with the values of a model. */
export function contextIn(request: Request, model: Model): Context {
  return Object.fromEntries(
    [...request.asked.values()].flatMap((asked): [string, string | readonly string[]][] => {
      const found = valueIn(asked, model);
      return found === undefined ? [] : [[asked.key, found]];
    }),
  );
}

function valueIn({ slot, facts }: Asked, model: Model): string | readonly string[] | undefined {
  if (slot.holds === 'listed') return slot.values.length === 0 ? undefined : slot.values;
  if (slot.holds === 'open set') {
    const values: string[] = [];
    for (let i = 0; model.has(hasElement(slot.set, i)); i++)
      if (model.get(hasElement(slot.set, i)) === true) values.push(String(model.get(element(slot.set, i)) ?? 'x'));
    return values.length === 0 ? undefined : values;
  }
  if (!isTrue(slot.present, model)) return undefined;
  if (slot.text.every((part) => typeof part === 'string')) return textIn(slot.text, model);
  const number = (otherwise: number): number => Number(model.get(`${slot.name}#${facts.type}`) ?? otherwise);
  switch (facts.type) {
    case 'number':
      return String(number(1));
    case 'date':
      // The first second of 2027 where no condition speaks of it.
      return new Date(number(1_798_761_600) * 1000).toISOString().replace('.000Z', 'Z');
    case 'ip': {
      const address = number(167_772_161);
      return address < 0 ? '2001:db8::1' : addressText(address);
    }
    case 'bool':
    case 'text':
      return textIn(slot.text, model);
  }
}

function isTrue(formula: Formula, model: Model): boolean {
  if (typeof formula === 'boolean') return formula;
  switch (formula.is) {
    case 'flag':
      return model.get(formula.name) === true;
    case 'not':
      return !isTrue(formula.part, model);
    case 'and':
      return formula.parts.every((part) => isTrue(part, model));
    case 'or':
      return formula.parts.some((part) => isTrue(part, model));
    default:
      throw new Error(`whether a key is there does not depend on a comparison, got ${formula.is}`);
  }
}
