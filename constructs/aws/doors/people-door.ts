import { type CfnTag } from 'aws-cdk-lib';
import { CfnSecurityGroup, CfnSecurityGroupIngress } from 'aws-cdk-lib/aws-ec2';
import { CfnListener, CfnListenerRule, CfnLoadBalancer, CfnTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import type { PeopleDoorSpec } from '../../../schema/environment';
import type { Environment } from '../../../schema/model';
import { doorNames } from '../../../schema/door-names';
import type { PeopleService } from '../../../schema/people-services';
import { acknowledge } from '../acknowledge';
import type { TargetGroup } from './door-targets';
import { TLS_POLICY } from './tls-policy';

export interface PeopleDoorProps {
  readonly env: Environment;
  readonly people: PeopleDoorSpec;
  /** IPv4 blocks of people's clients. */
  readonly clients: readonly string[];
  /** What is behind it, one or more. */
  readonly services: readonly PeopleService[];
  readonly vpcId: string;
  /** Subnets with routes to the clients and to the sign-in. */
  readonly subnetIds: readonly string[];
  /** EKS's own group of the cluster, which every node is in. */
  readonly nodeGroupId: string;
  readonly tags: CfnTag[];
}

const HTTPS = 443;

/** A working day: who is dismissed in the sign-in is out of here by then. */
const SESSION_SECONDS = 8 * 3600;

/**
 * People's way to what runs for them: a load balancer with addresses of the VPC alone, which sends everybody to the organisation's sign-in
 * first, by a rule for each host name. What has no rule is 404, and goes nowhere. The services see who it is in `x-amzn-oidc-data`; the
 * keys that sign it are on the internet, so that what they can count on is that nobody but this load balancer, and controllers, reaches them.
 *
 * The load balancer itself asks the sign-in, from its subnets: by routes and a rule of its group to the sign-in's blocks, and nowhere else.
 * docs/decisions/0032-the-doors.md
 */
export class PeopleDoor extends Construct {
  readonly targetGroups: readonly TargetGroup[];

  constructor(scope: Construct, id: string, props: PeopleDoorProps) {
    super(scope, id);
    const { env, people, services, tags } = props;
    const balancer = new CfnLoadBalancer(this, 'LoadBalancer', {
      name: doorNames.people(env),
      type: 'application',
      scheme: 'internal',
      ipAddressType: 'ipv4',
      subnets: [...props.subnetIds],
      securityGroups: [this.group(props).attrGroupId],
      loadBalancerAttributes: [
        // Its address is what the names point at.
        { key: 'deletion_protection.enabled', value: 'true' },
        { key: 'routing.http.desync_mitigation_mode', value: 'strictest' },
        { key: 'routing.http.drop_invalid_header_fields.enabled', value: 'true' },
      ],
      tags,
    });
    acknowledge(
      balancer,
      ['AwsSolutions-ELB2', 'NIST.800.53.R5-ELBLoggingEnabled'],
      'its logs would name what people read, in a bucket that S3 alone encrypts; the sign-in has who came, the flow logs from where',
    );
    acknowledge(
      balancer,
      ['NIST.800.53.R5-ALBWAFEnabled'],
      "it has no address on the internet: the organisation's clients alone reach it, and no request passes without the sign-in",
    );
    const listener = new CfnListener(this, 'Listener', {
      loadBalancerArn: balancer.ref,
      port: HTTPS,
      protocol: 'HTTPS',
      sslPolicy: TLS_POLICY,
      certificates: [{ certificateArn: people.certificateArn }],
      defaultActions: [{ type: 'fixed-response', fixedResponseConfig: { statusCode: '404' } }],
    });
    this.targetGroups = services.map((service) => this.service(service, props, listener.ref));
  }

  private service(
    service: PeopleService,
    { env, people, vpcId, tags }: PeopleDoorProps,
    listener: string,
  ): TargetGroup {
    const name = doorNames.peopleTargets(env, service.name);
    const targets = new CfnTargetGroup(this, `Targets-${service.name}`, {
      name,
      vpcId,
      targetType: 'instance',
      protocol: 'HTTP',
      port: service.nodePort,
      healthCheckProtocol: 'HTTP',
      healthCheckPort: 'traffic-port',
      healthCheckPath: service.healthPath,
      tags,
    });
    const { signIn } = people;
    new CfnListenerRule(this, `Rule-${service.name}`, {
      listenerArn: listener,
      priority: service.nodePort,
      conditions: [{ field: 'host-header', hostHeaderConfig: { values: [`${service.name}.${people.domainName}`] } }],
      actions: [
        {
          order: 1,
          type: 'authenticate-oidc',
          authenticateOidcConfig: {
            issuer: signIn.issuer,
            authorizationEndpoint: signIn.authorizationEndpoint,
            tokenEndpoint: signIn.tokenEndpoint,
            userInfoEndpoint: signIn.userInfoEndpoint,
            clientId: signIn.clientId,
            // CloudFormation puts it there at the deploy; no template and no review ever has it.
            clientSecret: `{{resolve:secretsmanager:${signIn.clientSecretArn}:SecretString:clientSecret}}`,
            onUnauthenticatedRequest: 'authenticate',
            scope: 'openid email',
            sessionTimeout: SESSION_SECONDS,
          },
        },
        { order: 2, type: 'forward', targetGroupArn: targets.ref },
      ],
    });
    return { id: service.name, name, arn: targets.ref };
  }

  /** Lets people's clients in, and itself on to the services' ports of the nodes and to the sign-in. */
  private group({ env, clients, people, services, vpcId, nodeGroupId, tags }: PeopleDoorProps): CfnSecurityGroup {
    const on = (port: number) => ({ ipProtocol: 'tcp', fromPort: port, toPort: port });
    const group = new CfnSecurityGroup(this, 'Group', {
      groupDescription: `The load balancer of the people of ${env.name}`,
      vpcId,
      securityGroupIngress: clients.map((cidrIp) => ({ ...on(HTTPS), cidrIp, description: 'HTTPS from clients' })),
      securityGroupEgress: [
        ...services.map(({ name, nodePort }) => ({
          ...on(nodePort),
          destinationSecurityGroupId: nodeGroupId,
          description: `To the port of ${name} on the nodes`,
        })),
        ...people.signIn.cidrBlocks.map((cidrIp) => ({ ...on(HTTPS), cidrIp, description: 'To the sign-in' })),
      ],
      tags,
    });
    for (const { name, nodePort } of services)
      new CfnSecurityGroupIngress(this, `ToNodes-${name}`, {
        groupId: nodeGroupId,
        ...on(nodePort),
        sourceSecurityGroupId: group.attrGroupId,
        description: `${name}, from the load balancer of the people`,
      });
    return group;
  }
}
