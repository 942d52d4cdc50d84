import { isValues } from '../output/values';
import { type Condition, conditionsOf } from './condition';
import { NotUnderstood, together } from './not-understood';
import { type Pattern, patternOf } from './pattern';
import { type PrincipalEntry, principalEntries } from './principal-entry';

/** Entries of an element, or of its `Not…` form: `not` means all but these. */
export interface Listed<Entry> {
  readonly not: boolean;
  readonly entries: readonly Entry[];
}

/** One statement, typed. What it leaves out applies to everything. */
export interface Statement {
  /** Path to it, such as `prod-us-tenant-acme/Role.Policies[0]: Statement[3] (PipelineReads)`. */
  readonly where: string;
  readonly sid: string | undefined;
  readonly effect: 'Allow' | 'Deny';
  /** None in a policy of an identity. */
  readonly principals: Listed<PrincipalEntry> | undefined;
  /** In lower case: actions are compared without regard to case. */
  readonly actions: Listed<Pattern>;
  /** None in a trust policy, which stands for its role. */
  readonly resources: Listed<Pattern> | undefined;
  readonly conditions: readonly Condition[];
}

export interface Policy {
  readonly where: string;
  readonly statements: readonly Statement[];
}

/**
 * What a policy stands on, which says what its statements must name: those of an `identity` (boundaries, session policies and an
 * organisation's SCPs too) name resources and no principal, a `trust` names principals and no resource, those of a `resource`
 * (endpoints' and RCPs too) name both.
 */
export type PolicyPlace = 'identity' | 'resource' | 'trust';

const ELEMENTS = ['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource'];

/**
 * Reads a policy document whose intrinsics are resolved.
 * @param where path to it, for messages
 * @throws NotUnderstood naming every element, principal, operator, key and variable that is not known
 */
export function policyOf(where: string, document: unknown, place: PolicyPlace): Policy {
  if (!isValues(document)) throw new NotUnderstood([`${where}: got ${JSON.stringify(document)}, allowed a policy`]);
  const { Version: version = '2008-10-17', Statement: listed } = document;
  const faults = Object.keys(document)
    .filter((name) => !['Version', 'Id', 'Statement'].includes(name))
    .map((name) => `${where}: got the element '${name}', allowed Version, Id, Statement`);
  if (version !== '2012-10-17' && version !== '2008-10-17')
    faults.push(`${where}.Version: got ${JSON.stringify(version)}, allowed 2012-10-17 or 2008-10-17`);
  if (faults.length > 0) throw new NotUnderstood(faults);
  const statements = Array.isArray(listed) ? (listed as unknown[]) : [listed];
  const variables = version === '2012-10-17';
  return {
    where,
    statements: together(
      statements.map((one, i) => () => statementOf(`${where}: Statement[${i}]`, one, place, variables)),
    ),
  };
}

function statementOf(at: string, value: unknown, place: PolicyPlace, variables: boolean): Statement {
  if (!isValues(value)) throw new NotUnderstood([`${at}: got ${JSON.stringify(value)}, allowed a statement`]);
  const sid = typeof value['Sid'] === 'string' ? value['Sid'] : undefined;
  const where = sid === undefined ? at : `${at} (${sid})`;
  const effect = value['Effect'];
  const shape = shapeFaults(where, value, place);
  if (effect !== 'Allow' && effect !== 'Deny')
    shape.push(`${where}.Effect: got ${JSON.stringify(effect)}, allowed Allow or Deny`);
  if (shape.length > 0) throw new NotUnderstood(shape);

  const patterns = (name: string, read: (text: string) => Pattern): Listed<Pattern> | undefined =>
    listed(value, name, (element) => texts(`${where}.${element}`, value[element]).map((text) => read(text)));
  const [principals, actions, resources, conditions] = together<unknown>([
    () => listed(value, 'Principal', (name) => principalEntries(`${where}.${name}`, value[name])),
    () => patterns('Action', (text) => actionPattern(`${where}.Action`, text)),
    () => patterns('Resource', (text) => patternOf(`${where}.Resource`, text, { variables })),
    () => conditionsOf(`${where}.Condition`, value['Condition'] ?? {}, variables),
  ]) as [Statement['principals'], Listed<Pattern>, Statement['resources'], Condition[]];
  return { where, sid, effect: effect as 'Allow' | 'Deny', principals, actions, resources, conditions };
}

/** What is missing, too much or not known among the names of a statement's elements. */
function shapeFaults(where: string, value: Record<string, unknown>, place: PolicyPlace): string[] {
  const faults = Object.keys(value)
    .filter((name) => name !== 'Condition' && !ELEMENTS.includes(name))
    .map((name) => `${where}: got the element '${name}', allowed ${ELEMENTS.join(', ')}, Condition`);
  const expect = (name: string, count: number): void => {
    const got = [name, `Not${name}`].filter((one) => one in value);
    if (got.length !== count)
      faults.push(
        `${where}: got ${got.length === 0 ? 'neither' : got.join(' and ')} of ${name} and Not${name}, ` +
          `allowed ${count === 0 ? 'none' : 'one'} in a policy of kind '${place}'`,
      );
  };
  expect('Action', 1);
  expect('Principal', place === 'identity' ? 0 : 1);
  expect('Resource', place === 'trust' ? 0 : 1);
  return faults;
}

function listed<Entry>(
  value: Record<string, unknown>,
  name: string,
  read: (element: string) => Entry[],
): Listed<Entry> | undefined {
  const element = [name, `Not${name}`].find((one) => one in value);
  return element === undefined ? undefined : { not: element !== name, entries: read(element) };
}

function texts(where: string, value: unknown): string[] {
  const values = Array.isArray(value) ? (value as unknown[]) : [value];
  if (values.length === 0 || !values.every((one) => typeof one === 'string'))
    throw new NotUnderstood([`${where}: got ${JSON.stringify(value)}, allowed one or more strings`]);
  return values;
}

function actionPattern(where: string, text: string): Pattern {
  if (text !== '*' && !/^[A-Za-z0-9-]+:[A-Za-z0-9*?]+$/.test(text))
    throw new NotUnderstood([`${where}: got '${text}', allowed '*' or service:action`]);
  return patternOf(where, text.toLowerCase(), { variables: false });
}
