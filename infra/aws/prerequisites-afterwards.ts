import type { Environment } from '../../schema/model';
import { networkNames, parameterNames, tags } from '../../schema/names';
import { CLUSTERS, type ClusterName } from '../../schema/vocabulary';
import { shell } from './markdown';

/** The section on what is done once, after the first deploy. */
export function afterwards(env: Environment, step: number): string {
  return [
    `## ${String(step)}. Once afterwards`,
    '### Empty the default security groups',
    'CloudFormation cannot, and a function that could would hold the right to rewrite any security group. Nothing uses the groups; ' +
      `pools live in the \`${networkNames.isolatedSubnets}\` subnets with the cluster's own group.`,
    ...CLUSTERS.flatMap((cluster) => [
      `With credentials of account ${env.accounts[cluster]} (${cluster}):`,
      shell(...emptyDefaultGroup(env, cluster)),
    ]),
    '### Cost allocation',
    'A tag can be activated a day after it was first seen. Costs before that day are never split. ' +
      `With credentials of the management account ${env.accounts.management}:`,
    shell(
      `aws ce update-cost-allocation-tags-status --cost-allocation-tags-status ${Object.values(tags)
        .map((key) => `TagKey=${key},Status=Active`)
        .join(' ')}`,
    ),
    'Nodes carry no tenant tag, since one pool serves all tenants: switch on split cost allocation data for Amazon EKS in the ' +
      "billing console's cost management preferences, for the cost of a tenant's pods.",
  ].join('\n\n');
}

function emptyDefaultGroup(env: Environment, cluster: ClusterName): string[] {
  const { region } = env;
  return [
    `GROUP=$(aws ec2 describe-security-groups --region ${region} --filters Name=group-name,Values=default \\`,
    `  "Name=vpc-id,Values=$(aws ssm get-parameter --region ${region} --name ${parameterNames.vpcId(env, cluster)} --query Parameter.Value --output text)" \\`,
    "  --query 'SecurityGroups[0].GroupId' --output text)",
    `aws ec2 revoke-security-group-ingress --region ${region} --group-id "$GROUP" --protocol=-1 --source-group "$GROUP"`,
    `aws ec2 revoke-security-group-egress --region ${region} --group-id "$GROUP" --protocol=-1 --cidr 0.0.0.0/0`,
  ];
}
