import { noteOpen } from './ask-open';
import { ANYBODY } from './asker';
import { guardedOn } from './guarded-actions';
import { type Asking, mustRefuse, type Spot } from './spot';

/**
 * What the organisation's policies hold by themselves, whatever the policies of the accounts say: only a deploy changes who may, only those in
 * need read logs, and nobody outside of the organisation is let in. Those few are let through by all of them, and by the resource's own policy.
 */
export function askGuardRails(asking: Asking, spot: Spot): void {
  const { resource, type } = spot;
  const rails = asking.engine.world.guardRails;
  if (rails === undefined || !isFirst(asking, spot)) return;
  const scps = rails.scps.flat();
  const { env } = asking;
  for (const { actions, by, except, needed = [], who = by } of guardedOn(resource.kind, type)) {
    const may = by(env, resource.account);
    mustRefuse(asking, spot, {
      principal: { kind: 'account', account: resource.account, except: may },
      lock: 'guard rails',
      of: (_, action) => actions(action),
      policies: scps,
      except: () => (except === undefined ? [] : [{ where: except }]),
    });
    for (const arn of who(env, resource.account))
      for (const action of needed.filter((one) => isOn(asking, spot, one))) askNeeded(asking, spot, arn, action);
  }
  for (const kind of ['outside', 'anonymous'] as const)
    mustRefuse(asking, spot, {
      principal: { kind },
      lock: 'guard rails',
      of: (action) => isUnderRcps(asking, spot, action),
      policies: rails.rcps.flat(),
    });
}

/** A resource without a policy of its own lets nobody of another account in. Who becomes a role needs `sts:AssumeRole` for it, whatever else he asks. */
function isUnderRcps({ engine }: Asking, { resource }: Spot, action: string): boolean {
  const [service = ''] = action.split(':');
  if (service === 'sts') return action === 'sts:AssumeRole';
  return resource.policies.length > 0 && resource.kind !== 'iam:role' && engine.knowledge.hasRcps(service);
}

/** The same guards stand for streams as for their group, which not every action is about. */
const isOn = ({ engine }: Asking, { resource, type }: Spot, action: string): boolean =>
  engine.knowledge.actionsOn(resource.kind).some((one) => one.type === type && one.action === action);

/** Who has to may, by the organisation's policies and the resource's own, whatever is said of him in his account. */
function askNeeded(asking: Asking, spot: Spot, arn: string, action: string): void {
  const { resource, type } = spot;
  const witness = asking.engine.isAllowed({ principal: { kind: 'named', arn }, action, target: { resource, type } });
  noteOpen(asking, spot, witness, `${arn}: ${action}`);
}

/** Whether this was not asked about a resource like it. The resource's own policy has a say in what a deploy may. */
function isFirst({ engine, sameness }: Asking, { of, resource, type }: Spot): boolean {
  const rails = engine.world.guardRails;
  const texts = [rails?.scps ?? [], rails?.rcps ?? []].flat(2);
  const said = [
    ...sameness.ofResource(resource, ANYBODY),
    ...sameness.relevant.ofResource({ policies: texts }, ANYBODY),
  ];
  return sameness.isNew(of, resource, ['guard rails', type, ...said]);
}
