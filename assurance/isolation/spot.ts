import type { Environment } from '../../schema/model';
import type { Engine } from '../iam/engine';
import type { ActionOn } from '../iam/knowledge';
import type { Exception, Layers, Principal, Query } from '../iam/query';
import type { Policy } from '../iam/policy';
import type { Resource, ResourceKind } from '../iam/world';
import type { Stack, TemplateResource } from '../output/cloud-assembly';
import type { Finding } from '../finding';
import { actionGroups } from './action-groups';
import type { Asker } from './asker';
import type { Place } from './declared-way';
import type { Sameness } from './sameness';
import { type Kept, type Lock, refusedFinding } from './findings';
import { ELSEWHERE } from './reach';

/** Types of resources that are asked about, by their kinds. */
export const TYPES: Partial<Readonly<Record<ResourceKind, readonly string[]>>> = {
  's3:bucket': ['object', 'bucket'],
  'kms:key': ['key'],
  'sqs:queue': ['queue'],
  'sns:topic': ['topic'],
  'logs:log-group': ['log-group', 'log-stream'],
  'secretsmanager:secret': ['Secret'],
  'athena:workgroup': ['workgroup'],
  'glue:catalog': ['rootcatalog'],
  'glue:database': ['database'],
  'glue:table': ['table'],
  'iam:role': ['role'],
  'lambda:function': ['function'],
  'ecr:repository': ['repository'],
};

/**
 * Kinds whose resources have no policy of their own that refuses, and why that is all there is: their account's policies, and the organisation's
 * guard rails over it, are the one lock. A resource of any other kind without a policy is open to its account.
 */
const ONE_LOCK: Partial<Readonly<Record<ResourceKind, string>>> = {
  'logs:log-group': 'CloudWatch Logs has policies of an account for services, and none of a group for roles',
  'athena:workgroup':
    'Athena has none: what a query reads, and its results in the store, are refused by buckets and keys to who has no right to them',
  'glue:catalog':
    'one policy would stand for the whole catalogue of the account: names and shapes are in it, and no data',
  'glue:database': 'it is in the catalogue: names and shapes, and no data',
  'glue:table': 'it is in the catalogue: names and shapes, and no data',
  'lambda:function': 'a permission lets somebody in, and none keeps anybody of the account out',
};

/** Whether a resource is to refuse by itself whoever is not declared. */
export const locksItself = ({ kind }: Resource): boolean => ONE_LOCK[kind] === undefined;

/** One type of one resource. */
export interface Spot {
  /** Id of whose it is: a question is the same as one about another's where nothing differs but this. */
  readonly of: string;
  readonly resource: Resource;
  readonly type: string;
  /** Requests that are not asked about, whoever makes them. @default - none */
  readonly except?: readonly Exception[];
  /**
   * `elsewhere`: another account's owner writes its policy, which no stack of ours has. `not asked`: what its own policy lets in besides roles of
   * the stacks is not said.
   * @default - its policies are those of the stacks, and asked about
   */
  readonly policy?: 'elsewhere' | 'not asked';
}

/** Whether a declared place is this one. A key is named by its alias. */
export const isAt = (place: Place, { resource, type }: Pick<Spot, 'resource' | 'type'>): boolean =>
  place.type === type && isPlaced(place, resource);

/** Whether a declared place is of this resource. */
export const isPlaced = ({ kind, name }: Place, resource: Resource): boolean =>
  kind === resource.kind && (resource.arn === name || (kind === 'kms:key' && resource.aliases.includes(name)));

/** What is asked with, and where answers go. */
export interface Asking {
  readonly env: Environment;
  readonly engine: Engine;
  readonly sameness: Sameness;
  /** Of the platform, and of the tenants whose policies stand in the world. */
  readonly stacks: readonly Stack[];
  /** What stands in a template at a place such as `prod-us-tenant-acme/Role`. */
  readonly template: (place: string) => TemplateResource | undefined;
  readonly findings: Finding[];
  /** ARNs of the roles that have a declared way on something. */
  readonly holders: Set<string>;
  readonly counts: Record<
    'ways shown open by a request' | 'questions that must be refused' | 'actions behind them',
    number
  >;
}

/** Whether a question about somebody was not asked about a resource like this. @param parts what else the answer depends on */
export const isFirst = (
  { sameness }: Asking,
  { of, resource, type }: Spot,
  by: Asker,
  parts: readonly string[],
): boolean => sameness.isNew(of, resource, [type, ...parts, ...sameness.ofResource(of, resource, by)]);

/** A lock by itself: what stands for the other allows everything. */
export const ALONE: Readonly<Record<Lock, Partial<Layers>>> = {
  both: { guardRails: 'absent' },
  identity: { resource: 'allows-everything', endpoint: 'allows-everything', guardRails: 'absent' },
  resource: { identity: 'allows-everything', endpoint: 'allows-everything', guardRails: 'absent' },
  endpoint: { identity: 'allows-everything', resource: 'allows-everything', guardRails: 'absent' },
  'guard rails': {
    identity: 'allows-everything',
    resource: 'allows-everything',
    endpoint: 'allows-everything',
    guardRails: 'real',
  },
};

export interface Refusal {
  readonly principal: Principal;
  readonly lock: Lock;
  /** @default any */
  readonly sessions?: Query['sessions'];
  /** Whether an action is asked about. @default - every one */
  readonly of?: (action: string, known: ActionOn) => boolean;
  /** What is not wrong, by action. @default - nothing */
  readonly except?: (action: string) => readonly Exception[];
  /** Policies that tell actions apart. */
  readonly policies: readonly Policy[];
}

/** Asks that a principal is refused every action on a spot, but for what is excepted. */
export function mustRefuse(asking: Asking, spot: Spot, refusal: Refusal): void {
  const { engine, counts, findings } = asking;
  const { principal, lock, of = () => true, except = () => [], policies } = refusal;
  const actions = engine.knowledge
    .actionsOn(spot.resource.kind)
    .filter((one) => one.type === spot.type && !ELSEWHERE.has(one.action) && of(one.action, one));
  for (const group of actionGroups(actions, policies, (action) => JSON.stringify(except(action)))) {
    counts['questions that must be refused'] += 1;
    counts['actions behind them'] += group.actions.length;
    const witness = engine.isAllowed({
      principal,
      action: group.first,
      target: { resource: spot.resource, type: spot.type },
      except: [...(spot.except ?? []), ...except(group.first)],
      sessions: refusal.sessions ?? 'any',
      layers: ALONE[lock],
    });
    if (witness !== undefined)
      findings.push(
        refusedFinding(
          lock,
          { subject: spot.resource.where, kept: keptFrom(asking, spot, principal) },
          witness,
          group.actions,
        ),
      );
  }
}

/** What stands against a role whose own policies allow something. */
function keptFrom({ engine }: Asking, { resource }: Spot, principal: Principal): Kept {
  if (locksItself(resource)) return 'policy';
  const role = principal.kind === 'role' ? engine.world.roles.get(principal.arn) : undefined;
  return role?.account === resource.account ? 'nothing' : 'account';
}
