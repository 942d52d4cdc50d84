import { Tags, aws_ec2 as ec2 } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Environment } from '../../../schema/model';
import { clusterNames, networkNames } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';
import { acknowledge } from '../acknowledge';

export interface ClusterVpcProps {
  readonly env: Environment;
  readonly cluster: ClusterName;
}

/** Zones that the address plan has room for; a third zone added later renumbers nothing. */
const PLANNED_ZONES = 3;

/**
 * The VPC of one cluster: no internet gateway, no NAT, no public subnet.
 *
 * Images and charts are mirrored into the environment's own registry and every AWS API that a node or a controller needs has an
 * endpoint, so nothing in here has a reason to reach the internet; NAT (33 $ a month and zone before traffic) would be a way out
 * for tenants' data and nothing else. What listens to people or to the product comes in over load balancers of their own; the API
 * server is reached over the connected network, where the environment names one
 * (docs/decisions/0005-no-nat-no-public-subnets.md).
 *
 * Three kinds of subnets, told apart by the `atoll:subnets` tag:
 * - `isolated`, a quarter of the block per zone: every Karpenter pool, since the VPC CNI takes an address per pod.
 * - `system`, a sixteenth per zone: the system node group, the control plane's interfaces, handlers in the VPC. They carry
 *   `kubernetes.io/role/internal-elb`, so an internal load balancer lands here and never beside tenants' pods.
 * - `endpoints`, a sixty-fourth per zone: the interface endpoints alone, with no route but the VPC's own. Tenants' pods may reach
 *   this block and not the control plane's, so nothing else may ever live here.
 *
 * The cluster side knows the plan too, since a network policy names blocks and not subnets: `constructs/k8s/network-policies/`.
 */
export class ClusterVpc extends Construct {
  readonly vpc: ec2.Vpc;
  readonly isolatedSubnets: ec2.SubnetSelection;
  readonly systemSubnets: ec2.SubnetSelection;
  readonly endpointSubnets: ec2.SubnetSelection;
  /** IPv4 blocks of the system subnets, concrete strings, in the order of the zones. */
  readonly systemCidrs: readonly string[];

  constructor(scope: Construct, id: string, props: ClusterVpcProps) {
    super(scope, id);
    const { env, cluster } = props;
    const block = env.network[cluster];
    const prefix = Number(block.split('/')[1]);

    this.vpc = new ec2.Vpc(this, 'Vpc', {
      vpcName: clusterNames.vpc(env, cluster),
      ipAddresses: ec2.IpAddresses.cidr(block),
      // The stack's `availabilityZones` getter names the zones: asking for them by `maxAzs` alone would look them up.
      maxAzs: env.availabilityZones.length,
      reservedAzs: PLANNED_ZONES - env.availabilityZones.length,
      natGateways: 0,
      createInternetGateway: false,
      // Closing the default group needs a Lambda that may rewrite any security group of the account for ever. Nothing uses the
      // group (every interface names its own), and PREREQUISITES.md has the two commands that empty it once.
      restrictDefaultSecurityGroup: false,
      subnetConfiguration: [
        {
          name: networkNames.isolatedSubnets,
          subnetType: ec2.SubnetType.PRIVATE_ISOLATED,
          cidrMask: prefix + 2,
        },
        { name: networkNames.systemSubnets, subnetType: ec2.SubnetType.PRIVATE_ISOLATED, cidrMask: prefix + 4 },
        // Three planned zones of the two groups above leave the last sixteenth of the block, which is this group's alone.
        { name: networkNames.endpointSubnets, subnetType: ec2.SubnetType.PRIVATE_ISOLATED, cidrMask: prefix + 6 },
      ],
    });
    this.isolatedSubnets = { subnetGroupName: networkNames.isolatedSubnets };
    this.systemSubnets = { subnetGroupName: networkNames.systemSubnets };
    this.endpointSubnets = { subnetGroupName: networkNames.endpointSubnets };

    const system = this.vpc.selectSubnets(this.systemSubnets).subnets;
    this.systemCidrs = system.map((subnet) => subnet.ipv4CidrBlock);
    for (const name of [networkNames.isolatedSubnets, networkNames.systemSubnets, networkNames.endpointSubnets]) {
      for (const subnet of this.vpc.selectSubnets({ subnetGroupName: name }).subnets) {
        Tags.of(subnet).add(networkNames.subnetTag, name);
      }
    }
    for (const subnet of system) Tags.of(subnet).add('kubernetes.io/role/internal-elb', '1');
    acknowledge(
      this.vpc,
      ['CloudFormation-Validate::W3010'],
      'zones are written down in the environment: a synth looks nothing up, and a list that moves would replace subnets',
    );
    acknowledge(
      this.vpc,
      ['NIST.800.53.R5-VPCDefaultSecurityGroupClosed'],
      'CloudFormation cannot empty the default group; nothing uses it and PREREQUISITES.md empties it once by command',
    );
  }
}
