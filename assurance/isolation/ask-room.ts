import { arn } from '../../schema/arns';
import type { Environment } from '../../schema/model';
import { bootstrapNames, tenantNames } from '../../schema/names';
import type { Tenant } from '../../schema/tenant';
import { tenantPipelines } from '../../schema/tenant-pipelines';
import { askServed, askSubscribed } from './ask-open';
import { askRoles } from './ask-roles';
import { askSettings } from './ask-settings';
import { askStrangers } from './ask-strangers';
import { declaredWays } from './declared';
import type { DeclaredWay } from './declared-way';
import { declaredServices } from './declared-services';
import { holdersIn } from './holders';
import type { RoleReach } from './reach';
import { type Asking, isAt, type Spot, TYPES } from './spot';

/** Asks everything about one tenant's resources. */
export function askTenant(asking: Asking, tenant: Tenant, reach: RoleReach): void {
  const ways = declaredWays(asking.env, tenant);
  const services = declaredServices(asking.env, tenant);
  const seen = new Set<DeclaredWay>();
  const stack = `${asking.env.name}-tenant-${tenant.id}/`;
  for (const resource of asking.engine.world.resources.values()) {
    if (!resource.where.startsWith(stack)) continue;
    askSettings(asking, tenant, resource);
    for (const type of TYPES[resource.kind] ?? []) {
      const spot: Spot = { tenant, resource, type };
      const here = ways.filter(({ on }) => isAt(on, spot));
      for (const way of here) seen.add(way);
      const holders = holdersOf(asking, here);
      const served = services.filter(({ on }) => isAt(on, spot));
      const known = [...holders.keys()];
      const parts = [type, asking.sameness.ofResource(resource), tenant.data.map((entry) => entry.class).join()];
      if (asking.sameness.isNew(tenant.id, resource, [...parts, known.join(), JSON.stringify(served)])) {
        if (resource.policies.length > 0) askStrangers(asking, spot, known, served);
        askServed(asking, spot, served);
        if (resource.kind === 'sns:topic')
          askSubscribed(asking, spot, deploysOf(asking.env), queuesOf(asking.env, tenant));
      }
      askRoles(asking, { ...spot, tenant }, holders, reach);
    }
  }
  for (const { on, who, actions } of ways.filter((way) => !seen.has(way)))
    asking.findings.push({
      proof: 'isolation',
      kind: 'closed',
      subject: `tenant-${tenant.id}`,
      message: `${who}: ${actions.join(', ')}: got no ${on.kind} ${on.name} in the stacks, allowed one: the way is declared`,
    });
}

/** Ways by the role that has them; one whose role is not there is closed. */
function holdersOf(asking: Asking, ways: readonly DeclaredWay[]): Map<string, DeclaredWay[]> {
  const holders = new Map<string, DeclaredWay[]>();
  for (const way of ways) {
    const arns = holdersIn(asking.engine.world, way.holder);
    for (const arn of arns) holders.set(arn, [...(holders.get(arn) ?? []), way]);
    if (arns.length === 0)
      asking.findings.push({
        proof: 'isolation',
        kind: 'closed',
        subject: `tenant-${way.tenant}`,
        message: `${way.who}: ${way.actions.join(', ')}: got no role ${JSON.stringify(way.holder)}, allowed one: the way is declared`,
      });
  }
  return holders;
}

/** CloudFormation's role in the production account. */
const deploysOf = ({ accounts: { production }, region }: Environment): string =>
  arn.role(production, bootstrapNames.deployRole(production, region));

const queuesOf = (env: Environment, tenant: Tenant): string[] =>
  tenantPipelines(env, tenant).map((name) => tenantNames.queueArn(env, tenant.id, name));
