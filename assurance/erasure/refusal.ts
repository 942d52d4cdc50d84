import { isValues, listOf, shown, type Values } from '../output/values';
import { fits } from '../output/glob';

/**
 * One call, and who makes it. `context` has the values of condition keys that the call is known to carry, and `absent` those that it is
 * known not to carry; any other key makes a condition unknown.
 */
export interface Call {
  readonly caller: Caller;
  readonly action: string;
  readonly resource: string;
}

export interface Caller {
  readonly principal: string;
  readonly context: Readonly<Record<string, string>>;
  /** Keys, or patterns of them. */
  readonly absent: readonly string[];
}

/** What a policy says to a call. `unknown` names what cannot be told; whoever asks takes it for the worse. */
export type Answer = { readonly says: 'yes' | 'no' } | { readonly says: 'unknown'; readonly because: string };

const YES: Answer = { says: 'yes' };
const NO: Answer = { says: 'no' };

/** The name of the first statement by which a resource's policy denies the call, or may deny it. Nothing where none does. */
export function denial(policy: unknown, call: Call): { readonly sid: string; readonly unknown?: string } | undefined {
  for (const { statement, condition } of deniesOf(policy, call.caller)) {
    const answer = applies(statement, condition, call, YES);
    if (answer.says === 'no') continue;
    const named = statement['Sid'];
    const sid = typeof named === 'string' ? named : 'a statement without a Sid';
    return 'because' in answer ? { sid, unknown: answer.because } : { sid };
  }
  return undefined;
}

/** Whether a policy's own statements allow the call, by a principal of the account or by name. */
export const allows = (policy: unknown, call: Call): boolean =>
  statementsOf(policy).some(
    (statement) =>
      statement['Effect'] === 'Allow' &&
      applies(statement, conditionHolds(statement['Condition'], call.caller), call, NO).says === 'yes',
  );

interface Live {
  readonly statement: Values;
  readonly condition: Answer;
}

const live = new WeakMap<Caller, WeakMap<object, readonly Live[]>>();

/** The statements that may deny a caller anything, by their conditions; told once for all calls of a caller. */
function deniesOf(policy: unknown, caller: Caller): readonly Live[] {
  if (!isValues(policy)) return [];
  const known = live.get(caller) ?? new WeakMap<object, readonly Live[]>();
  live.set(caller, known);
  const found =
    known.get(policy) ??
    statementsOf(policy)
      .filter((statement) => statement['Effect'] === 'Deny')
      .map((statement) => ({ statement, condition: conditionHolds(statement['Condition'], caller) }))
      .filter(({ condition }) => condition.says !== 'no');
  known.set(policy, found);
  return found;
}

const statementsOf = (policy: unknown): Values[] =>
  listOf(isValues(policy) ? policy['Statement'] : undefined).filter(isValues);

/** @param unclear what a resource or a principal that is no text counts as */
function applies(statement: Values, condition: Answer, call: Call, unclear: Answer): Answer {
  if (condition.says === 'no' || !actionFits(statement, call.action)) return NO;
  for (const part of [resourceFits(statement, call.resource, unclear), principalFits(statement, call.caller, unclear)])
    if (part.says === 'no') return NO;
  return condition;
}

function actionFits(statement: Values, action: string): boolean {
  const wanted = action.toLowerCase();
  const among = (field: string): boolean =>
    listOf(statement[field]).some((pattern) => fits(String(pattern).toLowerCase(), wanted));
  return statement['NotAction'] === undefined ? among('Action') : !among('NotAction');
}

function resourceFits(statement: Values, resource: string, unclear: Answer): Answer {
  const negated = statement['NotResource'] !== undefined;
  const patterns = listOf(statement[negated ? 'NotResource' : 'Resource']);
  if (patterns.some((pattern) => typeof pattern === 'string' && fits(pattern, resource))) return negated ? NO : YES;
  if (patterns.some((pattern) => typeof pattern !== 'string')) return unclear;
  return negated ? YES : NO;
}

function principalFits(statement: Values, { principal, context }: Caller, unclear: Answer): Answer {
  if (statement['NotPrincipal'] !== undefined) return unclear;
  const named = statement['Principal'];
  if (named === '*') return YES;
  if (!isValues(named)) return unclear;
  const account = context['aws:PrincipalAccount'] ?? '';
  const own = ['*', principal, account, `arn:aws:iam::${account}:root`];
  const principals = listOf(named['AWS']);
  if (principals.some((each) => own.includes(String(each)))) return YES;
  return principals.some((each) => typeof each !== 'string') ? unclear : NO;
}

/** One false part makes the whole false, whatever else is unknown. */
function conditionHolds(condition: unknown, caller: Caller): Answer {
  let found: Answer = YES;
  for (const [operator, keys] of Object.entries(isValues(condition) ? condition : {})) {
    for (const [key, values] of Object.entries(isValues(keys) ? keys : {})) {
      const answer = holds(operator, key, listOf(values), caller);
      if (answer.says === 'no') return NO;
      if (answer.says === 'unknown') found = answer;
    }
  }
  return found;
}

const equal = (expected: string, got: string): boolean => expected === got;
const numbers =
  (compare: (got: number, expected: number) => boolean) =>
  (expected: string, got: string): boolean =>
    compare(Number(got), Number(expected));

/** Operators by their comparison, and whether they are negated. Any other is unknown. */
const OPERATORS: Readonly<Record<string, readonly [(expected: string, got: string) => boolean, boolean]>> = {
  StringEquals: [equal, false],
  StringNotEquals: [equal, true],
  StringLike: [fits, false],
  StringNotLike: [fits, true],
  ArnEquals: [fits, false],
  ArnLike: [fits, false],
  ArnNotEquals: [fits, true],
  ArnNotLike: [fits, true],
  Bool: [equal, false],
  NumericLessThan: [numbers((got, expected) => got < expected), false],
};

function holds(operator: string, key: string, values: readonly unknown[], caller: Caller): Answer {
  const got = caller.context[key];
  const absent = got === undefined && caller.absent.some((pattern) => fits(pattern, key));
  if (got === undefined && !absent) return { says: 'unknown', because: `condition key ${key}` };
  if (operator === 'Null') return (String(values[0]) === 'true') === absent ? YES : NO;
  const ifExists = operator.endsWith('IfExists');
  const known = OPERATORS[ifExists ? operator.slice(0, -'IfExists'.length) : operator];
  if (known === undefined) return { says: 'unknown', because: `operator ${operator}` };
  const [compare, negated] = known;
  if (got === undefined) return ifExists || negated ? YES : NO;
  const texts = values.map((value) => (typeof value === 'string' || typeof value === 'boolean' ? String(value) : null));
  if (texts.includes(null)) return { says: 'unknown', because: `a value ${shown(values)} of ${key}` };
  const any = texts.some((text) => compare(text ?? '', got));
  return any === negated ? NO : YES;
}
