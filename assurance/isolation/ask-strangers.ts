import { arn } from '../../schema/arns';
import { bootstrapNames } from '../../schema/names';
import { CLUSTERS } from '../../schema/vocabulary';
import type { Principal } from '../iam/query';
import { isDataAction } from './data-actions';
import type { DeclaredService } from './declared-services';
import { merged } from './requirements';
import type { DeclaredElsewhere, Room } from './room';
import { type Asking, mustRefuse, type Spot } from './spot';

/** What is declared of a spot. */
interface Declared {
  readonly room: Room;
  /** ARNs of the roles that have a declared way on it. */
  readonly holders: readonly string[];
  readonly services: readonly DeclaredService[];
  readonly others: readonly DeclaredElsewhere[];
}

/**
 * Nobody undeclared is let in by the resource's own policy, whatever policies of his own he has: not of these accounts, not of another of the
 * organisation, not of any other, not without a signature, and no AWS service but for what is declared of it. Nor does a role that no
 * template makes do more than is declared of it.
 */
export function askStrangers(asking: Asking, spot: Spot, { room, holders, services, others }: Declared): void {
  const { env } = asking;
  const { resource, type } = spot;
  const isData = (action: string): boolean => isDataAction(resource.kind, type, action);
  const refuse = (principal: Principal, of = isData, except = room.harmless): void => {
    mustRefuse(asking, spot, { principal, lock: 'resource', of, policies: resource.policies, except });
  };
  // CloudFormation's role sees names of keys and no data (constructs/aws/bucket-denials.ts).
  const isList = (action: string): boolean => action === 's3:ListBucket';
  const elsewhere = [...new Set(room.elsewhere.map((one) => one.arn))];
  const known = [...holders, ...room.unasked, ...elsewhere];
  for (const account of CLUSTERS.map((cluster) => env.accounts[cluster])) {
    if (account !== resource.account) {
      refuse({ kind: 'account', account, except: known });
      continue;
    }
    const deploys = arn.role(account, bootstrapNames.deployRole(account, env.region));
    refuse({ kind: 'account', account, except: known }, (action) => isData(action) && !isList(action));
    refuse({ kind: 'account', account, except: [...known, deploys] }, (action) => isData(action) && isList(action));
    refuse({ kind: 'named', arn: deploys }, (action) => isData(action) && !isList(action));
  }
  for (const one of elsewhere)
    refuse({ kind: 'named', arn: one }, isData, (action) =>
      others.filter((way) => way.arn === one && way.actions.includes(action)).map(({ where }) => ({ where })),
    );
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
