import type { ConcretePrincipal } from '../../../assurance/iam/evaluate';
import type { Knowledge } from '../../../assurance/iam/knowledge';
import { isValues } from '../../../assurance/output/values';
import type { Context } from '../../../assurance/iam/query';
import type { ResourceKind } from '../../../assurance/iam/world';
import type { Document, DocumentResource, DocumentRole, Documents } from './simulator-documents';
import { mutated } from './simulator-mutations';
import type { Random } from './random';

/** One question for all who judge policies. */
export interface Case {
  readonly principal: ConcretePrincipal;
  readonly action: string;
  readonly resource: DocumentResource;
  /** ARN. */
  readonly arn: string;
  readonly context: Context;
  readonly identity: readonly Document[];
  readonly boundary: Document | undefined;
  readonly onResource: Document | undefined;
  readonly endpoint: Document | undefined;
  readonly mutations: readonly string[];
  /** Another context for the same question. */
  readonly redrawn: () => Context;
}

interface Condition {
  readonly key: string;
  readonly values: readonly string[];
  /** A value of the policy makes the statement less likely to refuse, or more likely to allow. */
  readonly helps: boolean;
}

const statementsOf = ({ json }: Document): Record<string, unknown>[] =>
  isValues(json) ? ([] as unknown[]).concat(json['Statement']).filter(isValues) : [];
const texts = (value: unknown): string[] => (value === undefined ? [] : ([] as unknown[]).concat(value).map(String));

function conditionsIn(statements: readonly Record<string, unknown>[]): Condition[] {
  return statements.flatMap(({ Effect, Condition: block = {} }) =>
    Object.entries(block as Record<string, Record<string, unknown>>).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, value]) => ({
        key,
        values: operator === 'Null' ? [] : texts(value),
        helps: /Not/.test(operator) === (Effect === 'Deny'),
      })),
    ),
  );
}

const covers = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    'i',
  ).test(text);

/** An Allow that the question is made for: without one, nearly everything is refused. */
function goalOf(all: readonly Document[], action: string, random: Random): Record<string, unknown>[] {
  const allows = all
    .flatMap(statementsOf)
    .filter((one) => one['Effect'] === 'Allow' && texts(one['Action']).some((pattern) => covers(pattern, action)));
  return allows.length > 0 && random.chance(80) ? [random.of(allows)] : [];
}

/**
 * A random question over the documents: a role or a service, a resource, an action of its kind, and a context in which each key that
 * the policies speak of is absent, one of the policies' values or another.
 */
export function randomCase(documents: Documents, knowledge: Knowledge, random: Random): Case {
  const kind = random.of(KINDS);
  const resource = random.of(
    documents.resources.filter((one) => one.kind === kind && (one.policy !== undefined || kind === 'logs:log-group')),
  );
  const role = likelyRole(documents, resource, random);
  const mutations: string[] = [];
  const change = (document: Document): Document => {
    const found = random.chance(40) ? mutated(document, random) : undefined;
    if (found === undefined) return document;
    mutations.push(found.mutation);
    return found.document;
  };
  const identity = role.policies.map(change);
  const boundary = random.chance(10) && role.policies[0] !== undefined ? change(role.policies[0]) : undefined;
  const onResource = resource.policy === undefined ? undefined : change(resource.policy);
  const endpoint =
    resource.kind === 's3:bucket' && random.chance(20) ? change(random.of(documents.endpoints)) : undefined;
  const all = [...identity, boundary, onResource, endpoint].filter((one) => one !== undefined);
  const service = servicesIn(onResource);
  const principal: ConcretePrincipal =
    service.length > 0 && random.chance(kind === 'iam:role' || kind === 'sns:topic' ? 60 : 10)
      ? { kind: 'service', service: random.of(service) }
      : { kind: 'identity', account: role.account, arn: role.arn, session: 'x' };
  const { action, type } = likelyAction(all, resource, knowledge, random);
  const goal = goalOf(all, action, random);
  const conditions = [...conditionsIn(goal), ...conditionsIn(all.flatMap(statementsOf))];
  return {
    principal,
    action,
    resource,
    arn: resource.arn + restOf(goal.length > 0 ? goal : all.flatMap(statementsOf), resource, type, random),
    context: contextOf(principal, conditions, knowledge, random),
    redrawn: () => contextOf(principal, conditions, knowledge, random),
    identity: principal.kind === 'service' ? [] : identity,
    boundary: principal.kind === 'service' ? undefined : boundary,
    onResource,
    endpoint,
    mutations,
  };
}

const serviceOf = (kind: ResourceKind): string => (kind === 'iam:role' ? 'sts:' : `${kind.split(':')[0] ?? ''}:`);

/** Kinds by how often they are asked about: those that hold data more than the many roles. */
const KINDS: readonly ResourceKind[] = [
  ...(['s3:bucket', 's3:bucket', 's3:bucket', 'kms:key', 'kms:key', 'kms:key', 'sqs:queue', 'sqs:queue'] as const),
  ...(['sns:topic', 'logs:log-group', 'iam:role'] as const),
];

/** Allows that speak of a resource or of what is in it. */
const allowsOn = (documents: readonly Document[], { arn, kind }: DocumentResource): Record<string, unknown>[] =>
  documents
    .flatMap(statementsOf)
    .filter(
      (one) =>
        one['Effect'] === 'Allow' &&
        texts(one['Action']).some((action) => action.startsWith(serviceOf(kind))) &&
        texts(one['Resource'] ?? '*').some((pattern) => covers(pattern, arn) || pattern.startsWith(`${arn}/`)),
    );

/** Mostly one that may do something there, since the others are refused whatever they ask. */
function likelyRole({ roles }: Documents, resource: DocumentResource, random: Random): DocumentRole {
  const having = roles.filter(({ policies }) => allowsOn(policies, resource).length > 0);
  return random.of(having.length > 0 && random.chance(85) ? having : roles);
}

function likelyAction(
  all: readonly Document[],
  resource: DocumentResource,
  knowledge: Knowledge,
  random: Random,
): { readonly action: string; readonly type: string } {
  const { kind } = resource;
  const actions = knowledge.actionsOn(kind).filter(({ action }) => kind !== 'iam:role' || action.startsWith('sts:'));
  const written = allowsOn(all, resource).flatMap((one) => texts(one['Action']));
  const named = actions.filter(({ action }) => written.some((pattern) => pattern !== '*' && covers(pattern, action)));
  return random.of(named.length > 0 && random.chance(85) ? named : actions);
}

function restOf(
  statements: readonly Record<string, unknown>[],
  { arn }: DocumentResource,
  type: string,
  random: Random,
): string {
  if (type === 'log-stream') return ':log-stream:x';
  if (type !== 'object') return '';
  const written = statements
    .flatMap((one) => [...texts(one['Resource']), ...texts(one['NotResource'])])
    .filter((pattern) => pattern.startsWith(`${arn}/`) && pattern !== `${arn}/*`);
  if (written.length > 0 && random.chance(80)) return random.of(written).slice(arn.length).replace('*', 'a/b.wav');
  return random.of(['/exports/a', '/raw', '/raw/', '/derived/a/b']);
}

const servicesIn = (document: Document | undefined): string[] =>
  document === undefined
    ? []
    : statementsOf(document).flatMap(({ Principal }) => (isValues(Principal) ? texts(Principal['Service']) : []));

function contextOf(
  principal: ConcretePrincipal,
  conditions: readonly Condition[],
  knowledge: Knowledge,
  random: Random,
): Context {
  const context: Record<string, string | readonly string[]> = {};
  for (const { key, values, helps } of conditions) {
    if (key in context || random.chance(helps ? 10 : values.length === 0 ? 90 : 40)) continue;
    const wanted = values.length > 0 && random.chance(helps ? 90 : 20);
    const value = wanted ? likely(random.of(values), key) : unlike(values, key, knowledge, random);
    context[key] = knowledge.key('a test', key).many
      ? [value, ...(random.chance(30) ? [other(key, knowledge, random)] : [])]
      : value;
  }
  if (principal.kind === 'identity') {
    context['aws:PrincipalArn'] = principal.arn;
    context['aws:PrincipalAccount'] = principal.account;
    context['aws:PrincipalIsAWSService'] = 'false';
  } else if (principal.kind === 'service') {
    delete context['aws:PrincipalArn'];
    context['aws:PrincipalIsAWSService'] = 'true';
  }
  return context;
}

/** A value that fits what the policy says of the key. */
function likely(value: string, key: string): string {
  if (/Ip$/.test(key)) return value.replace(/\/\d+$/, '');
  return value.replaceAll('*', 'x');
}

/** The other of two, where there are but two. */
function unlike(values: readonly string[], key: string, knowledge: Knowledge, random: Random): string {
  const { type } = knowledge.key('a test', key);
  if (type === 'bool' && random.chance(90)) return values.includes('true') ? 'false' : 'true';
  return type === 'number' && random.chance(80) ? '1.3' : other(key, knowledge, random);
}

function other(key: string, knowledge: Knowledge, random: Random): string {
  switch (knowledge.key('a test', key).type) {
    case 'bool':
      return random.of(['true', 'false']);
    case 'number':
      return random.of(['1.1', '1.2', '1.3']);
    case 'date':
      return random.of(['2026-01-01T00:00:00Z', '2027-06-01T00:00:00Z']);
    case 'ip':
      return random.of(['10.16.200.1', '192.0.2.1']);
    case 'text':
      return /Arn$|arn$/.test(key)
        ? 'arn:aws:sqs:eu-central-1:222222222222:other'
        : random.of(['other', 'Pipeline', 'training', '']);
  }
}
