import { CLUSTERS } from '../../schema/vocabulary';
import type { Exception, Principal } from '../iam/query';
import { type Asker, askerOf } from './asker';
import { isDataAction } from './data-actions';
import { deploysOf } from './guarded-actions';
import { type DeclaredService, servedIn } from './declared-services';
import type { DeclaredElsewhere, Room } from './room';
import { type Asking, isFirst, mustRefuse, type Spot } from './spot';

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
  const harmless = room.harmless(resource);
  const byAction = (action: string): readonly Exception[] => harmless[action] ?? [];
  const refuse = (
    principal: Principal,
    of = isData,
    except = byAction,
    said: readonly string[] = [JSON.stringify(harmless)],
  ): void => {
    const by = askerOf(principal, asking.engine.world);
    const who = JSON.stringify(whoOf(asking, spot, principal, by));
    if (isFirst(asking, spot, by, [who, of === isData ? 'data' : of.name, ...said]))
      mustRefuse(asking, spot, { principal, lock: 'resource', of, policies: resource.policies, except });
  };
  // CloudFormation's role sees names of keys and no data (constructs/aws/bucket-denials.ts).
  const isList = (action: string): boolean => isData(action) && action === 's3:ListBucket';
  const isRest = (action: string): boolean => isData(action) && action !== 's3:ListBucket';
  const elsewhere = [...new Set(room.elsewhere.map((one) => one.arn))];
  const known = [...holders, ...elsewhere];
  for (const account of CLUSTERS.map((cluster) => env.accounts[cluster])) {
    if (account !== resource.account) {
      refuse({ kind: 'account', account, except: known });
      continue;
    }
    const deploys = deploysOf(env, account);
    refuse({ kind: 'account', account, except: known }, isRest);
    refuse({ kind: 'account', account, except: [...known, deploys] }, isList);
    refuse({ kind: 'named', arn: deploys }, isRest);
  }
  for (const one of elsewhere) {
    const own = others.filter((way) => way.arn === one);
    const declared = (action: string): Exception[] => [
      ...own.filter(({ actions }) => actions.includes(action)).map(({ where }) => ({ where })),
      ...byAction(action),
    ];
    refuse({ kind: 'named', arn: one }, isData, declared, [JSON.stringify([own, harmless])]);
  }
  // Of other accounts not even what changes a configuration, or is harmless here.
  const anything = (): boolean => true;
  const nothing = (): Exception[] => [];
  for (const kind of ['organisation', 'outside', 'anonymous'] as const) refuse({ kind }, anything, nothing, []);
  const served = (action: string): Exception[] => servedIn(services, action);
  refuse({ kind: 'service' }, isData, served, [JSON.stringify(services)]);
}

/** Who asks, as far as it matters: whom he is not matters only where a statement that may be about him looks at who he is. */
function whoOf({ sameness }: Asking, { of, resource }: Spot, principal: Principal, by: Asker): Principal {
  if (principal.kind !== 'account') return principal;
  const looksAtHim = sameness
    .ofResource(of, resource, by)
    .some((text) => /aws:principalarn|"(?:identity|session)"/i.test(text));
  return looksAtHim ? principal : { ...principal, except: [] };
}
