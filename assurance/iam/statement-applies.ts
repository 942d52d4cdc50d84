import { conditionHolds } from './condition-holds';
import { and, type Formula, not, or } from './formula';
import { fits, matches } from './match';
import { NotUnderstood } from './not-understood';
import { literal, type Pattern, patternOf } from './pattern';
import type { Listed, Statement } from './policy';
import type { PrincipalEntry } from './principal-entry';
import type { Request } from './request';
import type { Requester } from './requester';
import { resolved } from './resolve-variables';

/**
 * Whether a statement applies, by the way in which it names the requester: an Allow counts differently by it. A statement of an
 * identity's own policy names him directly.
 */
export interface Applies {
  /** As everyone, as this very session, as a service or a federation. */
  readonly direct: Formula;
  /** As a role or a user. */
  readonly identity: Formula;
  /** As somebody of an account. */
  readonly account: Formula;
}

export const anyWay = ({ direct, identity, account }: Applies): Formula => or(direct, identity, account);
const NOT_AT_ALL: Applies = { direct: false, identity: false, account: false };

const covered = new WeakMap<Statement, Map<string, boolean>>();

/** Whether an action, in lower case, is one that the statement speaks of. */
export function coversAction(statement: Statement, action: string): boolean {
  const known = covered.get(statement) ?? new Map<string, boolean>();
  covered.set(statement, known);
  const found = known.get(action);
  if (found !== undefined) return found;
  const { not: negated, entries } = statement.actions;
  const covers = entries.some((pattern) => fits(action, pattern)) !== negated;
  known.set(action, covers);
  return covers;
}

/**
 * @param action in lower case
 * @throws NotUnderstood
 */
export function applies(statement: Statement, request: Request, action: string): Applies {
  if (!coversAction(statement, action)) return NOT_AT_ALL;
  return request.once(statement, () => appliesToIts(statement, request));
}

/** To its actions. */
function appliesToIts(statement: Statement, request: Request): Applies {
  const named = principalNamed(statement, request.requester);
  if (anyWay(named) === false) return NOT_AT_ALL;
  const resource = coversResource(statement, request);
  if (resource === false) return NOT_AT_ALL;
  const rest = and(resource, ...statement.conditions.map((condition) => conditionHolds(condition, request)));
  return {
    direct: and(named.direct, rest),
    identity: and(named.identity, rest),
    account: and(named.account, rest),
  };
}

function coversResource({ where, resources }: Statement, request: Request): Formula {
  if (resources === undefined) return true;
  const some = or(
    ...resources.entries.flatMap((pattern) =>
      resolved(`${where}.Resource`, pattern, request, resources.not).map(({ when, pattern: fixed }) =>
        and(when, matches(request.resource, fixed)),
      ),
    ),
  );
  return resources.not ? not(some) : some;
}

function principalNamed({ where, effect, principals }: Statement, requester: Requester): Applies {
  if (principals === undefined) return { ...NOT_AT_ALL, direct: true };
  const named = namedBy(principals, requester);
  if (!principals.not) return named;
  if (effect === 'Allow')
    throw new NotUnderstood([
      `${where}: got Allow with NotPrincipal, allowed Principal: whom the other lets in is not certain`,
    ]);
  return { ...NOT_AT_ALL, direct: not(anyWay(named)) };
}

function namedBy({ entries }: Listed<PrincipalEntry>, requester: Requester): Applies {
  const ways = entries.map((entry): Applies => {
    const is = (way: keyof Applies, holds: Formula): Applies => ({ ...NOT_AT_ALL, [way]: holds });
    const { account, arn, kind } = requester;
    switch (entry.kind) {
      case 'everyone':
        return is('direct', true);
      case 'account':
        return is('account', account === undefined ? false : matches(account, literal(entry.account)));
      case 'identity':
        return is('identity', arn === undefined ? false : matches(arn, literal(entry.arn)));
      case 'session':
        return is(
          'direct',
          arn === undefined
            ? false
            : and(
                or(...rolePatterns(entry.account, entry.role).map((pattern) => matches(arn, pattern))),
                matches(requester.session, literal(entry.session)),
              ),
        );
      case 'service':
        return is(
          'direct',
          requester.service === undefined ? false : matches(requester.service, literal(entry.service)),
        );
      case 'federated':
        return is('direct', kind === 'federated' && requester.provider === entry.provider);
    }
  });
  return {
    direct: or(...ways.map((way) => way.direct)),
    identity: or(...ways.map((way) => way.identity)),
    account: or(...ways.map((way) => way.account)),
  };
}

/** The roles that a session's ARN may belong to: it leaves out the role's path. */
const rolePatterns = (account: string, role: string): Pattern[] =>
  [`arn:aws:iam::${account}:role/${role}`, `arn:aws:iam::${account}:role/*/${role}`].map((arn) => patternOf('', arn));
