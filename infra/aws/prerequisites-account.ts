import { arn } from '../../schema/arns';
import type { Environment } from '../../schema/model';
import { hasDoors } from '../../schema/people-services';
import { bootstrapNames } from '../../schema/names';
import type { ClusterName } from '../../schema/vocabulary';
import { deployPolicy } from './deploy-policy';
import { code, shell, table } from './markdown';
import { type NeededQuota, neededQuotas } from './prerequisites-quotas';

/** Services whose linked role a fresh account lacks; without the first, every Spot request fails. */
const LINKED_ROLES = [
  'spot.amazonaws.com',
  'autoscaling.amazonaws.com',
  'eks.amazonaws.com',
  'eks-nodegroup.amazonaws.com',
] as const;

/**
 * Attaching a VPC makes this role where it is missing; the policy of the deploys does not let them.
 * @see https://docs.aws.amazon.com/vpc/latest/tgw/service-linked-roles.html (2026-11-25)
 */
const TRANSIT_GATEWAY_ROLE = 'transitgateway.amazonaws.com';

/**
 * The first load balancer of an account makes this one where it is missing, which the policy of the deploys does not let them, either.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-service-linked-roles.html (2026-11-26)
 */
const LOAD_BALANCING_ROLE = 'elasticloadbalancing.amazonaws.com';

const linkedRoles = (env: Environment, cluster: ClusterName): readonly string[] => [
  ...LINKED_ROLES,
  ...(env.network.connectedNetwork === undefined ? [] : [TRANSIT_GATEWAY_ROLE]),
  ...(hasDoors(env, cluster) ? [LOAD_BALANCING_ROLE] : []),
];

/** The section on one account that deploys: what it needs before CDK can. */
export function account(env: Environment, cluster: ClusterName, step: number): string {
  const id = env.accounts[cluster];
  const name = bootstrapNames.deployPolicy(env, cluster);
  return [
    `## ${String(step)}. Account ${id} (${cluster})`,
    `### Service-linked roles\n\nA role that exists already answers with an error that may be ignored.`,
    shell(
      ...linkedRoles(env, cluster).map((service) => `aws iam create-service-linked-role --aws-service-name ${service}`),
    ),
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
    'No `--trust`: only principals of this account deploy, and the guard rails of the organisation say which. The assets get a key ' +
      "of their own (1 $ a month) whose policy lets this account's principals, and no other's, decrypt through S3; the two handlers " +
      'that read assets count on that and hold no right on the key. A key that exists already, by `--bootstrap-kms-key-id` in ' +
      'place of `--bootstrap-customer-key`, must say the same.',
    shell(
      `aws iam create-policy --policy-name ${name} --policy-document file://${name}.json`,
      `npx cdk bootstrap -c env=${env.name} aws://${id}/${env.region} \\`,
      `  --cloudformation-execution-policies ${arn.managedPolicy(id, name)} \\`,
      '  --bootstrap-customer-key --public-access-block-configuration --termination-protection',
    ),
  ].join('\n\n');
}

function quotaTable(quotas: readonly NeededQuota[]): string {
  const rows = quotas.map(({ service, code: quotaCode, name, needed, byDefault }) => {
    const enough = byDefault === undefined ? 'look it up' : byDefault >= needed ? 'enough by default' : 'raise';
    return [service, quotaCode, name, String(needed), byDefault === undefined ? '-' : String(byDefault), enough];
  });
  return table(['service', 'code', 'quota', 'needed', 'default', ''], rows);
}
