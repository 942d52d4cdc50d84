import { consistent } from './common-keys';
import { contextIn, textIn } from './concrete';
import { conditionsOf } from './condition';
import { conditionHolds } from './condition-holds';
import { allowed } from './decide';
import { and, type Formula, not } from './formula';
import type { ActionOn, Knowledge } from './knowledge';
import { type Principal, type Query, REAL, type Witness } from './query';
import { judgeAgain } from './recheck';
import { type Known, Request } from './request';
import { sessionWays } from './sessions';
import { Solver } from './solver';
import { stranger } from './strangers';
import { aboutResource, pathMatches, targetText } from './target';
import type { Way } from './ways';
import type { World } from './world';
import { NotUnderstood } from './not-understood';

/**
 * Decides queries over one world. The solver is started once, and stopped by whoever started it: `solver.stop()` ends its threads,
 * without which the process would not end.
 */
export class Engine {
  #about = '';
  readonly #kept = new Map<string, Map<object, Known>>();

  constructor(
    readonly world: World,
    readonly knowledge: Knowledge,
    readonly solver: Solver,
  ) {}

  /**
   * A request that the query admits and that is allowed, or none: then no request at all is. What is found is judged once more by the
   * evaluator without a solver.
   * @throws NotUnderstood where something on the way to the decision is not known
   * @throws Error where solver and evaluator disagree
   */
  isAllowed(query: Query): Witness | undefined {
    const { target, principal } = query;
    const action = this.knowledge.actionOn(query.action, target.resource.kind, target.type);
    for (const [i, way] of this.#ways(query).entries()) {
      const known = this.#known(query, i, action);
      const request = this.#request(query, way, action, known);
      const formula = this.#formula(query, way, request, action);
      const model = this.solver.solve(formula);
      if (model === undefined) continue;
      const witness: Witness = {
        principal,
        as: way.requester.service === undefined ? way.requester.label : serviceIn(textIn(way.requester.service, model)),
        action: action.action,
        resource: textIn(request.resource, model),
        context: contextIn(request, model),
        ...(way.opened === undefined
          ? {}
          : { opened: { by: way.opened.requester.label, context: contextIn(way.opened, model) } }),
      };
      judgeAgain(this.world, query, way, model, witness);
      return witness;
    }
    return undefined;
  }

  /** What statements say of the requests of one way on one target that may have the same keys: queries come action by action, path by path. */
  #known({ principal, sessions, target, keys }: Query, way: number, action: ActionOn): Map<object, Known> {
    const { resource, type } = target;
    const about = JSON.stringify([principal, sessions, resource.arn, type]);
    if (this.#about !== about) {
      this.#about = about;
      this.#kept.clear();
    }
    const which = `${String(way)} ${keys === 'documented' ? action.keys.join(' ') : 'any'}`;
    const kept = this.#kept.get(which) ?? new Map<object, Known>();
    this.#kept.set(which, kept);
    return kept;
  }

  #ways({ principal, sessions = 'associated' }: Query): Way[] {
    if (principal.kind !== 'role') return [stranger(principal, this.world)];
    const role = this.world.roles.get(principal.arn);
    if (role === undefined) throw unknownRole(principal);
    return sessionWays(role, { world: this.world, knowledge: this.knowledge, sessions });
  }

  #request({ target, keys = 'any' }: Query, way: Way, action: ActionOn, known: Map<object, Known>): Request {
    const { organisation } = this.world;
    return new Request({
      knowledge: this.knowledge,
      prefix: '',
      requester: way.requester,
      resource: targetText(target).text,
      documented: keys === 'documented' ? action.keys : undefined,
      given: (key) => aboutResource(target.resource, organisation, key) ?? way.given(key),
      known,
    });
  }

  #formula(query: Query, way: Way, request: Request, action: ActionOn): Formula {
    const { target, where = {}, except = [], keys } = query;
    const layers = { ...REAL, ...query.layers };
    const decision = allowed(this.world, target.resource, request, action.action.toLowerCase(), layers);
    if (decision === false) return false;
    const wanted = conditionsOf('where', where, true).map((condition) => conditionHolds(condition, request));
    const excepted = except.map((one) =>
      and(
        one.path === undefined ? true : pathMatches(target, one.path),
        ...conditionsOf('except', one.where ?? {}, true).map((condition) => conditionHolds(condition, request)),
      ),
    );
    const narrowed = and(decision, targetText(target).holds, ...wanted, ...excepted.map(not));
    if (narrowed === false) return false;
    return and(narrowed, way.holds(), consistent(request, keys === 'documented'));
  }
}

const unknownRole = ({ arn }: Extract<Principal, { kind: 'role' }>): NotUnderstood =>
  new NotUnderstood([`a principal: got the role ${arn}, allowed one that the stacks make`]);

/** A model may leave the name open: then it is whichever service. */
const serviceIn = (name: string): string => (name === '' ? 'any service' : name);
