import type { Environment } from '../../schema/model';
import type { Tenant } from '../../schema/tenant';
import type { Engine } from '../iam/engine';
import type { ActionOn } from '../iam/knowledge';
import type { Exception, Principal, Query } from '../iam/query';
import type { Policy } from '../iam/policy';
import type { Resource, ResourceKind } from '../iam/world';
import type { TemplateResource } from '../output/cloud-assembly';
import type { Finding } from '../finding';
import { actionGroups } from './action-groups';
import type { Place } from './declared-way';
import type { Sameness } from './sameness';
import { type Lock, refusedFinding } from './findings';

/** Types of resources that are asked about, by their kinds. */
export const TYPES: Partial<Readonly<Record<ResourceKind, readonly string[]>>> = {
  's3:bucket': ['object', 'bucket'],
  'kms:key': ['key'],
  'sqs:queue': ['queue'],
  'sns:topic': ['topic'],
  'logs:log-group': ['log-group', 'log-stream'],
  'iam:role': ['role'],
};

/** One type of one resource of one tenant. */
export interface Spot {
  /** Undefined for a role of a grant, which is of no tenant. */
  readonly tenant: Tenant | undefined;
  readonly resource: Resource;
  readonly type: string;
}

/** Whether a declared place is this one. A key is named by its alias. */
export const isAt = ({ kind, name, type }: Place, { resource, type: asked }: Omit<Spot, 'tenant'>): boolean =>
  kind === resource.kind &&
  type === asked &&
  (kind === 'kms:key' ? resource.aliases.includes(name) : resource.arn === name);

/** What is asked with, and where answers go. */
export interface Asking {
  readonly env: Environment;
  readonly engine: Engine;
  readonly sameness: Sameness;
  /** What stands in a template at a place such as `prod-us-tenant-acme/Role`. */
  readonly template: (place: string) => TemplateResource | undefined;
  readonly findings: Finding[];
  readonly counts: Record<
    'ways shown open by a request' | 'questions that must be refused' | 'actions behind them',
    number
  >;
}

/** A lock by itself: what stands for the other allows everything. */
export const ALONE: Readonly<Record<Lock, Query['layers']>> = {
  both: { guardRails: 'absent' },
  identity: { resource: 'allows-everything', endpoint: 'allows-everything', guardRails: 'absent' },
  resource: { identity: 'allows-everything', endpoint: 'allows-everything', guardRails: 'absent' },
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

/** iam-data lists it for every role; it makes roles of AWS's own below a path of theirs, and touches no other. */
const ELSEWHERE: ReadonlySet<string> = new Set(['iam:CreateServiceLinkedRole', 'iam:DeleteServiceLinkedRole']);

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
    const layers = ALONE[lock];
    const witness = engine.isAllowed({
      principal,
      action: group.first,
      target: { resource: spot.resource, type: spot.type },
      except: except(group.first),
      sessions: refusal.sessions ?? 'any',
      ...(layers === undefined ? {} : { layers }),
    });
    if (witness !== undefined) findings.push(refusedFinding(lock, spot.resource.where, witness, group.actions));
  }
}
