import { type CfnTag } from 'aws-cdk-lib';
import { CfnSecurityGroup, CfnSecurityGroupIngress } from 'aws-cdk-lib/aws-ec2';
import { CfnListener, CfnLoadBalancer, CfnTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import type { ProductDoorSpec } from '../../../schema/environment';
import type { Environment } from '../../../schema/model';
import { doorNames } from '../../../schema/door-names';
import { clusterObjectNames } from '../../../schema/names';
import { acknowledge } from '../acknowledge';
import { TLS_POLICY } from './tls-policy';

export interface ProductDoorProps {
  readonly env: Environment;
  readonly product: ProductDoorSpec;
  readonly vpcId: string;
  /** Subnets with routes to the callers. */
  readonly subnetIds: readonly string[];
  /** EKS's own group of the cluster, which every node is in. */
  readonly nodeGroupId: string;
  readonly tags: CfnTag[];
}

const HTTPS = 443;

/**
 * The product's way to the router: a load balancer with addresses of the VPC alone, which ends TLS and hands on to a port of the system
 * nodes, where kube-proxy leads to the router's pods, wherever they run. Who comes that far has the router's own check of tokens before him.
 *
 * It hides callers' addresses from the nodes, whose group then has one source to let in: this load balancer's group. The callers are in the
 * VPC's flow logs. docs/decisions/0032-the-doors.md
 */
export class ProductDoor extends Construct {
  readonly targetGroup: CfnTargetGroup;

  constructor(scope: Construct, id: string, props: ProductDoorProps) {
    super(scope, id);
    const { env, product, vpcId, tags } = props;
    const name = doorNames.product(env);
    const group = this.group(props);
    const balancer = new CfnLoadBalancer(this, 'LoadBalancer', {
      name,
      type: 'network',
      scheme: 'internal',
      ipAddressType: 'ipv4',
      subnets: [...props.subnetIds],
      securityGroups: [group.attrGroupId],
      // Nobody has a PrivateLink to it; whoever made one would meet the same rules.
      enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: 'on',
      loadBalancerAttributes: [
        // Its address is what the product's name points at.
        { key: 'deletion_protection.enabled', value: 'true' },
        // A zone may have lost its one system node.
        { key: 'load_balancing.cross_zone.enabled', value: 'true' },
      ],
      tags,
    });
    acknowledge(
      balancer,
      ['AwsSolutions-ELB2', 'NIST.800.53.R5-ELBLoggingEnabled'],
      'every connection is in the flow logs of the VPC, and every request is metered by the router, which alone knows the tenant',
    );
    this.targetGroup = new CfnTargetGroup(this, 'Targets', {
      name,
      vpcId,
      targetType: 'instance',
      protocol: 'TCP',
      port: clusterObjectNames.routerNodePort,
      // The router answers no path but those of its callers: that somebody listens is all that can be asked here.
      healthCheckProtocol: 'TCP',
      healthCheckPort: 'traffic-port',
      targetGroupAttributes: [{ key: 'preserve_client_ip.enabled', value: 'false' }],
      tags,
    });
    new CfnListener(this, 'Listener', {
      loadBalancerArn: balancer.ref,
      port: HTTPS,
      protocol: 'TLS',
      sslPolicy: TLS_POLICY,
      certificates: [{ certificateArn: product.certificateArn }],
      defaultActions: [{ type: 'forward', targetGroupArn: this.targetGroup.ref }],
    });
  }

  /** Lets the product's blocks in, and itself on to the nodes' one port. */
  private group({ env, product, vpcId, nodeGroupId, tags }: ProductDoorProps): CfnSecurityGroup {
    const port = clusterObjectNames.routerNodePort;
    const toNodes = { ipProtocol: 'tcp', fromPort: port, toPort: port };
    const group = new CfnSecurityGroup(this, 'Group', {
      groupDescription: `The load balancer of the calls of the product to the router of ${env.name}`,
      vpcId,
      securityGroupIngress: product.cidrBlocks.map((cidrIp) => ({
        ipProtocol: 'tcp',
        fromPort: HTTPS,
        toPort: HTTPS,
        cidrIp,
        description: 'TLS from the product',
      })),
      securityGroupEgress: [
        { ...toNodes, destinationSecurityGroupId: nodeGroupId, description: 'To the port of the router on the nodes' },
      ],
      tags,
    });
    new CfnSecurityGroupIngress(this, 'ToNodes', {
      groupId: nodeGroupId,
      ...toNodes,
      sourceSecurityGroupId: group.attrGroupId,
      description: 'The router, from the load balancer of the product',
    });
    return group;
  }
}
