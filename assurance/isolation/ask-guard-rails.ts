import type { ResourceKind } from '../iam/world';
import { showOpen } from './ask-open';
import { ANYBODY, askerByArn } from './asker';
import { guardedOn } from './guarded-actions';
import { type Asking, isFirst, mustRefuse, type Spot } from './spot';

/**
 * What the organisation's policies hold by themselves, whatever the policies of the accounts say: only a deploy changes who may, only those in
 * need read logs, and nobody outside of the organisation is let in. Those few are let through by all of them, and by the resource's own policy.
 */
export function askGuardRails(asking: Asking, spot: Spot): void {
  const { env, engine } = asking;
  const { resource, type } = spot;
  const rails = engine.world.guardRails;
  if (rails === undefined) return;
  const policies = [...rails.scps.flat(), ...rails.rcps.flat()];
  const guarded = guardedOn(resource.kind, type);
  for (const { by, needed = [], who = by } of guarded)
    for (const arn of who(env, resource.account)) askNeeded(asking, spot, arn, needed);
  // The resource's own policies have no say.
  const unlocked = { ...spot, resource: { ...resource, policies: [] } };
  if (!isFirst(asking, unlocked, ANYBODY, ['guard rails', String(resource.policies.length > 0)])) return;
  for (const { actions, by, except } of guarded)
    mustRefuse(asking, spot, {
      principal: { kind: 'account', account: resource.account, except: by(env, resource.account) },
      lock: 'guard rails',
      of: (_, action) => actions(action),
      policies,
      except: () => (except === undefined ? [] : [{ where: except }]),
    });
  for (const kind of ['outside', 'anonymous'] as const)
    mustRefuse(asking, spot, {
      principal: { kind },
      lock: 'guard rails',
      of: (action) => isUnderRcps(asking, spot, action),
      policies,
    });
}

/** A resource without a policy of its own lets nobody of another account in. Who becomes a role needs `sts:AssumeRole` for it, whatever else he asks. */
function isUnderRcps({ engine }: Asking, { resource }: Spot, action: string): boolean {
  const [service = ''] = action.split(':');
  if (service === 'sts') return action === 'sts:AssumeRole';
  if (resource.policies.length === 0 || resource.kind === 'iam:role' || resource.kind in OUTSIDE_RCPS) return false;
  return engine.knowledge.hasRcps(service);
}

/** Kinds of which the organisation's resource control policy does not speak, and why. */
const OUTSIDE_RCPS: Partial<Readonly<Record<ResourceKind, string>>> = {
  'ecr:repository':
    'it is about what holds data or leads to it by itself; a repository lets in nobody by its own policy, which is asked, and refuses to be written besides',
};

/** Who has to may, by the organisation's policies and the resource's own, whatever is said of him in his account. */
function askNeeded(asking: Asking, spot: Spot, arn: string, needed: readonly string[]): void {
  const { resource, type } = spot;
  // The same guards stand for streams as for their group, which not every action is about.
  const known = asking.engine.knowledge.actionsOn(resource.kind).filter((one) => one.type === type);
  const actions = needed.filter((action) => known.some((one) => one.action === action));
  if (!isFirst(asking, spot, askerByArn(arn), [arn, ...actions])) return;
  for (const action of actions)
    showOpen(asking, spot, { principal: { kind: 'named', arn }, action }, `${arn}: ${action}`);
}
