import { describe, expect, test } from '@jest/globals';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Stage } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { clusterObjectNames } from '../../../../schema/names';
import { doorsEnvironment, doorsInput } from '../../../support/doors-environment';
import { nagFindings } from '../../../support/nag';
import { sampleEnvironment } from '../../../support/sample-environment';
import { judge } from '../tenant-policy-request';
import { routeTables } from '../network-fixture';
import { platform, platformStack } from './doors-fixture';

const { stack, template } = platformStack('production-doors');
const PORT = clusterObjectNames.routerNodePort;
const nodes = {
  'Fn::GetStackOutput': Match.objectLike({
    StackName: 'sample-production-cluster',
    OutputName: Match.stringLikeRegexp('ClusterSecurityGroupId'),
  }),
};

describe("the product's door", () => {
  test('has addresses of the VPC alone, in the system subnets, and ends TLS with the certificate of the environment', () => {
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      Name: 'atoll-sample-product',
      Type: 'network',
      Scheme: 'internal',
      Subnets: [1, 2].map((zone) => ({
        'Fn::GetStackOutput': Match.objectLike({ OutputName: Match.stringLikeRegexp(`systemSubnet${String(zone)}`) }),
      })),
    });
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
      Port: 443,
      Protocol: 'TLS',
      Certificates: [{ CertificateArn: doorsEnvironment().doors?.product?.certificateArn }],
      SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
    });
  });

  test("lets the product's blocks in on 443, and itself to the one port of the nodes that is the router's", () => {
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: ['10.80.0.0/20', '10.81.4.0/24'].map((CidrIp) =>
        Match.objectLike({ CidrIp, FromPort: 443, ToPort: 443, IpProtocol: 'tcp' }),
      ),
      SecurityGroupEgress: [
        Match.objectLike({ DestinationSecurityGroupId: nodes, FromPort: PORT, ToPort: PORT, IpProtocol: 'tcp' }),
      ],
    });
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 1);
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      GroupId: nodes,
      SourceSecurityGroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^ProductGroup'), 'GroupId'] },
      FromPort: PORT,
      ToPort: PORT,
    });
  });

  test('has the machines of the system nodes for targets, those that come later included', () => {
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
      TargetType: 'instance',
      Port: PORT,
      Protocol: 'TCP',
      Targets: Match.absent(),
    });
    template.hasResourceProperties('Custom::AtollDoorTargets', {
      Cluster: 'atoll-sample-production',
      NodeGroup: { 'Fn::GetStackOutput': Match.objectLike({ OutputName: Match.stringLikeRegexp('NodegroupName') }) },
      TargetGroup: { Ref: Match.stringLikeRegexp('^ProductTargets') },
    });
  });

  test('has no finding of cdk-nag that is not acknowledged', () => {
    expect(nagFindings(stack).findings).toEqual([]);
  });

  test('is no stack, and changes no other than the routes, where the environment names none', () => {
    const without = sampleEnvironment({ input: { network: doorsInput.network } });
    const ids = (stage: Stage): string[] => stage.node.children.map(({ node }) => node.id);
    expect(ids(platform()).filter((id) => !ids(platform(without)).includes(id))).toEqual(['production-doors']);
    for (const id of ['production-registry', 'research-network', 'research-cluster'])
      expect(platformStack(id).template.toJSON()).toEqual(platformStack(id, without).template.toJSON());
  });
});

test("the production VPC has routes to the product's callers from the system subnets alone, and research none", () => {
  const routes = (id: string): string[] =>
    Object.values(
      platformStack(id).template.findResources('AWS::EC2::Route') as Record<
        string,
        { Properties: { DestinationCidrBlock: string; RouteTableId: { Ref: string } } }
      >,
    ).map(({ Properties: { DestinationCidrBlock, RouteTableId } }) => `${RouteTableId.Ref} ${DestinationCidrBlock}`);
  const system = routeTables(platformStack('production-network').template, 'system');
  const blocks = ['10.200.0.0/16', '10.80.0.0/20', '10.81.4.0/24'];
  expect(system).toHaveLength(2);
  expect(routes('production-network').sort()).toEqual(
    system.flatMap((table) => blocks.map((block) => `${table} ${block}`)).sort(),
  );
  expect(routes('research-network').filter((route) => !route.endsWith('10.200.0.0/16'))).toEqual([]);
});

test('the function ships what its handler loads, and nothing else', () => {
  // A stage's assets lie beside its own folder.
  const directory = dirname(platform().synth().directory);
  const folder = readdirSync(directory).find((name) => existsSync(join(directory, name, 'doors')));
  expect(readdirSync(join(directory, folder ?? ''), { recursive: true }).sort()).toEqual([
    'delivery',
    'delivery/handler',
    'delivery/handler/respond.cjs',
    'delivery/handler/within-time.cjs',
    'doors',
    'doors/handler',
    'doors/handler/handler.cjs',
    'doors/handler/index.cjs',
  ]);
});

describe('the function that attaches the targets', () => {
  const [role] = Object.values(template.findResources('AWS::IAM::Role')) as {
    readonly Properties: { readonly Policies: readonly { readonly PolicyDocument: object }[] };
  }[];
  const GROUP = 'arn:aws:autoscaling:eu-central-1:222222222222:autoScalingGroup:0a1b:autoScalingGroupName/eks-a-1b2c';
  const targets = (name: string): string =>
    `arn:aws:elasticloadbalancing:eu-central-1:222222222222:targetgroup/${name}/0123456789abcdef`;
  const may = (action: string, resource: string, context: Readonly<Record<string, string>>): boolean =>
    (role?.Properties.Policies ?? []).some(
      ({ PolicyDocument }) => judge(PolicyDocument, { action, resource, context }).allowed.length > 0,
    );
  const own = { 'aws:ResourceTag/eks:cluster-name': 'atoll-sample-production' };
  const attach = 'autoscaling:AttachTrafficSources';

  test('may attach the one target group to groups of its own cluster', () => {
    expect(
      may(attach, GROUP, { ...own, 'autoscaling:TrafficSourceIdentifiers': targets('atoll-sample-product') }),
    ).toBe(true);
    expect(
      may('eks:DescribeNodegroup', 'arn:aws:eks:eu-central-1:222222222222:nodegroup/atoll-sample-production/a/b', {}),
    ).toBe(true);
  });

  test("may attach nobody else's target group, none to another cluster's group, and say nothing of which", () => {
    const other = { 'aws:ResourceTag/eks:cluster-name': 'atoll-other-production' };
    const right = { 'autoscaling:TrafficSourceIdentifiers': targets('atoll-sample-product') };
    expect(may(attach, GROUP, { ...own, 'autoscaling:TrafficSourceIdentifiers': targets('evil') })).toBe(false);
    expect(may(attach, GROUP, { ...other, ...right })).toBe(false);
    expect(may(attach, GROUP, right)).toBe(false);
    expect(may(attach, GROUP, own)).toBe(false);
    expect(may('autoscaling:UpdateAutoScalingGroup', GROUP, { ...own, ...right })).toBe(false);
    expect(may('elasticloadbalancing:RegisterTargets', targets('atoll-sample-product'), own)).toBe(false);
    expect(
      may('eks:DescribeNodegroup', 'arn:aws:eks:eu-central-1:222222222222:nodegroup/atoll-other-production/a/b', {}),
    ).toBe(false);
  });
});
