import type { Environment } from '../../../schema/model';
import { doorNames } from '../../../schema/door-names';
import { clusterNames, clusterObjectNames, networkNames, stackNames } from '../../../schema/names';
import type { Finding } from '../../finding';
import type { Output } from '../../output/output';
import { type Allowed, comparedTo, free, NOTHING, TAGS } from '../allowed';
import { ClusterStack } from '../eks/cluster-stack';
import { subnets } from '../eks/control-plane';
import { finding } from '../way';
import { attributes, HTTPS, STRONG_TLS } from './listeners';

const ABOUT = "the product's door";
const CLUSTER = stackNames.platform('production', 'cluster');
const NETWORK = stackNames.platform('production', 'network');
const STACK = stackNames.platform('production', 'doors');

/**
 * The load balancer by which the product reaches the router, by all of its properties: inside of the VPC, from the product's blocks alone, under
 * TLS with the certificate that the environment names, on to the one port of the system nodes that is the router's. Each of its resources is
 * there once, and none where the environment has no such door.
 */
export function proveProductDoor(environment: Environment, output: Output): readonly Finding[] {
  const product = environment.doors?.product;
  if (!output.stacks.some(({ id }) => id === STACK))
    return product === undefined ? [] : [finding('closed', STACK, `${ABOUT}: got no such stack, expected one`)];
  const stack = ClusterStack.of(output, 'production', 'doors');
  if (product === undefined)
    return [finding('open', STACK, `${ABOUT}: got a stack, expected none: the environment names no door`)];
  return Object.entries(allowedResources(environment, product, stack)).flatMap(([type, allowed]) => {
    const found = stack.all(type);
    return [
      ...found.flatMap(({ id, properties }) => comparedTo(allowed, properties, stack.subject(id), `${ABOUT}: ${type}`)),
      ...(found.length === 1
        ? []
        : [
            finding(
              found.length === 0 ? 'closed' : 'open',
              STACK,
              `${ABOUT}: got ${String(found.length)} of ${type}, expected one`,
            ),
          ]),
    ];
  });
}

type Product = NonNullable<NonNullable<Environment['doors']>['product']>;

function allowedResources(
  environment: Environment,
  { cidrBlocks, certificateArn }: Product,
  stack: ClusterStack,
): Readonly<Record<string, Allowed>> {
  const name = doorNames.product(environment);
  const vpc = stack.others('the VPC', NETWORK, 'AWS::EC2::VPC');
  const nodes = stack.others("the cluster's own group", CLUSTER, 'AWS::EKS::Cluster', 'ClusterSecurityGroupId');
  const group = stack.own('the group of the load balancer', 'AWS::EC2::SecurityGroup', 'GroupId');
  const targets = stack.own('the target group', 'AWS::ElasticLoadBalancingV2::TargetGroup');
  const onNodes = {
    Description: free('words'),
    FromPort: clusterObjectNames.routerNodePort,
    IpProtocol: 'tcp',
    ToPort: clusterObjectNames.routerNodePort,
  };
  return {
    'AWS::EC2::SecurityGroup': {
      GroupDescription: free('words'),
      SecurityGroupEgress: [{ ...onNodes, DestinationSecurityGroupId: nodes }],
      SecurityGroupIngress: cidrBlocks.map((block): Allowed => ({
        CidrIp: block,
        Description: free('words'),
        FromPort: HTTPS,
        IpProtocol: 'tcp',
        ToPort: HTTPS,
      })),
      Tags: TAGS,
      VpcId: vpc,
    },
    'AWS::EC2::SecurityGroupIngress': { ...onNodes, GroupId: nodes, SourceSecurityGroupId: group },
    'AWS::ElasticLoadBalancingV2::LoadBalancer': {
      EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: 'on',
      IpAddressType: 'ipv4',
      LoadBalancerAttributes: attributes({
        'deletion_protection.enabled': 'true',
        'load_balancing.cross_zone.enabled': 'true',
      }),
      Name: name,
      Scheme: 'internal',
      SecurityGroups: [group],
      Subnets: subnets(stack, 'production', networkNames.systemSubnets),
      Tags: TAGS,
      Type: 'network',
    },
    'AWS::ElasticLoadBalancingV2::TargetGroup': {
      HealthCheckPort: 'traffic-port',
      HealthCheckProtocol: 'TCP',
      Name: name,
      Port: clusterObjectNames.routerNodePort,
      Protocol: 'TCP',
      Tags: TAGS,
      TargetGroupAttributes: attributes({ 'preserve_client_ip.enabled': 'false' }),
      // Written down they would be machines that nobody takes out; what attaches them is below.
      Targets: NOTHING,
      TargetType: 'instance',
      VpcId: vpc,
    },
    'AWS::ElasticLoadBalancingV2::Listener': {
      Certificates: [{ CertificateArn: certificateArn }],
      DefaultActions: [{ TargetGroupArn: targets, Type: 'forward' }],
      LoadBalancerArn: stack.own('the load balancer', 'AWS::ElasticLoadBalancingV2::LoadBalancer'),
      Port: HTTPS,
      Protocol: 'TLS',
      SslPolicy: STRONG_TLS,
    },
    'Custom::AtollDoorTargets': {
      Cluster: clusterNames.cluster(environment, 'production'),
      NodeGroup: stack.others('the group of the system nodes', CLUSTER, 'AWS::EKS::Nodegroup', 'NodegroupName'),
      ServiceTimeout: free('how long a deploy waits'),
      ServiceToken: stack.own('the function', 'AWS::Lambda::Function', 'Arn'),
      TargetGroup: targets,
    },
  };
}
