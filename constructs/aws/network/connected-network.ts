import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { ConnectedNetworkSpec } from '../../../schema/environment';
import type { Environment } from '../../../schema/model';
import { clusterNames } from '../../../schema/names';
import { hasDoors } from '../../../schema/people-services';
import type { ClusterName } from '../../../schema/vocabulary';
import type { ClusterVpc } from './cluster-vpc';

export interface ConnectedNetworkProps {
  readonly env: Environment;
  readonly cluster: ClusterName;
  readonly network: ClusterVpc;
  readonly connectedNetwork: ConnectedNetworkSpec;
}

/**
 * The way in for people, and for the product: the VPC hangs on the organisation's transit gateway, and the system subnets, where the API server answers,
 * know the way back to the clients. Nothing else knows it: tenants' pools and the endpoints get no route, so that what reached them could
 * not be answered. Who passes the API server's door is for its security group and the access entries. The product, where it has a door, comes
 * and is answered the same way.
 *
 * The network team's half (sharing, acceptance, the gateway's own route tables) is in PREREQUISITES.md.
 */
export class ConnectedNetwork extends Construct {
  readonly attachment: ec2.CfnTransitGatewayAttachment;

  constructor(scope: Construct, id: string, props: ConnectedNetworkProps) {
    super(scope, id);
    const { env, cluster, network, connectedNetwork } = props;
    const { transitGatewayId, cidrBlocks } = connectedNetwork;
    const { subnets, subnetIds } = network.vpc.selectSubnets(network.systemSubnets);

    // Not `AWS::EC2::TransitGatewayVpcAttachment`: a further zone would replace that one, and EC2 refuses a second attachment of a VPC
    // beside the first (https://github.com/awslabs/landing-zone-accelerator-on-aws/issues/708). This one takes subnets in place.
    // https://github.com/aws-cloudformation/aws-cloudformation-resource-providers-transitgateway, 0f3447c (2026-11-25)
    this.attachment = new ec2.CfnTransitGatewayAttachment(this, 'Attachment', {
      transitGatewayId,
      vpcId: network.vpc.vpcId,
      subnetIds,
      // All three said, since that handler's defaults for DNS differ between a create and an update.
      options: { ApplianceModeSupport: 'disable', DnsSupport: 'disable', Ipv6Support: 'disable' },
      tags: [{ key: 'Name', value: clusterNames.vpc(env, cluster) }],
    });
    for (const subnet of subnets) {
      for (const block of [...cidrBlocks, ...beyondDoors(env, cluster)]) {
        const route = new ec2.CfnRoute(this, `${subnet.availabilityZone}-${block.replace('/', '-')}`, {
          routeTableId: subnet.routeTable.routeTableId,
          destinationCidrBlock: block,
          transitGatewayId,
        });
        // EC2 takes no route to a gateway that the VPC is not attached to, and says that the gateway does not exist.
        route.addResourceDependency(this.attachment);
      }
    }
  }
}

/**
 * Blocks beyond the transit gateway that the doors of a cluster speak with: a load balancer lies in the system subnets, answers from there,
 * and people's asks the sign-in from there.
 */
function beyondDoors(env: Environment, cluster: ClusterName): readonly string[] {
  if (!hasDoors(env, cluster)) return [];
  const { product, people } = env.doors ?? {};
  return (cluster === 'production' ? product?.cidrBlocks : people?.signIn.cidrBlocks) ?? [];
}
