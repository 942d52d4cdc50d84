import { NotUnderstood } from './not-understood';

/** Any number of characters or exactly one. A segment is what stands between two colons of an ARN. */
export interface Wild {
  readonly wild: 'many' | 'one';
  readonly of: 'any' | 'segment' | 'digit';
}

/** `${key}` or `${key, 'default'}` of a policy: the value of a context key. */
export interface PolicyVariable {
  readonly variable: string;
  readonly otherwise?: string;
}

/** A text that the request leaves open, by the name of its variable. */
export interface Free {
  readonly free: string;
  /** It holds no colon. @default false */
  readonly segment?: true;
}

/** One character as it stands, or what stands for others. */
export type Unit = string | Wild | PolicyVariable | Free;

/** What a text is compared with, anchored at both ends. */
export interface Pattern {
  readonly units: readonly Unit[];
  /** Upper and lower case are the same. */
  readonly ignoresCase: boolean;
}

export const MANY: Wild = { wild: 'many', of: 'any' };
export const ONE: Wild = { wild: 'one', of: 'any' };

export const isWild = (unit: Unit): unit is Wild => typeof unit === 'object' && 'wild' in unit;
export const isFree = (unit: Unit): unit is Free => typeof unit === 'object' && 'free' in unit;
export const isVariable = (unit: Unit): unit is PolicyVariable => typeof unit === 'object' && 'variable' in unit;

/** A pattern with a text in the place of each open one, by its name. */
export const filledIn = (pattern: Pattern, text: (name: string) => string): Pattern => ({
  ...pattern,
  units: pattern.units.flatMap((unit) => (isFree(unit) ? Array.from(text(unit.free)) : [unit])),
});

/** A text in which nothing stands for anything else. */
export const literal = (text: string, ignoresCase = false): Pattern => ({ units: Array.from(text), ignoresCase });

export interface PatternForm {
  /** `*` and `?` stand for other characters. @default true */
  readonly wildcards?: boolean;
  /** `${…}` stands for the value of a context key: from version 2012-10-17 of the policy language on. @default true */
  readonly variables?: boolean;
  /** @default false */
  readonly ignoresCase?: boolean;
}

/**
 * Reads a value of a policy. `${*}`, `${?}` and `${$}` stand for the characters themselves
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html, 2026-11-25).
 * @throws NotUnderstood where a variable is not closed or has a form that is not described there
 */
export function patternOf(where: string, source: string, form: PatternForm = {}): Pattern {
  const { wildcards = true, variables = true, ignoresCase = false } = form;
  const units: Unit[] = [];
  for (let at = 0; at < source.length;) {
    if (variables && source.startsWith('${', at)) {
      const end = source.indexOf('}', at);
      if (end < 0) throw new NotUnderstood([`${where}: got '${source}', allowed a variable that is closed by '}'`]);
      units.push(variableOf(where, source.slice(at + 2, end)));
      at = end + 1;
      continue;
    }
    const char = String.fromCodePoint(source.codePointAt(at) ?? 0);
    units.push(wildcards && char === '*' ? MANY : wildcards && char === '?' ? ONE : char);
    at += char.length;
  }
  return { units: withoutRepeatedMany(units), ignoresCase };
}

function variableOf(where: string, inner: string): Unit {
  if (inner === '*' || inner === '?' || inner === '$') return inner;
  const parts = /^([A-Za-z0-9-]+:[^,'{}\s]+)(?:,\s*'([^']*)')?$/.exec(inner);
  if (parts === null) throw new NotUnderstood([`${where}: got the variable \${${inner}}, allowed \${service:key}`]);
  const [, variable = '', otherwise] = parts;
  return otherwise === undefined ? { variable } : { variable, otherwise };
}

const withoutRepeatedMany = (units: readonly Unit[]): Unit[] =>
  units.filter((unit, i) => !(isMany(unit) && i > 0 && isMany(units[i - 1] ?? '')));
const isMany = (unit: Unit): boolean => isWild(unit) && unit.wild === 'many';

/** The pattern as it was written, for a reader. */
export const shown = (pattern: Pattern): string =>
  pattern.units
    .map((unit) => {
      if (typeof unit === 'string') return unit;
      if (isWild(unit)) return unit.wild === 'many' ? '*' : '?';
      return isFree(unit) ? `<${unit.free}>` : `\${${unit.variable}}`;
    })
    .join('');

/** The pattern as a text that no other pattern has: what stands for others is apart from the same characters as they stand. */
export const patternKey = ({ units, ignoresCase }: Pattern): string =>
  (ignoresCase ? '\u0005' : '') +
  units
    .map((unit) => {
      if (typeof unit === 'string') return unit;
      if (isWild(unit)) return `\u0006${unit.wild} ${unit.of}\u0006`;
      return isVariable(unit)
        ? `\u0006${unit.variable} ${unit.otherwise ?? '\u0007'}\u0006`
        : `\u0006free ${unit.free}\u0006`;
    })
    .join('');

/**
 * The same pattern by the rules of ARN conditions: each of the six parts that colons separate is compared by itself, and only the
 * last may hold colons (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN,
 * 2026-11-25).
 * @throws NotUnderstood where the pattern has fewer than six parts
 */
export function arnPattern(where: string, pattern: Pattern): Pattern {
  let colons = 0;
  const units = pattern.units.map((unit): Unit => {
    if (unit === ':') colons++;
    return isWild(unit) && colons < 5 ? { wild: unit.wild, of: 'segment' } : unit;
  });
  if (colons < 5)
    throw new NotUnderstood([`${where}: got '${shown(pattern)}', allowed an ARN of six parts separated by colons`]);
  return { units, ignoresCase: pattern.ignoresCase };
}
