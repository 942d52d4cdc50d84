import { arn } from '../../schema/arns';
import { bootstrapNames, roleNames, tenantNames } from '../../schema/names';
import type { Exception, Principal } from '../iam/query';
import { isDataAction } from './data-actions';
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
  const deploys = arn.role(production, bootstrapNames.deployRole(production, env.region));
  const isData = (action: string): boolean => isDataAction(resource.kind, type, action);
  // Who subscribes the tenant's own queues to its own topic gets nothing by it.
  const own = ownQueues(asking, spot);
  const subscribes = (action: string): Exception[] =>
    action === 'sns:Subscribe' ? [{ where: { StringEquals: { 'sns:Endpoint': own } } }] : [];
  const refuse = (principal: Principal, of = isData, except = subscribes): void => {
    mustRefuse(asking, spot, { principal, lock: 'resource', of, policies: resource.policies, except });
  };
  // CloudFormation's role sees names of keys and no data (constructs/aws/bucket-denials.ts).
  const isList = (action: string): boolean => action === 's3:ListBucket';
  const known = [...holders, eraser];
  refuse({ kind: 'account', account: production, except: known }, (action) => isData(action) && !isList(action));
  refuse(
    { kind: 'account', account: production, except: [...known, deploys] },
    (action) => isData(action) && isList(action),
  );
  refuse({ kind: 'named', arn: deploys }, (action) => isData(action) && !isList(action));
  refuse({ kind: 'account', account: research, except: known });
  refuse({ kind: 'organisation' });
  refuse({ kind: 'outside' });
  refuse({ kind: 'anonymous' });
  refuse({ kind: 'service' }, isData, (action) =>
    services
      .filter(({ actions }) => actions.includes(action))
      .map(({ service, where }) => ({
        where: merged(where, { StringEquals: { 'aws:PrincipalServiceName': service } }),
      })),
  );
}

/** ARNs of the queues of the tenant whose topic is asked about. */
function ownQueues({ env }: Asking, { tenant }: Spot): string[] {
  return (tenant?.data ?? []).map((entry) => tenantNames.queueArn(env, tenant?.id ?? '', entry.class));
}
