import type { ConcreteRequest, PolicySet } from '../../../assurance/iam/evaluate';
import { allowed } from '../../../assurance/iam/decide';
import { secondsOf, addressOf } from '../../../assurance/iam/condition-values';
import { and, elementOf, type Formula, not, or, type Text } from '../../../assurance/iam/formula';
import type { Knowledge } from '../../../assurance/iam/knowledge';
import { matches } from '../../../assurance/iam/match';
import { literal } from '../../../assurance/iam/pattern';
import type { Policy } from '../../../assurance/iam/policy';
import { REAL } from '../../../assurance/iam/query';
import { type Asked, present, Request } from '../../../assurance/iam/request';
import type { Solver } from '../../../assurance/iam/solver';
import type { Resource, ResourceKind, Role, World } from '../../../assurance/iam/world';

/**
 * Asks the solver about one concrete request. Everything about it is open in the encoding, and then bound to what the request says,
 * so that nothing is folded away before the solver sees it.
 * @param texts whether the solver's own theory of texts is used instead of word classes
 */
export function solverAllows(
  solver: Solver,
  knowledge: Knowledge,
  kind: ResourceKind,
  asked: ConcreteRequest,
  policies: PolicySet,
  texts = false,
): boolean {
  const { principal, resourceAccount } = asked;
  if (policies.resource === 'account' || policies.identity === 'everything')
    throw new Error('real policies were expected');
  const free = (name: string): Text => [{ free: name }];
  const bound = (name: string, text: string): Formula => matches(free(name), literal(text));
  const empty: Policy = { where: 'none', statements: [] };
  const role: Role = {
    arn: '',
    name: '',
    account: '',
    where: 'a test',
    trust: empty,
    policies: policies.identity,
    boundary: policies.boundary === undefined ? undefined : policies.boundary[0],
    tags: {},
  };
  const request = new Request({
    knowledge,
    prefix: '',
    requester: {
      kind: principal.kind,
      label: 'a test',
      account: principal.kind === 'identity' ? free('account') : undefined,
      arn: principal.kind === 'identity' ? free('principal') : undefined,
      role: principal.kind === 'identity' ? role : undefined,
      session: free('session'),
      service: principal.kind === 'service' ? free('service') : undefined,
      provider: undefined,
    },
    resource: free('resource'),
    given: () => undefined,
    documented: undefined,
  });
  const resource: Resource = {
    kind,
    arn: asked.resource,
    name: '',
    account: resourceAccount,
    region: '',
    where: 'a test',
    policies: policies.resource,
    tags: {},
    aliases: [],
  };
  // The endpoint's policy is one more that must allow, as a level of an organisation is, whoever asks.
  const levels = policies.endpoint === undefined ? [] : [policies.endpoint];
  const world: World = {
    accounts: principal.kind === 'identity' ? [principal.account] : [],
    organisation: undefined,
    roles: new Map(),
    resources: new Map(),
    associations: [],
    endpoints: [],
    logFilters: [],
    subscriptions: [],
    guardRails: { scps: principal.kind === 'identity' ? levels : [], rcps: [] },
  };
  if (principal.kind !== 'identity' && levels.length > 0) return false;
  const layers = { ...REAL, endpoint: 'allows-everything' } as const;
  const decision = allowed(world, resource, request, asked.action.toLowerCase(), layers);
  const context = new Map(Object.entries(asked.context).map(([key, value]) => [key.toLowerCase(), value]));
  const bindings = [...request.asked].map(([key, one]) => binding(one, context.get(key)));
  const formula = and(
    decision,
    bound('resource', asked.resource),
    principal.kind === 'identity'
      ? and(
          bound('account', principal.account),
          bound('principal', principal.arn),
          bound('session', principal.session ?? ''),
        )
      : principal.kind === 'service'
        ? bound('service', principal.service)
        : true,
    ...bindings,
  );
  return solver.solve(formula, texts) !== undefined;
}

function binding({ slot, facts }: Asked, value: string | readonly string[] | undefined): Formula {
  if (slot.holds === 'listed') throw new Error('every key of a test is open');
  if (value === undefined) return not(present(slot));
  if (slot.holds === 'open set') {
    const values = typeof value === 'string' ? [value] : value;
    const is = (text: string): Formula => matches([{ free: elementOf(slot.set) }], literal(text));
    const some = (such: Formula): Formula => ({ is: 'some', set: slot.set, such });
    return and(...values.map((text) => some(is(text))), not(some(not(or(...values.map(is))))));
  }
  const text = String(value);
  const number = (of: number): Formula => ({
    is: 'number',
    name: `${slot.name}#${facts.type}`,
    relation: '=',
    value: of,
  });
  const bound =
    facts.type === 'number'
      ? number(Number(text))
      : facts.type === 'date'
        ? number(secondsOf('a test', text))
        : facts.type === 'ip'
          ? number(addressOf(text) ?? -1)
          : matches(slot.text, literal(text));
  return and(slot.present, bound);
}
