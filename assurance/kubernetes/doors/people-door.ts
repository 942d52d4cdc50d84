import type { PeopleDoorSpec } from '../../../schema/environment';
import type { Environment } from '../../../schema/model';
import { doorNames } from '../../../schema/door-names';
import { clusterNames, networkNames, stackNames } from '../../../schema/names';
import { type PeopleService, peopleServices } from '../../../schema/people-services';
import type { Finding } from '../../finding';
import type { Output } from '../../output/output';
import { type Allowed, comparedTo, free, NOTHING, type Rule, rule, sameTexts, TAGS } from '../allowed';
import { ClusterStack, type Placed } from '../eks/cluster-stack';
import { subnets } from '../eks/control-plane';
import { finding } from '../way';
import { attributes, HTTPS, STRONG_TLS } from './listeners';

const ABOUT = "people's door";
const CLUSTER = stackNames.platform('research', 'cluster');
const NETWORK = stackNames.platform('research', 'network');
const STACK = stackNames.platform('research', 'doors');

/** What is meant to be there of a type: one thing, or one for each service, told by a property of it. */
type Wanted =
  | { readonly one: Allowed }
  | {
      readonly each: (service: PeopleService) => Allowed;
      readonly isOf: (service: PeopleService, of: Placed) => boolean;
    };

/**
 * The load balancer by which people reach what runs for them in research, by all of its properties: inside of the VPC, for people's clients
 * alone, under TLS, and past the organisation's sign-in to whatever it hands on to. What has no rule goes nowhere.
 */
export function provePeopleDoor(environment: Environment, output: Output): readonly Finding[] {
  const people = environment.doors?.people;
  const services = peopleServices(environment);
  const declared = people !== undefined && services.length > 0;
  if (!output.stacks.some(({ id }) => id === STACK))
    return declared ? [finding('closed', STACK, `${ABOUT}: got no such stack, expected one`)] : [];
  if (!declared)
    return [finding('open', STACK, `${ABOUT}: got a stack, expected none: there is nothing behind a door`)];
  const stack = ClusterStack.of(output, 'research', 'doors');
  return Object.entries(wantedOf(environment, people, services, stack)).flatMap(([type, wanted]) => {
    const found = stack.all(type);
    const compared = (allowed: Allowed, { id, properties }: Placed): readonly Finding[] =>
      comparedTo(allowed, properties, stack.subject(id), `${ABOUT}: ${type}`);
    const count = 'one' in wanted ? 1 : services.length;
    return [
      ...found.flatMap((each) => {
        if ('one' in wanted) return compared(wanted.one, each);
        const service = services.find((one) => wanted.isOf(one, each));
        return service === undefined
          ? [finding('open', stack.subject(each.id), `${ABOUT}: got ${type} of nothing that is behind the door`)]
          : compared(wanted.each(service), each);
      }),
      ...(found.length === count
        ? []
        : [
            finding(
              found.length < count ? 'closed' : 'open',
              STACK,
              `${ABOUT}: got ${String(found.length)} of ${type}, expected ${String(count)}`,
            ),
          ]),
    ];
  });
}

function wantedOf(
  environment: Environment,
  people: PeopleDoorSpec,
  services: readonly PeopleService[],
  stack: ClusterStack,
): Readonly<Record<string, Wanted>> {
  const { signIn } = people;
  const vpc = stack.others('the VPC', NETWORK, 'AWS::EC2::VPC');
  const nodes = stack.others("the cluster's own group", CLUSTER, 'AWS::EKS::Cluster', 'ClusterSecurityGroupId');
  const group = stack.own('the group of the load balancer', 'AWS::EC2::SecurityGroup', 'GroupId');
  const targetsOf = (service: PeopleService): Rule =>
    stack.own(
      `the target group of ${service.name}`,
      'AWS::ElasticLoadBalancingV2::TargetGroup',
      undefined,
      ({ Name }) => Name === doorNames.peopleTargets(environment, service.name),
    );
  const on = (port: number) => ({ Description: free('words'), FromPort: port, IpProtocol: 'tcp', ToPort: port });
  const isOnPort =
    (property: string) =>
    ({ nodePort }: PeopleService, { properties }: Placed): boolean =>
      properties[property] === nodePort;
  return {
    'AWS::EC2::SecurityGroup': {
      one: {
        GroupDescription: free('words'),
        SecurityGroupEgress: [
          ...services.map(({ nodePort }): Allowed => ({ ...on(nodePort), DestinationSecurityGroupId: nodes })),
          ...signIn.cidrBlocks.map((block): Allowed => ({ ...on(HTTPS), CidrIp: block })),
        ],
        SecurityGroupIngress: (environment.network.connectedNetwork?.cidrBlocks ?? []).map((block): Allowed => ({
          ...on(HTTPS),
          CidrIp: block,
        })),
        Tags: TAGS,
        VpcId: vpc,
      },
    },
    'AWS::EC2::SecurityGroupIngress': {
      each: ({ nodePort }) => ({ ...on(nodePort), GroupId: nodes, SourceSecurityGroupId: group }),
      isOf: isOnPort('FromPort'),
    },
    'AWS::ElasticLoadBalancingV2::LoadBalancer': {
      one: {
        IpAddressType: 'ipv4',
        LoadBalancerAttributes: attributes({
          'deletion_protection.enabled': 'true',
          'routing.http.desync_mitigation_mode': 'strictest',
          'routing.http.drop_invalid_header_fields.enabled': 'true',
        }),
        Name: doorNames.people(environment),
        Scheme: 'internal',
        SecurityGroups: [group],
        Subnets: subnets(stack, 'research', networkNames.systemSubnets),
        Tags: TAGS,
        Type: 'application',
      },
    },
    'AWS::ElasticLoadBalancingV2::Listener': {
      one: {
        Certificates: [{ CertificateArn: people.certificateArn }],
        DefaultActions: [{ FixedResponseConfig: { StatusCode: '404' }, Type: 'fixed-response' }],
        LoadBalancerArn: stack.own('the load balancer', 'AWS::ElasticLoadBalancingV2::LoadBalancer'),
        Port: HTTPS,
        Protocol: 'HTTPS',
        SslPolicy: STRONG_TLS,
      },
    },
    'AWS::ElasticLoadBalancingV2::ListenerRule': {
      each: (service) => ({
        Actions: [
          {
            AuthenticateOidcConfig: {
              AuthorizationEndpoint: signIn.authorizationEndpoint,
              ClientId: signIn.clientId,
              // As a text it would lie in the template, and in every review.
              ClientSecret: `{{resolve:secretsmanager:${signIn.clientSecretArn}:SecretString:clientSecret}}`,
              Issuer: signIn.issuer,
              // 'allow' hands on whoever has not signed in.
              OnUnauthenticatedRequest: 'authenticate',
              Scope: 'openid email',
              SessionTimeout: rule('at most 12 hours', (value) => typeof value === 'number' && value <= 43_200),
              TokenEndpoint: signIn.tokenEndpoint,
              UserInfoEndpoint: signIn.userInfoEndpoint,
            },
            Order: 1,
            Type: 'authenticate-oidc',
          },
          { Order: 2, TargetGroupArn: targetsOf(service), Type: 'forward' },
        ],
        Conditions: [
          { Field: 'host-header', HostHeaderConfig: { Values: sameTexts([`${service.name}.${people.domainName}`]) } },
        ],
        ListenerArn: stack.own('the listener', 'AWS::ElasticLoadBalancingV2::Listener'),
        Priority: service.nodePort,
      }),
      isOf: isOnPort('Priority'),
    },
    'AWS::ElasticLoadBalancingV2::TargetGroup': {
      each: ({ name, nodePort, healthPath }) => ({
        HealthCheckPath: healthPath,
        HealthCheckPort: 'traffic-port',
        HealthCheckProtocol: 'HTTP',
        Name: doorNames.peopleTargets(environment, name),
        Port: nodePort,
        Protocol: 'HTTP',
        Tags: TAGS,
        // Written down they would be machines that nobody takes out; what attaches them is below.
        Targets: NOTHING,
        TargetType: 'instance',
        VpcId: vpc,
      }),
      isOf: isOnPort('Port'),
    },
    'Custom::AtollDoorTargets': {
      each: (service) => ({
        Cluster: clusterNames.cluster(environment, 'research'),
        NodeGroup: stack.others('the group of the system nodes', CLUSTER, 'AWS::EKS::Nodegroup', 'NodegroupName'),
        ServiceTimeout: free('how long a deploy waits'),
        ServiceToken: stack.own('the function', 'AWS::Lambda::Function', 'Arn'),
        TargetGroup: targetsOf(service),
      }),
      isOf: (service, { properties }) => targetsOf(service).fits(properties['TargetGroup']),
    },
  };
}
