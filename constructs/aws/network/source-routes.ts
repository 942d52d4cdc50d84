import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { RelationalSource } from '../../../schema/source';
import type { ClusterVpc } from './cluster-vpc';

export interface SourceRoutesProps {
  readonly network: ClusterVpc;
  readonly transitGatewayId: string;
  /** What attaches the VPC to the transit gateway. */
  readonly attachment: ec2.CfnTransitGatewayAttachment;
  readonly sources: readonly RelationalSource[];
}

/**
 * The way to the replicas of relational sources: a route for each of their blocks, out of the subnets where research pods run, to the
 * transit gateway. It is the only route out of those subnets, and as narrow as the block that the source names; which pods may
 * take it is for the network policies of the teams, and what they get there for the database's password.
 * docs/decisions/0020-sources-of-a-grant.md
 */
export class SourceRoutes extends Construct {
  constructor(scope: Construct, id: string, props: SourceRoutesProps) {
    super(scope, id);
    const { network, transitGatewayId, attachment, sources } = props;
    const { subnets } = network.vpc.selectSubnets(network.isolatedSubnets);
    for (const block of new Set(sources.map(({ cidrBlock }) => cidrBlock))) {
      for (const subnet of subnets) {
        const route = new ec2.CfnRoute(this, `${subnet.availabilityZone}-${block.replace('/', '-')}`, {
          routeTableId: subnet.routeTable.routeTableId,
          destinationCidrBlock: block,
          transitGatewayId,
        });
        // EC2 takes no route to a gateway that the VPC is not attached to, and says that the gateway does not exist.
        route.addResourceDependency(attachment);
      }
    }
  }
}
