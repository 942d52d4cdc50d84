import { checkPrivateBlock, takenBlocks, type Rival } from './check-connected-network';
import type { KnownTenant } from './check-grant';
import type { EnvironmentConfig } from './environment';
import { allowedNames, meant, show, type Path, type Report } from './faults';
import { once } from './once';
import type { EnvironmentSummary } from './other-environments';
import type { RelationalSource } from './source';
import type { Sparse } from './sparse';

type Env = Sparse<EnvironmentConfig>;
type Relational = Sparse<RelationalSource>;

/** The rules of each source by itself, and between it and the environment. */
export function checkSources(env: Env, others: readonly EnvironmentSummary[], report: Report): void {
  once(env.sources, 'sources', 'id', report);
  const rivals = [...takenBlocks(env, others), ...clients(env)].map((rival) => ({ ...rival, remedy: OWN_ADDRESSES }));
  env.sources?.forEach((source, i) => {
    if (source?.kind === 'corpus')
      once(source.table?.columns, 'columns', 'name', (path, ...fault) => {
        report(['sources', i, 'table', ...path], ...fault);
      });
    if (source?.kind !== 'relational') return;
    checkOwner(source, env, ['sources', i], report);
    checkReach(source, env, rivals, ['sources', i], report);
  });
}

const OWN_ADDRESSES = "name the replica's own addresses, which are private";

function clients(env: Env): Omit<Rival, 'remedy'>[] {
  return (env.network?.connectedNetwork?.cidrBlocks ?? []).flatMap((cidr, i) =>
    cidr === undefined ? [] : [{ cidr, whose: `network.connectedNetwork.cidrBlocks[${i}]` }],
  );
}

/** Region and account of what an ARN names. */
function placeOf(arn: string): { readonly region: string; readonly account: string } {
  const [, , , region = '', account = ''] = arn.split(':');
  return { region, account };
}

/** In research an allow of the role's own would open the secret, whatever its policy says; elsewhere both must. */
function checkOwner({ secretArn, keyArn }: Relational, env: Env, at: Path, report: Report): void {
  for (const [field, arn] of [['secretArn', secretArn] as const, ['keyArn', keyArn] as const])
    if (arn !== undefined && env.region !== undefined && placeOf(arn).region !== env.region)
      report(
        [...at, field],
        show(arn),
        `allowed one of region '${env.region}'`,
        'replicate the secret into the region',
      );
  if (secretArn === undefined) return;
  const { account } = placeOf(secretArn);
  if (account === env.accounts?.research)
    report(
      [...at, 'secretArn'],
      show(secretArn),
      `allowed a secret of another account than research '${account}'`,
      'keep it in an account that research is opened to by a policy of the secret',
    );
  if (keyArn !== undefined && placeOf(keyArn).account !== account)
    report([...at, 'keyArn'], show(keyArn), `allowed a key of the secret's account '${account}'`, 'name that key');
}

function checkReach({ cidrBlock }: Relational, env: Env, rivals: readonly Rival[], at: Path, report: Report): void {
  if (cidrBlock === undefined) return;
  const path = [...at, 'cidrBlock'];
  if (env.network !== undefined && env.network.connectedNetwork === undefined)
    report(
      path,
      show(cidrBlock),
      'allowed where network.connectedNetwork names a transit gateway',
      'add it: no other way leads from research to a replica',
    );
  checkPrivateBlock(cidrBlock, { rivals, path, remedy: OWN_ADDRESSES }, report);
}

/**
 * The tenants of relational sources, each once and known; an erased one has no rows any more.
 * @param tenants by id; undefined where the tenants' folder cannot be read
 */
export function checkSourceTenants(
  env: Env,
  tenants: ReadonlyMap<string, KnownTenant> | undefined,
  report: Report,
): void {
  env.sources?.forEach((source, i) => {
    if (source?.kind !== 'relational') return;
    source.tenants?.forEach((id, j) => {
      if (id === undefined) return;
      const path = ['sources', i, 'tenants', j];
      if (source.tenants?.indexOf(id) !== j)
        report(path, `${show(id)} again`, 'each tenant at most once', 'remove one of the two');
      if (tenants === undefined) return;
      const tenant = tenants.get(id);
      const ids = [...tenants.keys()];
      if (tenant === undefined)
        report(path, show(id), allowedNames(ids, 'tenants'), meant(id, ids, 'name one of them'));
      else if (tenant.state === 'erased')
        report(path, `${show(id)}, which is erased`, 'allowed tenants that have rows', 'take it out');
    });
  });
}
