import type { Environment } from '../../schema/model';
import { clusterNames, doorNames, stackNames } from '../../schema/names';
import { shell } from './markdown';

/**
 * What the network team and the product's own do for the doors of an environment.
 * @returns nothing where it has none
 */
export function doors(env: Environment, step: number): string[] {
  const product = env.doors?.product;
  if (product === undefined) return [];
  const { certificateArn, cidrBlocks, domainName } = product;
  const region = `--region ${env.region}`;
  const name = doorNames.product(env);
  return [
    `## ${String(step)}. The product's way to the router`,
    `Before the deploy of \`${env.name}/${stackNames.platform('production', 'doors')}\`, with credentials of account ` +
      `${env.accounts.production} (production): the certificate for ${domainName} must be issued, or the listener is refused.`,
    shell(
      `aws acm describe-certificate ${region} --certificate-arn ${certificateArn} --query Certificate.Status --output text   # ISSUED`,
    ),
    `After it, point ${domainName} at the load balancer by a CNAME or an alias. Public DNS may have it: it answers with private addresses.`,
    shell(
      `aws elbv2 describe-load-balancers ${region} --names ${name} --query 'LoadBalancers[0].DNSName' --output text`,
      `aws elbv2 describe-target-health ${region} --target-group-arn $(aws elbv2 describe-target-groups ${region} --names ${name} \\`,
      "  --query 'TargetGroups[0].TargetGroupArn' --output text) --query 'TargetHealthDescriptions[].TargetHealth.State' --output text   # healthy",
    ),
    `For the network team: the deploy routes ${cidrBlocks.join(', ')} from production's system subnets to the transit gateway, where the ` +
      `attachment of ${clusterNames.vpc(env, 'production')} needs routes on to the product, and the product's one back to ${env.network.production}. ` +
      "Research's attachment has the same table, but its VPC no route to those blocks.",
    shell(
      ...cidrBlocks.map(
        (block) =>
          `aws ec2 create-transit-gateway-route ${region} --destination-cidr-block ${block} ` +
          '--transit-gateway-route-table-id <table without VPCs> --transit-gateway-attachment-id <of the product>',
      ),
      `aws ec2 create-transit-gateway-route ${region} --destination-cidr-block ${env.network.production} ` +
        '--transit-gateway-route-table-id <table of the product> --transit-gateway-attachment-id <of production>',
    ),
    'The door lets blocks of addresses in, and the router asks for a token of a service account in the namespace of a tenant: a backend ' +
      'outside of the cluster gets one by a `TokenRequest`, which needs a right in that namespace and a way to the API server.',
    'A change of the system nodes that makes EKS replace their group (its type of machine) takes the targets with it: deploy the cluster and ' +
      `\`${env.name}/${stackNames.platform('production', 'doors')}\` one right after the other, in an hour without calls.`,
  ];
}
