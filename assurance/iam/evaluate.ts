import { type AddressRange, addressOf, secondsOf } from './condition-values';
import type { Condition } from './condition';
import { isFree, isVariable, isWild, type Pattern } from './pattern';
import type { Policy, Statement } from './policy';
import type { PrincipalEntry } from './principal-entry';
import type { Context } from './query';

/** Who makes a concrete request. */
export type ConcretePrincipal =
  /** `session` is the name of a role's session. */
  | { readonly kind: 'identity'; readonly account: string; readonly arn: string; readonly session?: string }
  | { readonly kind: 'service'; readonly service: string }
  | { readonly kind: 'federated'; readonly provider: string }
  | { readonly kind: 'anonymous' };

export interface ConcreteRequest {
  readonly principal: ConcretePrincipal;
  readonly action: string;
  /** ARN. */
  readonly resource: string;
  readonly resourceAccount: string;
  readonly context: Context;
}

/** Every policy that has a say in one request. */
export interface PolicySet {
  /** `everything`: he has every right that a policy of his own could give. */
  readonly identity: readonly Policy[] | 'everything';
  readonly boundary?: readonly Policy[] | undefined;
  readonly session?: readonly Policy[] | undefined;
  /** `account`: it refuses nobody and leaves the decision to the requester's account. */
  readonly resource: readonly Policy[] | 'account';
  /** The resource's policy must allow in any case, or leave it to the account: keys and roles. */
  readonly resourceDecides: boolean;
  /** Of the endpoint that the request comes through, where it has a policy. */
  readonly endpoint?: readonly Policy[] | undefined;
  /** Levels of an organisation: at each something must allow. */
  readonly levels: readonly (readonly Policy[])[];
}

/** How a request is decided, without a solver: written apart from the encoding, so that each can show the other's mistakes. */
export function evaluate(request: ConcreteRequest, policies: PolicySet): 'allowed' | 'denied' | 'not allowed' {
  const judged = new Judge(request);
  const { principal } = request;
  const layers = [policies.boundary, policies.session, policies.endpoint, ...policies.levels].filter(
    (one) => one !== undefined,
  );
  const listed = [policies.identity, policies.resource].filter((one) => typeof one !== 'string');
  if ([...layers, ...listed].some((all) => judged.denies(all))) return 'denied';

  const identityAllows = policies.identity === 'everything' || judged.allows(policies.identity) !== 'no';
  const bounded = [policies.boundary, policies.session].every(
    (all) => all === undefined || judged.allows(all) !== 'no',
  );
  const named = policies.resource === 'account' ? 'account' : judged.allows(policies.resource);
  const byIdentity = principal.kind === 'identity' && identityAllows && bounded;
  const inside = principal.kind === 'identity' && principal.account === request.resourceAccount;
  const granted = inside
    ? named === 'direct' ||
      (named === 'identity' && bounded) ||
      (byIdentity && (named !== 'no' || !policies.resourceDecides))
    : named !== 'no' && (byIdentity || principal.kind !== 'identity');
  const permitted = [...policies.levels, policies.endpoint].every(
    (all) => all === undefined || judged.allows(all) !== 'no',
  );
  return granted && permitted ? 'allowed' : 'not allowed';
}

/** How an Allow names the requester; the first counts most. */
type Named = 'direct' | 'identity' | 'account' | 'no';
const ORDER: readonly Named[] = ['direct', 'identity', 'account', 'no'];

/** Expressions of patterns that say the same in every request. */
const compiled = new WeakMap<Pattern, RegExp>();

class Judge {
  readonly #context: ReadonlyMap<string, string | readonly string[]>;

  constructor(readonly request: ConcreteRequest) {
    this.#context = new Map(Object.entries(request.context).map(([key, value]) => [key.toLowerCase(), value]));
  }

  denies(policies: readonly Policy[]): boolean {
    return this.#statements(policies, 'Deny').some((statement) => this.#named(statement) !== 'no');
  }

  allows(policies: readonly Policy[]): Named {
    const ways = this.#statements(policies, 'Allow').map((statement) => this.#named(statement));
    return ORDER.find((way) => ways.includes(way)) ?? 'no';
  }

  holds(conditions: readonly Condition[]): boolean {
    return conditions.every((condition) => this.#holds(condition));
  }

  #statements(policies: readonly Policy[], effect: Statement['effect']): Statement[] {
    return policies
      .flatMap(({ statements }) => statements)
      .filter((one) => one.effect === effect && this.#speaksOf(one) && this.holds(one.conditions));
  }

  #speaksOf({ actions, resources }: Statement): boolean {
    const { action, resource } = this.request;
    if (actions.entries.some((pattern) => this.#fits(action.toLowerCase(), pattern)) === actions.not) return false;
    return (
      resources === undefined || resources.entries.some((pattern) => this.#fits(resource, pattern)) !== resources.not
    );
  }

  #named({ principals }: Statement): Named {
    if (principals === undefined) return 'direct';
    const ways = principals.entries.map((entry) => this.#entryNames(entry));
    const best = ORDER.find((way) => ways.includes(way)) ?? 'no';
    if (!principals.not) return best;
    return best === 'no' ? 'direct' : 'no';
  }

  #entryNames(entry: PrincipalEntry): Named {
    const { principal } = this.request;
    if (entry.kind === 'everyone') return 'direct';
    if (entry.kind === 'service')
      return principal.kind === 'service' && principal.service === entry.service ? 'direct' : 'no';
    if (entry.kind === 'federated')
      return principal.kind === 'federated' && principal.provider === entry.provider ? 'direct' : 'no';
    if (principal.kind !== 'identity') return 'no';
    if (entry.kind === 'account') return principal.account === entry.account ? 'account' : 'no';
    if (entry.kind === 'identity') return principal.arn === entry.arn ? 'identity' : 'no';
    const role = /^arn:aws:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(principal.arn);
    return role?.[1] === entry.account && role[2] === entry.role && principal.session === entry.session
      ? 'direct'
      : 'no';
  }

  #holds({ operator, key, values }: Condition): boolean {
    const got = this.#context.get(key.toLowerCase());
    const absent = got === undefined || (typeof got !== 'string' && got.length === 0);
    if (values.as === 'absent') return values.absent.includes(absent);
    const one = (text: string): boolean => {
      const fits = this.#valueFits(text, operator, values);
      return operator.negated ? !fits : fits;
    };
    const all = typeof got === 'string' ? [got] : (got ?? []);
    if (operator.ifExists && absent) return true;
    if (operator.over === 'any') return all.some(one);
    if (operator.over === 'all') return all.every(one);
    return absent ? operator.negated : typeof got === 'string' && one(got);
  }

  #valueFits(text: string, operator: Condition['operator'], values: Condition['values']): boolean {
    switch (values.as) {
      case 'patterns':
        return values.patterns.some((pattern) => this.#fits(text, pattern));
      case 'numbers': {
        const number = operator.family === 'date' ? secondsOf('the request', text) : Number(text);
        return values.numbers.some((value) => {
          if (operator.relation === '=') return number === value;
          if (operator.relation.startsWith('<'))
            return number < value || (operator.relation === '<=' && number === value);
          return number > value || (operator.relation === '>=' && number === value);
        });
      }
      case 'addresses':
        return values.ranges.some((range) => inRange(text, range));
      case 'absent':
        return false;
    }
  }

  #fits(text: string, pattern: Pattern): boolean {
    const known = compiled.get(pattern);
    if (known !== undefined) return known.test(text);
    const source = this.#source(pattern);
    if (source === undefined) return false;
    const expression = new RegExp(`^${source}$`, pattern.ignoresCase ? 'isu' : 'su');
    if (!pattern.units.some(isVariable)) compiled.set(pattern, expression);
    return expression.test(text);
  }

  /** As a regular expression; none where a variable has no value, which fits nothing. */
  #source({ units }: Pattern): string | undefined {
    let source = '';
    for (const unit of units) {
      if (typeof unit === 'string') source += escaped(unit);
      else if (isWild(unit))
        source += { any: '.', segment: '[^:]', digit: '[0-9]' }[unit.of] + (unit.wild === 'many' ? '*' : '');
      else if (isVariable(unit)) {
        const value = this.#context.get(unit.variable.toLowerCase()) ?? unit.otherwise;
        if (typeof value !== 'string') return undefined;
        source += escaped(value);
      } else if (isFree(unit)) return undefined;
    }
    return source;
  }
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');

function inRange(text: string, { first, last }: AddressRange): boolean {
  const address = addressOf(text);
  return address !== undefined && first <= address && address <= last;
}

/** Whether conditions hold of a request. */
export const conditionsHold = (conditions: readonly Condition[], request: ConcreteRequest): boolean =>
  new Judge(request).holds(conditions);
