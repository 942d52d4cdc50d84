import { isValues } from '../output/values';
import { addresses, type AddressRange, numberOf, secondsOf } from './condition-values';
import { NotUnderstood, together } from './not-understood';
import { operatorOf, type Operator } from './operators';
import { arnPattern, literal, type Pattern, patternOf } from './pattern';

/** The values of one condition, as its operator reads them. */
export type ConditionValues =
  | { readonly as: 'patterns'; readonly patterns: readonly Pattern[] }
  /** Numbers, or seconds since 1970 for dates. */
  | { readonly as: 'numbers'; readonly numbers: readonly number[] }
  | { readonly as: 'addresses'; readonly ranges: readonly AddressRange[] }
  /** Whether the key has to be absent. */
  | { readonly as: 'absent'; readonly absent: readonly boolean[] };

/** One operator over one key: all conditions of a statement must hold, and for each of them any of its values. */
export interface Condition {
  readonly where: string;
  readonly operator: Operator;
  /** Context key as it was written; keys are compared without regard to case. */
  readonly key: string;
  readonly values: ConditionValues;
}

/** A `Condition` element: operators, keys, values. */
export type ConditionBlock = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * Reads a `Condition` element.
 * @param variables whether `${…}` stands for the value of a key
 * @throws NotUnderstood naming all operators, keys and values that are not known
 */
export function conditionsOf(where: string, block: unknown, variables: boolean): Condition[] {
  if (!isValues(block)) throw new NotUnderstood([`${where}: got ${JSON.stringify(block)}, allowed an object`]);
  return together(
    Object.entries(block).map(([name, keys]) => () => {
      const at = `${where}.${name}`;
      const operator = operatorOf(at, name);
      if (!isValues(keys)) throw new NotUnderstood([`${at}: got ${JSON.stringify(keys)}, allowed an object of keys`]);
      return together(
        Object.entries(keys).map(([key, value]) => () => {
          if (!/^[A-Za-z0-9-]+:\S+$/.test(key))
            throw new NotUnderstood([`${at}: got the key '${key}', allowed service:key`]);
          return { where: `${at}.${key}`, operator, key, values: valuesOf(`${at}.${key}`, operator, value, variables) };
        }),
      );
    }),
  ).flat();
}

function valuesOf(where: string, operator: Operator, value: unknown, variables: boolean): ConditionValues {
  const values = (Array.isArray(value) ? (value as unknown[]) : [value]).map((one) => textOf(where, one));
  if (values.length === 0) throw new NotUnderstood([`${where}: got no value, allowed at least one`]);
  switch (operator.family) {
    case 'null':
      return { as: 'absent', absent: values.map((one) => boolOf(where, one)) };
    case 'bool':
      return { as: 'patterns', patterns: values.map((one) => literal(String(boolOf(where, one)), true)) };
    case 'binary':
      return { as: 'patterns', patterns: values.map((one) => literal(one)) };
    case 'number':
      return { as: 'numbers', numbers: values.map((one) => numberOf(where, one)) };
    case 'date':
      return { as: 'numbers', numbers: values.map((one) => secondsOf(where, one)) };
    case 'ip':
      return { as: 'addresses', ranges: values.map((one) => addresses(where, one)) };
    case 'arn':
      return {
        as: 'patterns',
        patterns: values.map((one) => arnPattern(where, patternOf(where, one, { variables }))),
      };
    case 'text': {
      const { wildcards, ignoresCase } = operator;
      const form = { wildcards, ignoresCase, variables };
      return { as: 'patterns', patterns: values.map((one) => patternOf(where, one, form)) };
    }
  }
}

function textOf(where: string, value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new NotUnderstood([`${where}: got ${JSON.stringify(value)}, allowed a string, a number or a boolean`]);
}

function boolOf(where: string, value: string): boolean {
  const lower = value.toLowerCase();
  if (lower === 'true' || lower === 'false') return lower === 'true';
  throw new NotUnderstood([`${where}: got '${value}', allowed true or false`]);
}
