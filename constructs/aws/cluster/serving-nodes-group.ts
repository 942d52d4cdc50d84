import { CfnSecurityGroup, CfnSecurityGroupIngress, type IVpc } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { systemBlock } from '../../../schema/address-plan';
import type { Environment } from '../../../schema/model';
import { networkNames, tags } from '../../../schema/names';
import { MODEL_SERVER_PORT } from '../../../schema/server-pod';

export interface ServingNodesGroupProps {
  readonly env: Environment;
  readonly vpc: IVpc;
  /** EKS's own group, which is on the control plane's interfaces and on every other node. */
  readonly clusterGroupId: string;
}

/** Port of a kubelet, which the control plane calls. */
const KUBELET = 10_250;

/**
 * The group of the nodes that carry model servers, in place of EKS's own, in which every pod of the cluster may speak to every other: servers ask nobody
 * who he is. They are spoken to from the system subnets alone, where the router and the control plane's interfaces are, and no pod of a tenant. The
 * lock beside the namespace's network policies, which the CNI enforces late.
 */
export class ServingNodesGroup extends Construct {
  constructor(scope: Construct, id: string, { env, vpc, clusterGroupId }: ServingNodesGroupProps) {
    super(scope, id);
    const cidrIp = systemBlock(env.network.production);
    const from = (port: number, description: string): CfnSecurityGroup.IngressProperty => ({
      cidrIp,
      ipProtocol: 'tcp',
      fromPort: port,
      toPort: port,
      description,
    });
    const group = new CfnSecurityGroup(this, 'Group', {
      groupDescription: 'Nodes of model servers',
      vpcId: vpc.vpcId,
      securityGroupIngress: [from(MODEL_SERVER_PORT, 'the router'), from(KUBELET, 'the control plane')],
      // There is no way out of the VPC; what a pod reaches is its namespace's to say.
      securityGroupEgress: [{ cidrIp: '0.0.0.0/0', ipProtocol: '-1', description: 'anywhere in the VPC' }],
      tags: [
        { key: networkNames.nodesTag, value: networkNames.servingNodes },
        { key: tags.environment, value: env.name },
      ],
    });
    const ways = [
      { name: 'ApiServer', protocol: 'tcp', port: 443 },
      { name: 'Dns', protocol: 'udp', port: 53 },
      { name: 'DnsOverTcp', protocol: 'tcp', port: 53 },
    ];
    for (const { name, protocol, port } of ways)
      new CfnSecurityGroupIngress(this, name, {
        groupId: clusterGroupId,
        sourceSecurityGroupId: group.attrGroupId,
        ipProtocol: protocol,
        fromPort: port,
        toPort: port,
        description: 'nodes of model servers',
      });
  }
}
