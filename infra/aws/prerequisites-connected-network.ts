import type { ConnectedNetworkSpec } from '../../schema/environment';
import type { Environment } from '../../schema/model';
import { clusterNames, networkNames } from '../../schema/names';
import { CLUSTERS } from '../../schema/vocabulary';
import { shell } from './markdown';

/** How people get to the API servers, as far as a deploy cannot see to it: the network team's half, or what it means to have none. */
export function wayInForPeople(env: Environment, section: number): string {
  const { connectedNetwork } = env.network;
  return [
    `## ${String(section)}. The way in for people`,
    ...(connectedNetwork === undefined ? none(env) : networkTeam(env, connectedNetwork)),
  ].join('\n\n');
}

function none(env: Environment): string[] {
  return [
    '**No person reaches an API server of this environment.** The endpoints are private, and the VPCs have no VPN, no peer and no machine ' +
      'to sign in to. The access entries of administrators, viewers and research teams give rights that nobody can use until there is ' +
      'a way in, break-glass included. Deploys need none: Flux pulls, and the handler that installs it runs in the VPC.',
    `To have one, give \`network.connectedNetwork\` in \`environments/${env.name}/index.ts\` the id of the organisation's transit gateway in ` +
      `${env.region} and the blocks of people's clients, do what this file then says besides, and deploy the network stacks before the cluster stacks.`,
  ];
}

function networkTeam(env: Environment, { transitGatewayId, cidrBlocks }: ConnectedNetworkSpec): string[] {
  const vpcs = CLUSTERS.map((cluster) => `${clusterNames.vpc(env, cluster)} (${env.network[cluster]})`).join(' and ');
  const accounts = CLUSTERS.map((cluster) => env.accounts[cluster]).join(' ');
  const region = `--region ${env.region}`;
  const list = cidrBlocks.join(', ');
  return [
    `For the network team, in the account that owns ${transitGatewayId}. People come from ${list}. The deploy attaches ${vpcs} by their ` +
      'system subnets, gives those alone the routes back, and opens port 443 of the API servers. None of this grants a right in a ' +
      'cluster: what a person may do there is what their access entry says.',
    '1. Before the first deploy, share the transit gateway with both accounts. While sharing within the organisation is off, each of them ' +
      'has an invitation to accept besides.',
    shell(
      `aws ram create-resource-share ${region} --name ${networkNames.resourceShare(env)} --no-allow-external-principals \\`,
      `  --resource-arns arn:aws:ec2:${env.region}:<network account>:transit-gateway/${transitGatewayId} \\`,
      `  --principals ${accounts}`,
    ),
    '2. While the network stacks are deployed, accept the two attachments as they appear, unless the gateway accepts shared ones by itself. ' +
      'CloudFormation waits for that, and makes the routes only then.',
    shell(
      `aws ec2 describe-transit-gateway-vpc-attachments ${region} --filters Name=transit-gateway-id,Values=${transitGatewayId} \\`,
      "  Name=state,Values=pendingAcceptance --query 'TransitGatewayVpcAttachments[].[TransitGatewayAttachmentId,VpcOwnerId]' --output text",
      `aws ec2 accept-transit-gateway-vpc-attachment ${region} --transit-gateway-attachment-id <each>`,
    ),
    '3. Route by two tables of the gateway. Both attachments are associated with one that knows the clients and no VPC, or production, ' +
      "research and other environments could reach each other; so take them off the gateway's default table, if it has one. Both propagate " +
      'into the one with which the clients (VPN, Direct Connect) are associated. ' +
      'Pattern: https://docs.aws.amazon.com/vpc/latest/tgw/transit-gateway-isolated-shared.html (2026-11-25)',
    shell(
      `aws ec2 associate-transit-gateway-route-table ${region} --transit-gateway-route-table-id <table without VPCs> --transit-gateway-attachment-id <each>`,
      `aws ec2 enable-transit-gateway-route-table-propagation ${region} --transit-gateway-route-table-id <table of the clients> --transit-gateway-attachment-id <each>`,
    ),
    `4. Send ${CLUSTERS.map((cluster) => env.network[cluster]).join(' and ')} into the tunnel on the clients' side. The blocks above are what ` +
      "arrives in the VPC: AWS Client VPN in a VPC's subnets puts their addresses in place of its pool's " +
      '(https://docs.aws.amazon.com/vpn/latest/clientvpn-admin/what-is.html, 2026-11-25).',
    '5. DNS needs nothing as a rule: public DNS answers for the name of a private endpoint, with its private addresses ' +
      '(https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html, 2026-11-25). Where resolvers drop private addresses from ' +
      `public answers (protection against rebinding), except \`${env.region}.eks.amazonaws.com\` from that, or forward it to an inbound ` +
      "endpoint of Route 53 Resolver in the system subnets. EKS's private hosted zone cannot be associated with another VPC, and an entry " +
      'in a hosts file goes stale: an upgrade of the cluster makes new interfaces.',
    'Try it from a client, with a role that has an access entry and may call `eks:DescribeCluster`:',
    shell(
      ...CLUSTERS.map(
        (cluster) =>
          `aws eks update-kubeconfig ${region} --name ${clusterNames.cluster(env, cluster)} && kubectl get --raw /readyz`,
      ),
    ),
  ];
}
