import { tenantNames } from '../../schema/names';
import type { ConditionBlock } from '../iam/condition';
import { POD_IDENTITY } from '../iam/pod-identity';
import type { Exception, Principal, Witness } from '../iam/query';
import type { Association } from '../iam/world';
import { isDataAction } from './data-actions';
import { noteOpen } from './ask-open';
import { type DeclaredTrust, declaredTrusts, platformServices } from './declared-trusts';
import { merged } from './requirements';
import { type Asking, mustRefuse, type Spot } from './spot';

/**
 * Nobody becomes a role of a grant but its pods and its people, nor one by which something comes in but who brings it, nor any other role of the
 * stacks but a service of AWS or the pods of its association: by the trust policy alone, whoever asks and whatever his own policies allow. And
 * they do: else what is open would be proven of a role that nobody has.
 */
export function askTrusts(asking: Asking): void {
  const trusts = declaredTrusts(asking.env);
  for (const trust of trusts) {
    const resource = asking.engine.world.resources.get(trust.roleArn);
    if (resource === undefined) {
      missing(asking, trust, 'got no such role in the stacks');
      continue;
    }
    const spot: Spot = { of: trust.roleArn, resource, type: 'role' };
    refuseOthers(asking, spot, (principal, action) => exceptions(asking, trust, principal, action));
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
  askPlatform(asking, new Set(trusts.map(({ roleArn }) => roleArn)));
}

/** Of every role that is no tenant's and of which nothing else is declared. */
function askPlatform(asking: Asking, declared: ReadonlySet<string>): void {
  const { env, engine } = asking;
  const tenants = new Set(env.tenants.map(({ id }) => tenantNames.roleArn(env, id)));
  for (const [roleArn, { account }] of engine.world.roles) {
    const resource = engine.world.resources.get(roleArn);
    if (resource === undefined || declared.has(roleArn) || tenants.has(roleArn)) continue;
    const pods = engine.world.associations.filter(({ role }) => role === roleArn).map((one) => podOf(one, account));
    const services = platformServices(env, account);
    const spot: Spot = { of: roleArn, resource, type: 'role' };
    const letIn = [...pods, ...services].map((where): Exception => ({ where }));
    refuseOthers(asking, spot, ({ kind }) => (kind === 'service' ? letIn : []));
    // Each of its pods becomes it; where it has none, some service does.
    const becomes = (where: ConditionBlock): Witness | undefined =>
      engine.isAllowed({
        principal: { kind: 'service' },
        action: 'sts:AssumeRole',
        target: { resource, type: 'role' },
        where,
      });
    for (const pod of pods) noteOpen(asking, spot, becomes(pod), `pods of its association become ${roleArn}`);
    // That no other service does was asked before.
    if (pods.length === 0) noteOpen(asking, spot, becomes({}), `a service of the platform becomes ${roleArn}`);
  }
}

const podOf = ({ clusterArn, namespace, serviceAccount }: Association, account: string): ConditionBlock => ({
  StringEquals: {
    'aws:PrincipalServiceName': POD_IDENTITY,
    'aws:SourceAccount': account,
    'aws:RequestTag/eks-cluster-arn': clusterArn,
    'aws:RequestTag/kubernetes-namespace': namespace,
    'aws:RequestTag/kubernetes-service-account': serviceAccount,
  },
});

function principalOf({ by }: DeclaredTrust): Principal {
  if ('service' in by) return { kind: 'service', service: by.service };
  return 'role' in by ? { kind: 'named', arn: by.role } : { kind: 'account', account: by.account, except: [] };
}

function refuseOthers(asking: Asking, spot: Spot, except: (principal: Principal, action: string) => Exception[]): void {
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
      except: (action) => except(principal, action),
    });
}

function exceptions(
  { engine }: Asking,
  { by, where, actions }: DeclaredTrust,
  principal: Principal,
  action: string,
): Exception[] {
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
  const isOfHis =
    principal.kind === 'account'
      ? principal.account === by.account
      : principal.kind === 'organisation' && !engine.world.accounts.includes(by.account);
  return isOfHis ? [{ where }] : [];
}

function missing(asking: Asking, { roleArn, who }: DeclaredTrust, got: string): void {
  asking.findings.push({
    proof: 'isolation',
    kind: 'closed',
    subject: roleArn,
    message: `${who}: ${got}, allowed by the declared matrix`,
  });
}
