import {
  Stack,
  type Environment as StackEnvironment,
  type aws_ec2 as ec2,
  type aws_kms as kms,
  aws_ssm as ssm,
} from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ClusterVpc } from '../../constructs/aws/network/cluster-vpc';
import { ConnectedNetwork } from '../../constructs/aws/network/connected-network';
import { DnsFirewall } from '../../constructs/aws/network/dns-firewall';
import { Endpoints } from '../../constructs/aws/network/endpoints';
import { FlowLogs } from '../../constructs/aws/network/flow-logs';
import { SourceRoutes } from '../../constructs/aws/network/source-routes';
import type { Environment } from '../../schema/model';
import { parameterNames } from '../../schema/names';
import { isRelational } from '../../schema/open-sources';
import type { ClusterName } from '../../schema/vocabulary';

export interface NetworkStackProps {
  readonly env: Environment;
  readonly cluster: ClusterName;
  /** Account and region of the stack. */
  readonly stackEnv: Required<StackEnvironment>;
}

/**
 * The VPC of one cluster with every way in and out of it. Other platform stacks of the account take `vpc` and the two subnet
 * selections as props; tenants' stacks find the endpoint and the VPC by SSM parameter.
 */
export class NetworkStack extends Stack {
  readonly vpc: ec2.Vpc;
  /** System node group, control plane, handlers in the VPC. */
  readonly systemSubnets: ec2.SubnetSelection;
  /** Every Karpenter pool. */
  readonly isolatedSubnets: ec2.SubnetSelection;
  /** Encrypts log groups below `/atoll/<env>/` of this account. */
  readonly logsKey: kms.Key;
  private readonly zones: string[];

  constructor(scope: Construct, id: string, props: NetworkStackProps) {
    super(scope, id, { env: props.stackEnv });
    const { env, cluster } = props;
    this.zones = [...env.availabilityZones];

    const network = new ClusterVpc(this, 'Network', { env, cluster });
    this.vpc = network.vpc;
    this.systemSubnets = network.systemSubnets;
    this.isolatedSubnets = network.isolatedSubnets;
    this.logsKey = new FlowLogs(this, 'FlowLogs', { env, cluster, vpc: network.vpc }).key;
    const endpoints = new Endpoints(this, 'Endpoints', { env, cluster, network });
    new DnsFirewall(this, 'DnsFirewall', { env, cluster, vpcId: network.vpc.vpcId });
    const { connectedNetwork } = env.network;
    if (connectedNetwork !== undefined) {
      const { attachment } = new ConnectedNetwork(this, 'ConnectedNetwork', {
        env,
        cluster,
        network,
        connectedNetwork,
      });
      const { transitGatewayId } = connectedNetwork;
      const sources = env.sources.filter(isRelational);
      if (cluster === 'research') new SourceRoutes(this, 'Sources', { network, transitGatewayId, attachment, sources });
    }

    new ssm.CfnParameter(this, 'VpcId', {
      type: 'String',
      name: parameterNames.vpcId(env, cluster),
      value: network.vpc.vpcId,
      description: 'VPC of the cluster',
    });
    new ssm.CfnParameter(this, 'S3Endpoint', {
      type: 'String',
      name: parameterNames.s3Endpoint(env, cluster),
      value: endpoints.s3.vpcEndpointId,
      description: 'S3 gateway endpoint to which bucket policies pin their principals',
    });
  }

  /** Named by the environment: CDK would look them up over the network. */
  override get availabilityZones(): string[] {
    return this.zones;
  }
}
