import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Environment } from '../../../schema/model';
import type { ClusterName } from '../../../schema/vocabulary';
import { explain } from '../acknowledge';
import type { ClusterVpc } from './cluster-vpc';
import { endpointServices, endpointStatements } from './endpoint-services';
import { s3EndpointStatements } from './s3-endpoint-policy';

/** Why an endpoint policy has `*` for a resource. */
const BOUND_BY_ACCOUNT =
  'bounded by account and action; which resource is for the role policy and the policy of the resource';

export interface EndpointsProps {
  readonly env: Environment;
  readonly cluster: ClusterName;
  readonly network: ClusterVpc;
}

/**
 * Every way from the VPC to AWS: an S3 gateway endpoint (free) on the route tables of all subnets that make calls, and one interface
 * endpoint per API in the endpoints' own subnets of every zone. 11 services in 3 zones cost about 241 $ a month, idle or not; research has one more, and another where
 * it has a relational source.
 */
export class Endpoints extends Construct {
  readonly s3: ec2.GatewayVpcEndpoint;
  readonly securityGroup: ec2.SecurityGroup;

  constructor(scope: Construct, id: string, props: EndpointsProps) {
    super(scope, id);
    const { env, cluster, network } = props;
    // The class declares optional members that the interface, under exactOptionalPropertyTypes, does not accept.
    const vpc = network.vpc as ec2.IVpc;

    this.s3 = new ec2.GatewayVpcEndpoint(this, 'S3', {
      vpc,
      service: new ec2.GatewayVpcEndpointAwsService('s3'),
      subnets: [network.isolatedSubnets, network.systemSubnets],
    });
    for (const statement of s3EndpointStatements(env, cluster, network.systemCidrs)) this.s3.addToPolicy(statement);

    explain(
      this.s3.node.defaultChild as ec2.CfnVPCEndpoint,
      'an endpoint policy bounds whose buckets are reachable, by account and name; whose objects is for role and bucket policies',
    );

    this.securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'HTTPS from the VPC to the interface endpoints',
      // An endpoint only answers.
      allowAllOutbound: false,
    });
    this.securityGroup.addIngressRule(ec2.Peer.ipv4(env.network[cluster]), ec2.Port.tcp(443), 'HTTPS from the VPC');

    for (const service of endpointServices(env, cluster)) {
      const endpoint = new ec2.InterfaceVpcEndpoint(this, service.service, {
        vpc,
        service: new ec2.InterfaceVpcEndpointService(`com.amazonaws.${env.region}.${service.service}`, 443),
        subnets: network.endpointSubnets,
        securityGroups: [this.securityGroup],
        privateDnsEnabled: true,
        // The rule above is the only one; `open` would add it a second time.
        open: false,
      });
      for (const statement of endpointStatements(env, cluster, service, network.systemCidrs) ?? []) {
        endpoint.addToPolicy(statement);
      }
      explain(endpoint.node.defaultChild as ec2.CfnVPCEndpoint, service.reason ?? BOUND_BY_ACCOUNT);
    }
  }
}
