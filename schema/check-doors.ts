import { checkPrivateBlock, takenBlocks, type Rival } from './check-connected-network';
import type { EnvironmentConfig } from './environment';
import { show, type Path, type Report } from './faults';
import type { EnvironmentSummary } from './other-environments';
import type { Sparse } from './sparse';

type Env = Sparse<EnvironmentConfig>;

const AT = ['doors', 'product'] as const;

/** The doors of an environment: reached by the connected network alone, by nobody whom another way is for, under a certificate that they may use. */
export function checkDoors(env: Env, others: readonly EnvironmentSummary[], report: Report): void {
  const product = env.doors?.product;
  if (product === undefined) return;
  checkWayIn(env, [...AT], report);
  checkCertificate(env, product.certificateArn, [...AT, 'certificateArn'], report);
  const remedy = "name the product's own addresses, which are private";
  const taken = [...takenBlocks(env, others), ...clients(env)].map((rival) => ({ ...rival, remedy }));
  const seen: Rival[] = [];
  product.cidrBlocks?.forEach((cidr, i) => {
    if (cidr === undefined) return;
    checkPrivateBlock(cidr, { rivals: [...taken, ...seen], path: [...AT, 'cidrBlocks', i], remedy }, report);
    seen.push({ cidr, whose: `cidrBlocks[${i}]`, remedy: 'remove one of the two' });
  });
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

/** A load balancer takes a certificate of its own account and region. */
function checkCertificate(env: Env, arn: string | undefined, path: Path, report: Report): void {
  if (arn === undefined) return;
  const [, , , region, account] = arn.split(':');
  const production = env.accounts?.production;
  const isElsewhere = env.region !== undefined && region !== env.region;
  const isAnothers = production !== undefined && account !== production;
  if (isElsewhere || isAnothers)
    report(
      path,
      show(arn),
      `allowed one of region '${env.region ?? ''}' in account '${production ?? ''}'`,
      'request it in the production account, where the load balancer is',
    );
}

function clients(env: Env): Omit<Rival, 'remedy'>[] {
  return (env.network?.connectedNetwork?.cidrBlocks ?? []).flatMap((cidr, i) =>
    cidr === undefined ? [] : [{ cidr, whose: `network.connectedNetwork.cidrBlocks[${i}]` }],
  );
}
