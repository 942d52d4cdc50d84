import { arn } from '../../schema/arns';
import { roleNames, tenantNames } from '../../schema/names';
import type { Exception, Principal } from '../iam/query';
import { askerOf } from './asker';
import { isDataAction } from './data-actions';
import { deploysOf } from './guarded-actions';
import type { DeclaredService } from './declared-services';
import { merged } from './requirements';
import { type Asking, mustRefuse, type Spot } from './spot';

/**
 * Nobody undeclared is let in by the resource's own policy, whatever policies of his own he has: not of these accounts, not of another of the
 * organisation, not of any other, not without a signature, and no AWS service but for what is declared of it.
 * @param holders ARNs of the roles that have a declared way on the resource
 */
export function askStrangers(
  asking: Asking,
  spot: Spot,
  holders: readonly string[],
  services: readonly DeclaredService[],
): void {
  const { env } = asking;
  const { resource, type } = spot;
  const { production, research } = env.accounts;
  // Made by the erasure's own stack; what it may do is said there.
  const eraser = arn.role(production, roleNames.eraser(env));
  const deploys = deploysOf(env);
  const isData = (action: string): boolean => isDataAction(resource.kind, type, action);
  // Who subscribes the tenant's own queues to its own topic gets nothing by it.
  const own = resource.kind === 'sns:topic' ? ownQueues(asking, spot) : [];
  const subscribes = (action: string): Exception[] =>
    action === 'sns:Subscribe' ? [{ where: { StringEquals: { 'sns:Endpoint': own } } }] : [];
  const refuse = (principal: Principal, of = isData, except = subscribes, said: readonly string[] = own): void => {
    if (isFirst(asking, spot, principal, [of === isData ? 'data' : of.name, ...said]))
      mustRefuse(asking, spot, { principal, lock: 'resource', of, policies: resource.policies, except });
  };
  // CloudFormation's role sees names of keys and no data (constructs/aws/bucket-denials.ts).
  const isList = (action: string): boolean => isData(action) && action === 's3:ListBucket';
  const isRest = (action: string): boolean => isData(action) && action !== 's3:ListBucket';
  const known = [...holders, eraser];
  refuse({ kind: 'account', account: production, except: known }, isRest);
  refuse({ kind: 'account', account: production, except: [...known, deploys] }, isList);
  refuse({ kind: 'named', arn: deploys }, isRest);
  refuse({ kind: 'account', account: research, except: known });
  refuse({ kind: 'organisation' });
  refuse({ kind: 'outside' });
  refuse({ kind: 'anonymous' });
  const served = (action: string): Exception[] =>
    services
      .filter(({ actions }) => actions.includes(action))
      .map(({ service, where }) => ({
        where: merged(where, { StringEquals: { 'aws:PrincipalServiceName': service } }),
      }));
  refuse({ kind: 'service' }, isData, served, [JSON.stringify(services)]);
}

/**
 * Whether nobody like him was asked about on a resource like this. Whom he is not matters only where a statement that may be about him
 * looks at who he is.
 */
function isFirst(
  { sameness, engine }: Asking,
  { tenant, resource, type }: Spot,
  principal: Principal,
  said: readonly string[],
): boolean {
  const policies = sameness.ofResource(resource, askerOf(principal, engine.world));
  const looksAtHim = policies.some((text) => /aws:principalarn|"identity"/i.test(text));
  const who = looksAtHim || principal.kind !== 'account' ? principal : { ...principal, except: [] };
  return sameness.isNew(tenant?.id ?? '', resource, [JSON.stringify(who), type, ...policies, ...said]);
}

/** ARNs of the queues of the tenant whose topic is asked about. */
function ownQueues({ env }: Asking, { tenant }: Spot): string[] {
  return (tenant?.data ?? []).map((entry) => tenantNames.queueArn(env, tenant?.id ?? '', entry.class));
}
