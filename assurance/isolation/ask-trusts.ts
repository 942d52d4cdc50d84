import type { Exception, Principal } from '../iam/query';
import { isDataAction } from './data-actions';
import { type DeclaredTrust, declaredTrusts } from './declared-trusts';
import { merged } from './requirements';
import { type Asking, mustRefuse, type Spot } from './spot';

/**
 * Nobody becomes a role of a grant but its pods and its people, nor one by which data comes in but who brings it: by the trust policy alone,
 * whoever asks and whatever his own policies allow. And they do: else what is open would be proven of a role that nobody has.
 */
export function askTrusts(asking: Asking): void {
  for (const trust of declaredTrusts(asking.env)) {
    const resource = asking.engine.world.resources.get(trust.roleArn);
    if (resource === undefined) {
      missing(asking, trust, 'got no such role in the stacks');
      continue;
    }
    const spot: Spot = { of: trust.roleArn, resource, type: 'role' };
    refuseOthers(asking, spot, trust);
    for (const action of trust.actions) {
      const witness = asking.engine.isAllowed({
        principal: principalOf(trust),
        action,
        target: { resource, type: 'role' },
        where: trust.where,
      });
      if (witness === undefined) missing(asking, trust, `${action}: got a request that is always refused`);
      else asking.counts['ways shown open by a request'] += 1;
    }
  }
}

function principalOf({ by }: DeclaredTrust): Principal {
  if ('service' in by) return { kind: 'service', service: by.service };
  return 'role' in by ? { kind: 'named', arn: by.role } : { kind: 'account', account: by.account, except: [] };
}

function refuseOthers(asking: Asking, spot: Spot, trust: DeclaredTrust): void {
  const { production, research } = asking.env.accounts;
  const strangers: Principal[] = [
    { kind: 'account', account: production, except: [] },
    { kind: 'account', account: research, except: [] },
    { kind: 'organisation' },
    { kind: 'outside' },
    { kind: 'anonymous' },
    { kind: 'service' },
  ];
  for (const principal of strangers)
    mustRefuse(asking, spot, {
      principal,
      lock: 'resource',
      of: (action) => isDataAction(spot.resource.kind, spot.type, action),
      policies: spot.resource.policies,
      except: (action) => exceptions(trust, principal, action),
    });
}

function exceptions({ by, where, actions }: DeclaredTrust, principal: Principal, action: string): Exception[] {
  if (!actions.includes(action)) return [];
  if ('service' in by)
    return principal.kind === 'service'
      ? [{ where: merged(where, { StringEquals: { 'aws:PrincipalServiceName': by.service } }) }]
      : [];
  // Of whichever account of the organisation: of no other could it be.
  if ('role' in by)
    return principal.kind === 'account' || principal.kind === 'organisation'
      ? [{ where: merged(where, { ArnEquals: { 'aws:PrincipalArn': by.role } }) }]
      : [];
  return principal.kind === 'account' && principal.account === by.account ? [{ where }] : [];
}

function missing(asking: Asking, { roleArn, who }: DeclaredTrust, got: string): void {
  asking.findings.push({
    proof: 'isolation',
    kind: 'closed',
    subject: roleArn,
    message: `${who}: ${got}, allowed by the declared matrix`,
  });
}
