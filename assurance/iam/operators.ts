import { NotUnderstood } from './not-understood';

/** What a condition compares its key's value as. */
export type Family = 'text' | 'arn' | 'bool' | 'number' | 'date' | 'ip' | 'binary' | 'null';

/** A condition operator, taken apart. */
export interface Operator {
  readonly name: string;
  readonly family: Family;
  /** `ForAnyValue:` or `ForAllValues:` before it. */
  readonly over: 'one' | 'any' | 'all';
  /** True where the key is absent, and where no value of the policy fits. */
  readonly negated: boolean;
  readonly ifExists: boolean;
  /** `*` and `?` of the policy's values stand for other characters. */
  readonly wildcards: boolean;
  readonly ignoresCase: boolean;
  /** Of numbers and dates: how the key's value stands to the policy's. */
  readonly relation: '=' | '<' | '<=' | '>' | '>=';
}

type Form = Partial<Omit<Operator, 'name' | 'family' | 'over' | 'ifExists'>> & { readonly family: Family };

const ORDER = {
  Equals: { relation: '=' },
  NotEquals: { relation: '=', negated: true },
  LessThan: { relation: '<' },
  LessThanEquals: { relation: '<=' },
  GreaterThan: { relation: '>' },
  GreaterThanEquals: { relation: '>=' },
} as const;
const ordered = (prefix: string, family: Family): [string, Form][] =>
  Object.entries(ORDER).map(([name, form]) => [`${prefix}${name}`, { family, ...form }]);

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html, 2026-11-25. */
const FORMS: Readonly<Record<string, Form>> = {
  StringEquals: { family: 'text' },
  StringNotEquals: { family: 'text', negated: true },
  StringEqualsIgnoreCase: { family: 'text', ignoresCase: true },
  StringNotEqualsIgnoreCase: { family: 'text', ignoresCase: true, negated: true },
  StringLike: { family: 'text', wildcards: true },
  StringNotLike: { family: 'text', wildcards: true, negated: true },
  ArnEquals: { family: 'arn', wildcards: true },
  ArnLike: { family: 'arn', wildcards: true },
  ArnNotEquals: { family: 'arn', wildcards: true, negated: true },
  ArnNotLike: { family: 'arn', wildcards: true, negated: true },
  Bool: { family: 'bool', ignoresCase: true },
  Null: { family: 'null' },
  BinaryEquals: { family: 'binary' },
  IpAddress: { family: 'ip' },
  NotIpAddress: { family: 'ip', negated: true },
  ...Object.fromEntries([...ordered('Numeric', 'number'), ...ordered('Date', 'date')]),
};

/** Operators by their names in lower case: IAM reads them without regard to case. */
const BY_NAME = new Map(Object.entries(FORMS).map(([name, form]) => [name.toLowerCase(), form]));

/** @throws NotUnderstood naming an operator that is not of the list, or a form of it that does not exist */
export function operatorOf(where: string, name: string): Operator {
  const parts = /^(?:(ForAnyValue|ForAllValues):)?([A-Za-z]+?)(IfExists)?$/i.exec(name);
  const form = BY_NAME.get((parts?.[2] ?? '').toLowerCase());
  if (parts === null || form === undefined || (form.family === 'null' && (parts[1] ?? parts[3]) !== undefined))
    throw new NotUnderstood([`${where}: got the operator '${name}', allowed ${Object.keys(FORMS).join(', ')}`]);
  const set = parts[1]?.toLowerCase();
  return {
    negated: false,
    wildcards: false,
    ignoresCase: false,
    relation: '=',
    ...form,
    name,
    over: set === undefined ? 'one' : set === 'foranyvalue' ? 'any' : 'all',
    ifExists: parts[3] !== undefined,
  };
}
