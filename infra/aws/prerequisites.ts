import type { Environment } from '../../schema/model';
import { bootstrapNames, networkNames, parameterNames, stackNames, tags } from '../../schema/names';
import { CLUSTERS, type ClusterName } from '../../schema/vocabulary';
import { deployPolicy } from './deploy-policy';
import { code, shell } from './markdown';
import { type NeededQuota, neededQuotas } from './prerequisites-quotas';
import { foreignRoles } from './prerequisites-roles';

/**
 * `PREREQUISITES.md` of an environment: what must be done once, by a person with rights that no deploy has, before the first
 * `cdk deploy`; and the order of that first one. Pure: the same environment gives the same text.
 */
export function prerequisites(env: Environment): string {
  return [
    `# Before the first deploy of ${env.name}`,
    'Generated from the environment; edit that. Commands are for a shell with credentials of the account that the heading names.',
    organisation(env),
    foreignRoles(env),
    ...CLUSTERS.map((cluster) => account(env, cluster)),
    costs(env),
    deployOrder(env),
    afterwards(env),
  ]
    .join('\n\n')
    .concat('\n');
}

function organisation(env: Environment): string {
  const { management, audit } = env.accounts;
  return [
    `## 1. Organisation ${env.organizationId} (management account ${management})`,
    'The audit account owns the trail on behalf of the organisation; an organisation has at most three delegated trail administrators.',
    shell(
      'aws organizations enable-aws-service-access --service-principal cloudtrail.amazonaws.com',
      `aws cloudtrail register-organization-delegated-admin --member-account-id ${audit}`,
      "ROOT=$(aws organizations list-roots --query 'Roots[0].Id' --output text)",
      'aws organizations enable-policy-type --root-id "$ROOT" --policy-type SERVICE_CONTROL_POLICY',
      'aws organizations enable-policy-type --root-id "$ROOT" --policy-type RESOURCE_CONTROL_POLICY',
    ),
    `The audit account ${audit} is not bootstrapped for CDK, on purpose: no role of a deploy may exist there.`,
  ].join('\n\n');
}

/** Services whose linked role a fresh account lacks; without the first, every Spot request fails. */
const LINKED_ROLES = [
  'spot.amazonaws.com',
  'autoscaling.amazonaws.com',
  'eks.amazonaws.com',
  'eks-nodegroup.amazonaws.com',
] as const;

function account(env: Environment, cluster: ClusterName): string {
  const id = env.accounts[cluster];
  const step = cluster === 'production' ? 3 : 4;
  const name = bootstrapNames.deployPolicy(env, cluster);
  return [
    `## ${String(step)}. Account ${id} (${cluster})`,
    `### Service-linked roles\n\nA role that exists already answers with an error that may be ignored.`,
    shell(...LINKED_ROLES.map((service) => `aws iam create-service-linked-role --aws-service-name ${service}`)),
    `### Quotas\n\nRaise what is below; pools cannot grow to their limits otherwise. GPU quotas take days: ask first.`,
    quotaTable(neededQuotas(env, cluster)),
    shell(
      `aws service-quotas get-service-quota --region ${env.region} --service-code ec2 --quota-code <code>`,
      `aws service-quotas request-service-quota-increase --region ${env.region} --service-code ec2 --quota-code <code> --desired-value <needed>`,
    ),
    [
      '### Bootstrap',
      '',
      `CloudFormation deploys with a policy of its own instead of AdministratorAccess. Save it as \`${name}.json\`:`,
    ].join('\n'),
    code('json', JSON.stringify(deployPolicy(env, cluster), undefined, 2)),
    'No `--trust`: only principals of this account deploy, and the guard rails of the organisation say which.',
    shell(
      `aws iam create-policy --policy-name ${name} --policy-document file://${name}.json`,
      `npx cdk bootstrap aws://${id}/${env.region} \\`,
      `  --cloudformation-execution-policies arn:aws:iam::${id}:policy/${name} \\`,
      '  --bootstrap-customer-key --public-access-block-configuration --termination-protection',
    ),
  ].join('\n\n');
}

function quotaTable(quotas: readonly NeededQuota[]): string {
  const rows = quotas.map(({ service, code, name, needed, byDefault }) => {
    const enough = byDefault === undefined ? 'look it up' : byDefault >= needed ? 'enough by default' : 'raise';
    return `| ${service} | ${code} | ${name} | ${String(needed)} | ${byDefault === undefined ? '-' : String(byDefault)} | ${enough} |`;
  });
  return ['| service | code | quota | needed | default | |', '| --- | --- | --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
}

function costs(env: Environment): string {
  const keys = Object.values(tags)
    .map((key) => `TagKey=${key},Status=Active`)
    .join(' ');
  return [
    `## 5. Cost allocation (management account ${env.accounts.management})`,
    'A tag can be activated a day after it was first seen, so after the first deploy. Costs before that day are never split.',
    shell(`aws ce update-cost-allocation-tags-status --cost-allocation-tags-status ${keys}`),
    'Nodes carry no tenant tag, since one pool serves all tenants: switch on split cost allocation data for Amazon EKS in the ' +
      "billing console's cost management preferences, for the cost of a tenant's pods.",
  ].join('\n\n');
}

function deployOrder(env: Environment): string {
  const deploy = (...stacks: readonly string[]): string =>
    `npx cdk deploy -c env=${env.name} ${stacks.map((stack) => `'${env.name}/${stack}'`).join(' ')}`;
  const both = (room: string): string[] => CLUSTERS.map((cluster) => stackNames.platform(cluster, room));
  return [
    '## 6. First deploy',
    'Stacks meet at names, so CloudFormation knows no order among them. The registries are filled before anything pulls from them: ' +
      'a private node reaches no other.',
    shell(
      deploy(...both('network'), ...both('registry')),
      `npx atoll images lock                       # once per change of a version; needs a network`,
      `npx atoll images mirror --env ${env.name} > mirror.sh   # read it, then run it where both sides are reachable`,
      'bash mirror.sh',
      deploy(...both('delivery')),
      deploy(...both('cluster')),
      deploy(...both('operations'), stackNames.platform('production', 'ingest')),
      deploy(stackNames.tenant('*')),
    ),
    'Flux comes up with the cluster and pulls the controllers, then pools and queues, then tenants. ' +
      `${env.alertEmail} gets one mail per account that asks to confirm the subscription; alarms reach nobody before that.`,
  ].join('\n\n');
}

function afterwards(env: Environment): string {
  const commands = CLUSTERS.map((cluster) =>
    [
      `# account ${env.accounts[cluster]} (${cluster})`,
      `GROUP=$(aws ec2 describe-security-groups --region ${env.region} --filters Name=group-name,Values=default \\`,
      `  "Name=vpc-id,Values=$(aws ssm get-parameter --region ${env.region} --name ${parameterNames.vpcId(env, cluster)} --query Parameter.Value --output text)" \\`,
      "  --query 'SecurityGroups[0].GroupId' --output text)",
      `aws ec2 revoke-security-group-ingress --region ${env.region} --group-id "$GROUP" --protocol=-1 --source-group "$GROUP"`,
      `aws ec2 revoke-security-group-egress --region ${env.region} --group-id "$GROUP" --protocol=-1 --cidr 0.0.0.0/0`,
    ].join('\n'),
  );
  return [
    '## 7. Once afterwards: empty the default security groups',
    'CloudFormation cannot, and a function that could would hold the right to rewrite any security group. Nothing uses the groups; ' +
      `pools live in the \`${networkNames.isolatedSubnets}\` subnets with the cluster's own group.`,
    shell(...commands),
  ].join('\n\n');
}
