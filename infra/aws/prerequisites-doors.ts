import type { Environment } from '../../schema/model';
import { doorNames } from '../../schema/door-names';
import { clusterNames, stackNames } from '../../schema/names';
import { peopleServices } from '../../schema/people-services';
import { shell } from './markdown';

/**
 * What the network team and the product's own do for the product's way to the router.
 * @returns nothing where there is none
 */
export function productDoor(env: Environment, step: number): string[] {
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

/**
 * What the network team and whoever keeps the organisation's sign-in do for people's door.
 * @returns nothing where there is none
 */
export function peopleDoor(env: Environment, step: number): string[] {
  const people = env.doors?.people;
  const services = peopleServices(env);
  if (people === undefined || services.length === 0) return [];
  const { certificateArn, domainName, signIn } = people;
  const region = `--region ${env.region}`;
  return [
    `## ${String(step)}. People's way to what runs for them`,
    `Before the deploy of \`${env.name}/${stackNames.platform('research', 'doors')}\`, with credentials of account ${env.accounts.research} ` +
      `(research): the certificate for *.${domainName} must be issued, and the secret of the sign-in must be there.`,
    shell(
      `aws acm describe-certificate ${region} --certificate-arn ${certificateArn} --query Certificate.Status --output text   # ISSUED`,
      `aws secretsmanager describe-secret ${region} --secret-id ${signIn.clientSecretArn} --query Name --output text`,
    ),
    `For the sign-in: the application \`${signIn.clientId}\` sends people back to`,
    shell(...services.map(({ name }) => `https://${name}.${domainName}/oauth2/idpresponse`)),
    'The load balancer asks for tokens and names itself, and has no way to the internet. A sign-in that is there gets a front in the ' +
      `organisation's network, which passes on \`${signIn.tokenEndpoint}\` and \`${signIn.userInfoEndpoint}\`: under a public certificate, and with ` +
      "a name for which public DNS answers with private addresses, since the load balancer's own resolver knows no private zone. People's browsers " +
      `go to \`${signIn.authorizationEndpoint}\` by themselves.`,
    `After the deploy, point *.${domainName} at the load balancer by a CNAME or an alias:`,
    shell(
      `aws elbv2 describe-load-balancers ${region} --names ${doorNames.people(env)} --query 'LoadBalancers[0].DNSName' --output text`,
    ),
    `For the network team: the deploy routes ${signIn.cidrBlocks.join(', ')} from research's system subnets to the transit gateway, where the ` +
      `attachment of ${clusterNames.vpc(env, 'research')} needs a route on to the front, and the front one back to ${env.network.research}.`,
    shell(
      ...signIn.cidrBlocks.map(
        (block) =>
          `aws ec2 create-transit-gateway-route ${region} --destination-cidr-block ${block} ` +
          '--transit-gateway-route-table-id <table without VPCs> --transit-gateway-attachment-id <of the front>',
      ),
    ),
  ];
}
