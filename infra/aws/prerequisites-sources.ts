import { secretKeyStatements, secretPolicy } from '../../constructs/aws/data-access/relational-policies';
import type { Environment } from '../../schema/model';
import { clusterNames } from '../../schema/names';
import { grantsOpening, isRelational } from '../../schema/open-sources';
import type { RelationalSource } from '../../schema/source';
import { code, shell } from './markdown';

/**
 * What owners of databases and the network team do for the relational sources of an environment.
 * @returns nothing where it has none
 */
export function relationalSources(env: Environment, step: number): string[] {
  const sources = env.sources.filter(isRelational);
  if (sources.length === 0) return [];
  return [
    `## ${String(step)}. Relational sources`,
    'The owner of each database makes its secret and the key that encrypts it, and attaches to them what stands here: again whenever a ' +
      'grant that names the source comes, goes or is renewed. Each statement ends with its grant by itself. A password that was read ' +
      "outlives it: rotate the secret when a grant ends, and let the database's user read and nothing else.",
    ...sources.flatMap((source, i) => [
      `### ${String(step)}.${String(i + 1)} ${source.id}`,
      source.description,
      ...owner(env, source),
      ...networkTeam(env, source),
    ]),
  ];
}

function owner(env: Environment, source: RelationalSource): string[] {
  const { secretArn, keyArn, tenants } = source;
  const account = secretArn.split(':')[4] ?? '';
  const rows =
    tenants.length === 0
      ? "The database's user sees no tenant's rows."
      : `The database's user sees rows of ${tenants.join(', ')} only.`;
  if (grantsOpening(env, source).length === 0)
    return [
      `${rows} No grant opens it now: none names it, or not all of its tenants are active. The secret ${secretArn} and its key have no ` +
        'statement for this environment; take out what is left there.',
      shell(`aws secretsmanager delete-resource-policy --region ${env.region} --secret-id ${secretArn}`),
    ];
  return [
    `${rows} With credentials of account ${account}, save the policy of the secret as \`${source.id}.json\` and attach it:`,
    code('json', JSON.stringify(secretPolicy(env, source), undefined, 2)),
    shell(
      `aws secretsmanager put-resource-policy --region ${env.region} --secret-id ${secretArn} \\`,
      `  --resource-policy file://${source.id}.json --block-public-policy`,
    ),
    `The policy of the key ${keyArn} has these statements besides its own; AWS's own key \`aws/secretsmanager\` opens to no other account:`,
    code('json', JSON.stringify(secretKeyStatements(env, source), undefined, 2)),
  ];
}

/** The deploy makes the route of research's own subnets; the rest of the way is the gateway's and the replica's. */
function networkTeam(env: Environment, { cidrBlock, port }: RelationalSource): string[] {
  const research = env.network.research;
  return [
    `For the network team: the deploy routes ${cidrBlock} from the subnets of research's pods to the transit gateway, where the attachment of ` +
      `${clusterNames.vpc(env, 'research')} needs a route on to the replica, and the replica one back to ${research}. Production's attachment ` +
      'has the same table, but its VPC no route to that block.',
    shell(
      `aws ec2 create-transit-gateway-route --region ${env.region} --destination-cidr-block ${cidrBlock} \\`,
      '  --transit-gateway-route-table-id <table without VPCs> --transit-gateway-attachment-id <of the replica>',
      `aws ec2 create-transit-gateway-route --region ${env.region} --destination-cidr-block ${research} \\`,
      '  --transit-gateway-route-table-id <table of the replica> --transit-gateway-attachment-id <of research>',
      `aws ec2 create-route --region ${env.region} --destination-cidr-block ${research} --route-table-id <of the replica> --transit-gateway-id <gateway>`,
      `aws ec2 authorize-security-group-ingress --region ${env.region} --group-id <of the replica> --protocol tcp --port ${String(port)} --cidr ${research}`,
    ),
  ];
}
