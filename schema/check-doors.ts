import { checkPrivateBlock, takenBlocks, type Rival } from './check-connected-network';
import type { EnvironmentConfig } from './environment';
import { show, type Path, type Report } from './faults';
import type { EnvironmentSummary } from './other-environments';
import { PEOPLE_SERVICES } from './people-services';
import type { Sparse } from './sparse';
import type { ClusterName } from './vocabulary';

type Env = Sparse<EnvironmentConfig>;

/**
 * The doors of an environment: reached by the connected network alone, by nobody whom another way is for, under a certificate and with a secret
 * that they may use, and with something behind them.
 */
export function checkDoors(env: Env, others: readonly EnvironmentSummary[], report: Report): void {
  const { product, people } = env.doors ?? {};
  if (product !== undefined) {
    const at = ['doors', 'product'];
    checkWayIn(env, at, report);
    checkOwner(env, 'production', product.certificateArn, [...at, 'certificateArn'], report);
    checkBlocks(product.cidrBlocks, { env, others, at: [...at, 'cidrBlocks'], whose: "the product's" }, report);
  }
  if (people === undefined) return;
  const at = ['doors', 'people'];
  checkWayIn(env, at, report);
  checkOwner(env, 'research', people.certificateArn, [...at, 'certificateArn'], report);
  checkOwner(env, 'research', people.signIn?.clientSecretArn, [...at, 'signIn', 'clientSecretArn'], report);
  const place = { env, others, at: [...at, 'signIn', 'cidrBlocks'], whose: "the sign-in's" };
  checkBlocks(people.signIn?.cidrBlocks, place, report);
  if (PEOPLE_SERVICES.length === 0)
    report(at, 'a door with nothing behind it', 'allowed where something is', 'leave it out until there is');
}

function checkWayIn(env: Env, path: Path, report: Report): void {
  if (env.network !== undefined && env.network.connectedNetwork === undefined)
    report(
      path,
      'a door of an environment without network.connectedNetwork',
      'allowed where callers have a way to the VPC',
      'name the transit gateway, or leave the door out',
    );
}

/** A load balancer takes a certificate of its own account and region, and a deploy reads secrets of those. */
function checkOwner(env: Env, cluster: ClusterName, arn: string | undefined, path: Path, report: Report): void {
  if (arn === undefined) return;
  const [, , , region, account] = arn.split(':');
  const own = env.accounts?.[cluster];
  const isElsewhere = env.region !== undefined && region !== env.region;
  const isAnothers = own !== undefined && account !== own;
  if (isElsewhere || isAnothers)
    report(
      path,
      show(arn),
      `allowed one of region '${env.region ?? ''}' in account '${own ?? ''}'`,
      `make it in the ${cluster} account, where the load balancer is`,
    );
}

interface Blocks {
  readonly env: Env;
  readonly others: readonly EnvironmentSummary[];
  readonly at: Path;
  /** Whose addresses they are, as the remedy says it. */
  readonly whose: string;
}

function checkBlocks(
  blocks: readonly (string | undefined)[] | undefined,
  { env, others, at, whose }: Blocks,
  report: Report,
): void {
  const remedy = `name ${whose} own addresses, which are private`;
  const taken = [...takenBlocks(env, others), ...clients(env)].map((rival) => ({ ...rival, remedy }));
  const seen: Rival[] = [];
  blocks?.forEach((cidr, i) => {
    if (cidr === undefined) return;
    checkPrivateBlock(cidr, { rivals: [...taken, ...seen], path: [...at, i], remedy }, report);
    seen.push({ cidr, whose: `cidrBlocks[${i}]`, remedy: 'remove one of the two' });
  });
}

function clients(env: Env): Omit<Rival, 'remedy'>[] {
  return (env.network?.connectedNetwork?.cidrBlocks ?? []).flatMap((cidr, i) =>
    cidr === undefined ? [] : [{ cidr, whose: `network.connectedNetwork.cidrBlocks[${i}]` }],
  );
}
