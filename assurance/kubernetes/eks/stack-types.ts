import { stackNames } from '../../../schema/names';
import { servingNames } from '../../../schema/serving-names';
import type { Environment } from '../../../schema/model';
import { CLUSTERS } from '../../../schema/vocabulary';
import type { Finding } from '../../finding';
import type { Output } from '../../output/output';
import { tenantsByStack } from '../../output/tenant-stacks';
import { finding } from '../way';

/** Types that make a way to a cluster, its nodes or its network; where each of them may stand is listed below. */
const JUDGED =
  /^(?:AWS::(?:EKS|EC2|Route53Resolver|Route53|AutoScaling|ECS|Batch|RAM|VpcLattice|NetworkManager|NetworkFirewall|DirectConnect|GlobalAccelerator|ElasticLoadBalancing|ElasticLoadBalancingV2)::|AWS::IAM::InstanceProfile$|Custom::AWSCDK-EKS-|Custom::AtollDoorTargets$)/;

const ASSOCIATION = 'AWS::EKS::PodIdentityAssociation';

/** By the room of a stack. What is here is judged by its properties elsewhere in this folder, in `doors/`, `nodes/`, `rbac/` or `network/`. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  cluster: [
    'AWS::EC2::LaunchTemplate',
    'AWS::EC2::SecurityGroup',
    'AWS::EC2::SecurityGroupIngress',
    'AWS::EKS::AccessEntry',
    'AWS::EKS::Addon',
    'AWS::EKS::Cluster',
    'AWS::EKS::Nodegroup',
    ASSOCIATION,
    'AWS::IAM::InstanceProfile',
    'Custom::AWSCDK-EKS-HelmChart',
  ],
  network: [
    'AWS::EC2::FlowLog',
    'AWS::EC2::Route',
    'AWS::EC2::RouteTable',
    'AWS::EC2::SecurityGroup',
    'AWS::EC2::Subnet',
    'AWS::EC2::SubnetRouteTableAssociation',
    'AWS::EC2::TransitGatewayAttachment',
    'AWS::EC2::VPC',
    'AWS::EC2::VPCEndpoint',
    // Gateways of the VPC's own stack are a lock that is lost, by network/vpc.ts.
    'AWS::EC2::EgressOnlyInternetGateway',
    'AWS::EC2::InternetGateway',
    'AWS::EC2::NatGateway',
    'AWS::EC2::VPCGatewayAttachment',
    'AWS::EC2::VPCPeeringConnection',
    'AWS::EC2::VPNGateway',
    'AWS::Route53Resolver::FirewallDomainList',
    'AWS::Route53Resolver::FirewallRuleGroup',
    'AWS::Route53Resolver::FirewallRuleGroupAssociation',
  ],
  doors: [
    'AWS::EC2::SecurityGroup',
    'AWS::EC2::SecurityGroupIngress',
    'AWS::ElasticLoadBalancingV2::Listener',
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    'AWS::ElasticLoadBalancingV2::TargetGroup',
    'Custom::AtollDoorTargets',
  ],
  // Of research: the listener has rules.
  'doors for people': [
    'AWS::EC2::SecurityGroup',
    'AWS::EC2::SecurityGroupIngress',
    'AWS::ElasticLoadBalancingV2::Listener',
    'AWS::ElasticLoadBalancingV2::ListenerRule',
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    'AWS::ElasticLoadBalancingV2::TargetGroup',
    'Custom::AtollDoorTargets',
  ],
  'data-access': [ASSOCIATION],
  serving: [ASSOCIATION],
  tenant: [ASSOCIATION],
};

/**
 * A resource that makes a way to a cluster stands in a stack where such a thing is judged, and in no other: an access entry in the stack of
 * an operator's alarms lets in as well as one beside the cluster. The rest of EC2's and EKS's types stand nowhere.
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAccessEntry.html: a cluster is named by its name alone (2026-11-26)
 */
export function proveStackTypes(environment: Environment, output: Output): readonly Finding[] {
  const rooms = new Map<string, string>([
    ...CLUSTERS.flatMap((cluster) =>
      ['cluster', 'network', 'data-access'].map((room) => [stackNames.platform(cluster, room), room] as const),
    ),
    [stackNames.platform('production', 'doors'), 'doors'],
    [stackNames.platform('research', 'doors'), 'doors for people'],
    [servingNames.stack, 'serving'],
  ]);
  const tenants = tenantsByStack(environment);
  return output.stacks.flatMap((stack) => {
    const room = tenants.has(stack.id) ? 'tenant' : rooms.get(stack.id);
    const allowed = room === undefined ? [] : (PLACES[room] ?? []);
    return Object.entries(stack.template().Resources)
      .filter(([, { Type }]) => JUDGED.test(Type) && !allowed.includes(Type))
      .map(([id, { Type }]) =>
        finding(
          'open',
          `${stack.id}: ${id}`,
          `it makes a way to a cluster, its nodes or its network: got ${Type}, allowed in this stack ${allowed.join(', ') || 'nothing of EKS or EC2'}`,
        ),
      );
  });
}
