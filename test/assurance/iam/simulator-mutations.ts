import { isValues } from '../../../assurance/output/values';
import type { Document } from './simulator-documents';
import type { Random } from './random';

type Statement = Record<string, unknown>;

/** One change to one statement; none where the statement has nothing to change. */
type Mutation = (statement: Statement, random: Random, place: Document['place']) => Statement | 'removed' | undefined;

const operatorsOf = (statement: Statement): [string, Record<string, unknown>][] =>
  Object.entries((statement['Condition'] ?? {}) as Record<string, Record<string, unknown>>);

const renamed = (statement: Statement, random: Random, rename: (operator: string) => string): Statement | undefined => {
  const operators = operatorsOf(statement);
  if (operators.length === 0) return undefined;
  const [chosen] = random.of(operators);
  return {
    ...statement,
    Condition: Object.fromEntries(operators.map(([name, keys]) => [name === chosen ? rename(name) : name, keys])),
  };
};

const turned = (operator: string): string =>
  operator.includes('Not')
    ? operator.replace('Not', '')
    : operator.replace(/(String|Arn|Numeric|Date)(?=Equals|Like)/, '$1Not');

export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'an operator dropped': (statement, random) => {
    const operators = operatorsOf(statement);
    if (operators.length === 0) return undefined;
    const [chosen] = random.of(operators);
    return { ...statement, Condition: Object.fromEntries(operators.filter(([name]) => name !== chosen)) };
  },
  'an operator turned round': (statement, random) => renamed(statement, random, turned),
  'an operator if exists': (statement, random) =>
    renamed(statement, random, (name) => (/IfExists$|^Null$/.test(name) ? name : `${name}IfExists`)),
  'an operator over any value': (statement, random) =>
    renamed(statement, random, (name) => (/:|^Null$/.test(name) ? name : `ForAnyValue:${name}`)),
  'an operator over all values': (statement, random) =>
    renamed(statement, random, (name) => (/:|^Null$/.test(name) ? name : `ForAllValues:${name}`)),
  'a value with a wildcard': (statement, random) => {
    const operators = operatorsOf(statement).filter(([name]) => /String|Arn/.test(name));
    if (operators.length === 0) return undefined;
    const [chosen, keys] = random.of(operators);
    const name = chosen.replace('StringEquals', 'StringLike').replace('StringNotEquals', 'StringNotLike');
    const wild = Object.fromEntries(
      Object.entries(keys).map(([key, value]) => [
        key,
        ([] as unknown[]).concat(value).map((one) => shortened(String(one))),
      ]),
    );
    const rest = operatorsOf(statement).filter(([other]) => other !== chosen && other !== name);
    return { ...statement, Condition: { ...Object.fromEntries(rest), [name]: wild } };
  },
  'another effect': (statement) => ({ ...statement, Effect: statement['Effect'] === 'Allow' ? 'Deny' : 'Allow' }),
  'every resource': (statement) => ('Resource' in statement ? { ...statement, Resource: '*' } : undefined),
  'every action of the service': (statement) => {
    if (!('Action' in statement)) return undefined;
    const [service = ''] = String(([] as unknown[]).concat(statement['Action'])[0]).split(':');
    return service === '*' ? undefined : { ...statement, Action: `${service}:*` };
  },
  'all but these actions': (statement) => {
    const { Action, ...rest } = statement;
    return Action === undefined || Action === '*' ? undefined : { ...rest, NotAction: Action };
  },
  'all but these resources': (statement) => {
    const { Resource, ...rest } = statement;
    return Resource === undefined || Resource === '*' ? undefined : { ...rest, NotResource: Resource };
  },
  everyone: (statement, _, place) => (place === 'resource' ? { ...statement, Principal: '*' } : undefined),
  'the account': (statement, random, place) =>
    place === 'identity'
      ? undefined
      : { ...statement, Principal: { AWS: random.of(['222222222222', 'arn:aws:iam::333333333333:root']) } },
  'a statement removed': () => 'removed',
};

const shortened = (value: string): string => `${value.slice(0, Math.ceil(value.length * 0.8))}*`;

/** A policy with one statement changed, and the name of the change. */
export function mutated(
  document: Document,
  random: Random,
): { readonly document: Document; readonly mutation: string } | undefined {
  const { json, place } = document;
  if (!isValues(json)) return undefined;
  const statements = ([] as unknown[]).concat(json['Statement']).filter(isValues);
  const at = random.number(statements.length);
  const mutation = random.of(Object.keys(MUTATIONS));
  const changed = MUTATIONS[mutation]?.(statements[at] ?? {}, random, place);
  if (changed === undefined || (changed === 'removed' && statements.length === 1)) return undefined;
  const after = statements.flatMap((one, i) => (i !== at ? [one] : changed === 'removed' ? [] : [changed]));
  return { document: { place, json: { ...json, Statement: after } }, mutation };
}
