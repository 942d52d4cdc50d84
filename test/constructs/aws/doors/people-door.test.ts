import { describe, expect, test } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { deployPolicy } from '../../../../infra/aws/deploy-policy';
import { prerequisites } from '../../../../infra/aws/prerequisites';
import { sampleEnvironment } from '../../../support/sample-environment';
import { nagFindings } from '../../../support/nag';
import { peopleDoorEnvironment, peopleDoorInput } from '../../../support/people-door-environment';
import { routeTables } from '../network-fixture';
import { platform, platformStack } from './doors-fixture';

const env = peopleDoorEnvironment();
const { signIn } = peopleDoorInput.doors.people;
const { stack, template } = platformStack('research-doors', env);
const nodes = {
  'Fn::GetStackOutput': Match.objectLike({ OutputName: Match.stringLikeRegexp('ClusterSecurityGroupId') }),
};

describe("people's door", () => {
  test("has addresses of the VPC alone, lets people's clients in, and goes on to what is behind it and to the sign-in", () => {
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      Name: 'atoll-sample-people',
      Type: 'application',
      Scheme: 'internal',
    });
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: [Match.objectLike({ CidrIp: '10.200.0.0/16', FromPort: 443, ToPort: 443 })],
      SecurityGroupEgress: [
        Match.objectLike({ DestinationSecurityGroupId: nodes, FromPort: 30500, ToPort: 30500 }),
        Match.objectLike({ DestinationSecurityGroupId: nodes, FromPort: 30501, ToPort: 30501 }),
        Match.objectLike({ CidrIp: '10.90.4.0/28', FromPort: 443, ToPort: 443 }),
      ],
    });
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 2);
  });

  test('hands nothing on by itself', () => {
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
      Port: 443,
      Protocol: 'HTTPS',
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
    });
  });

  test.each([
    ['runs', 30500, '/health'],
    ['labels', 30501, '/version'],
  ])('signs in whoever comes to %s, and only then hands on to it', (name, port, path) => {
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::ListenerRule', {
      Priority: port,
      Conditions: [{ Field: 'host-header', HostHeaderConfig: { Values: [`${name}.research.sample.example.com`] } }],
      Actions: [
        {
          Order: 1,
          Type: 'authenticate-oidc',
          AuthenticateOidcConfig: Match.objectLike({
            Issuer: signIn.issuer,
            OnUnauthenticatedRequest: 'authenticate',
            TokenEndpoint: signIn.tokenEndpoint,
          }),
        },
        { Order: 2, Type: 'forward', TargetGroupArn: { Ref: Match.stringLikeRegexp(`^PeopleTargets${name}`) } },
      ],
    });
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
      Name: `atoll-sample-${name}`,
      Port: port,
      HealthCheckPath: path,
    });
  });

  test("has the sign-in's secret by its ARN alone, which one deploy's policy may read", () => {
    const secrets = [...JSON.stringify(template.toJSON()).matchAll(/"ClientSecret":"([^"]+)"/g)].map(
      ([, text]) => text,
    );
    const reference = `{{resolve:secretsmanager:${signIn.clientSecretArn}:SecretString:clientSecret}}`;
    expect(secrets).toEqual([reference, reference]);
    const readers = (['production', 'research'] as const).map((cluster) =>
      JSON.stringify(deployPolicy(env, cluster)).includes(
        `"Action":"secretsmanager:GetSecretValue","Resource":"${signIn.clientSecretArn}"`,
      ),
    );
    expect(readers).toEqual([false, true]);
  });

  test('has no finding of cdk-nag that is not acknowledged', () => {
    expect(nagFindings(stack).findings).toEqual([]);
  });

  test('is no stack where the environment names none, and where there is nothing behind it', () => {
    const ids = (of: Parameters<typeof platform>[0]): string[] => platform(of).node.children.map(({ node }) => node.id);
    expect(ids(env)).toContain('research-doors');
    expect(ids(sampleEnvironment())).not.toContain('research-doors');
  });
});

test('the research VPC has a route to the sign-in from the system subnets alone', () => {
  const { template: network } = platformStack('research-network', env);
  const routes = Object.values(
    network.findResources('AWS::EC2::Route', { Properties: { DestinationCidrBlock: '10.90.4.0/28' } }),
  ) as { readonly Properties: { readonly RouteTableId: { readonly Ref: string } } }[];
  expect(routes.map(({ Properties }) => Properties.RouteTableId.Ref).sort()).toEqual(
    routeTables(network, 'system').sort(),
  );
});

test('PREREQUISITES.md says what the sign-in and the network team do', () => {
  const text = prerequisites(env);
  expect(text).toMatch(/^## 10\. People's way to what runs for them$/m);
  expect(text).toContain('https://runs.research.sample.example.com/oauth2/idpresponse');
  expect(text).toContain('https://labels.research.sample.example.com/oauth2/idpresponse');
  expect(text).toContain('create-transit-gateway-route --region eu-central-1 --destination-cidr-block 10.90.4.0/28 ');
});
