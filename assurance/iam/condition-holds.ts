import { addressOf } from './condition-values';
import { and, type Formula, implies, not, or, type Text } from './formula';
import type { Condition, ConditionValues } from './condition';
import { matches } from './match';
import { NotUnderstood } from './not-understood';
import { numberOf, secondsOf } from './condition-values';
import type { Operator } from './operators';
import { elementSlot, present, type Request, type Slot } from './request';
import { resolved } from './resolve-variables';

const TYPES = { number: 'number', date: 'date', ip: 'ip' } as const;

/**
 * Whether a condition holds of a request. On an absent key a negated operator holds and the others do not; `IfExists` holds;
 * `ForAllValues` holds of no value and `ForAnyValue` does not
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html and
 * reference_policies_condition-single-vs-multi-valued-context-keys.html, 2026-11-25).
 * @throws NotUnderstood where operator and key do not go together, or the key is not known
 */
export function conditionHolds(condition: Condition, request: Request): Formula {
  const { where, key, operator, values } = condition;
  const slot = request.slot(where, key);
  if (values.as === 'absent')
    return or(...values.absent.map((absent) => (absent ? not(present(slot)) : present(slot))));
  checkType(condition, request);
  const one = (element: Slot): Formula => valueHolds(condition, request, element);
  const holds = overValues(operator, slot, one, where, key);
  return operator.ifExists ? implies(present(slot), holds) : holds;
}

function overValues(
  { over, negated, name }: Operator,
  slot: Slot,
  one: (element: Slot) => Formula,
  where: string,
  key: string,
): Formula {
  if (over === 'one') {
    if (slot.holds !== 'one')
      throw new NotUnderstood([
        `${where}: got ${name} on '${key}', which holds several values; allowed ForAnyValue: or ForAllValues:`,
      ]);
    return negated ? implies(slot.present, one(slot)) : and(slot.present, one(slot));
  }
  if (slot.holds === 'one') return over === 'any' ? and(slot.present, one(slot)) : implies(slot.present, one(slot));
  if (slot.holds === 'listed') {
    const each = slot.values.map((text) => one({ holds: 'one', present: true, text: [text], name: '' }));
    return over === 'any' ? or(...each) : and(...each);
  }
  const holds = one(elementSlot(slot.set));
  const some = (such: Formula): Formula => (such === false ? false : { is: 'some', set: slot.set, such });
  return over === 'any' ? some(holds) : not(some(not(holds)));
}

/** Whether one value of the key is as the operator says. */
function valueHolds({ where, operator, values }: Condition, request: Request, slot: Slot): Formula {
  if (slot.holds !== 'one') throw new Error(`${where}: one value was expected`);
  const fits = or(...fitsEach(where, operator, values, request, slot.text, slot.name));
  return operator.negated ? not(fits) : fits;
}

function fitsEach(
  where: string,
  operator: Operator,
  values: ConditionValues,
  request: Request,
  text: Text,
  name: string,
): Formula[] {
  switch (values.as) {
    case 'patterns':
      return values.patterns.flatMap((pattern) =>
        resolved(where, pattern, request, operator.negated).map(({ when, pattern: fixed }) =>
          and(when, matches(text, fixed)),
        ),
      );
    case 'numbers':
      return values.numbers.map((number) => compared(where, operator, number, text, name));
    case 'addresses': {
      const known = knownText(text);
      if (known !== undefined) {
        const address = addressOf(known);
        return values.ranges.map(({ first, last }) => address !== undefined && address >= first && address <= last);
      }
      const at = `${name}#ip`;
      return values.ranges.map(({ first, last }) =>
        and(not({ is: 'number', name: at, relation: '<', value: first }), {
          is: 'number',
          name: at,
          relation: '<=',
          value: last,
        }),
      );
    }
    case 'absent':
      return [];
  }
}

function compared(where: string, { relation, family }: Operator, number: number, text: Text, name: string): Formula {
  const known = knownText(text);
  if (known !== undefined) {
    const got = family === 'date' ? secondsOf(where, known) : numberOf(where, known);
    const order = {
      '=': got === number,
      '<': got < number,
      '<=': got <= number,
      '>': got > number,
      '>=': got >= number,
    };
    return order[relation];
  }
  const at = `${name}#${family}`;
  if (relation === '>') return not({ is: 'number', name: at, relation: '<=', value: number });
  if (relation === '>=') return not({ is: 'number', name: at, relation: '<', value: number });
  return { is: 'number', name: at, relation, value: number };
}

const knownText = (text: Text): string | undefined =>
  text.every((part) => typeof part === 'string') ? text.join('') : undefined;

/** Numbers, dates and addresses are compared as such and as nothing else: what a service reads out of another text is not known. */
function checkType({ where, key, operator }: Condition, request: Request): void {
  const { type } = request.parts.knowledge.key(where, key);
  const as = operator.family in TYPES ? operator.family : 'text';
  if (as === (type === 'bool' ? 'text' : type)) return;
  throw new NotUnderstood([
    `${where}: got ${operator.name} on '${key}', allowed an operator for values of type '${type}'`,
  ]);
}
