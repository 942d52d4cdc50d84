import { describe, expect, test } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { addOnRegistryAccount } from '../../../schema/add-on-registry';
import { endpointServices } from '../../../constructs/aws/network/endpoint-services';
import { CLUSTERS } from '../../../schema/vocabulary';
import { nagFindings } from '../../support/nag';
import { sampleEnvironment } from '../../support/sample-environment';
import { cidrs, endpoint, network, routeTables, statement, subnets } from './network-fixture';

const env = sampleEnvironment();

describe.each(CLUSTERS)('the network of %s', (cluster) => {
  const { stack, template } = network(cluster);

  test('has no way to the internet', () => {
    for (const type of ['InternetGateway', 'NatGateway', 'EgressOnlyInternetGateway', 'VPNGateway', 'Route', 'EIP']) {
      template.resourceCountIs(`AWS::EC2::${type}`, 0);
    }
    template.allResourcesProperties('AWS::EC2::Subnet', { MapPublicIpOnLaunch: false });
  });

  test('tags every subnet by what may run in it, and lets internal load balancers into the system subnets only', () => {
    for (const kind of ['isolated', 'system', 'endpoints']) expect(cidrs(template, kind)).toHaveLength(2);
    template.resourceCountIs('AWS::EC2::Subnet', 6);
    const balanced = template.findResources('AWS::EC2::Subnet', {
      Properties: { Tags: Match.arrayWith([{ Key: 'kubernetes.io/role/internal-elb', Value: '1' }]) },
    }) as Record<string, { Properties: { CidrBlock: string } }>;
    expect(Object.values(balanced).map(({ Properties }) => Properties.CidrBlock)).toEqual(cidrs(template, 'system'));
  });

  test('reaches S3 from every subnet that makes calls, and gives the endpoints’ own no route but the local one', () => {
    const callers = [...routeTables(template, 'isolated'), ...routeTables(template, 'system')];
    const silent = routeTables(template, 'endpoints');
    expect([callers.length, silent.length]).toEqual([4, 2]);
    expect(new Set([...callers, ...silent]).size).toBe(6);
    template.hasResourceProperties('AWS::EC2::VPCEndpoint', {
      VpcEndpointType: 'Gateway',
      RouteTableIds: callers.map((table) => ({ Ref: table })),
    });
  });

  test('lets own principals reach own buckets only', () => {
    const own = statement(template, '.s3', 'OwnPrincipalsToOwnBuckets');
    expect(own.Condition).toEqual({
      StringEquals: {
        'aws:PrincipalAccount': env.accounts[cluster],
        'aws:ResourceAccount':
          cluster === 'production' ? [env.accounts.production] : [env.accounts.production, env.accounts.research],
      },
    });
    expect(own.Resource).toEqual(['arn:aws:s3:::atoll-sample-*', 'arn:aws:s3:::atoll-sample-*/*']);
  });

  test('judges calls that only system nodes and handlers may make by the subnets of the caller', () => {
    const system = cidrs(template, 'system');
    for (const { service } of endpointServices(env, cluster).filter(({ systemOnly }) => systemOnly)) {
      for (const { Sid, Condition } of endpoint(template, `eu-central-1.${service}`).Properties.PolicyDocument
        ?.Statement ?? []) {
        expect({ Sid, from: Condition?.IpAddress?.['aws:VpcSourceIp'] }).toEqual({ Sid, from: system });
      }
    }
  });

  test('names every exception for a bucket of AWS', () => {
    const system = cidrs(template, 'system');
    expect(statement(template, '.s3', 'NodesPullImageLayers')).toMatchObject({
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::prod-eu-central-1-starport-layer-bucket/*',
    });
    expect(statement(template, '.s3', 'HandlersAnswerCloudFormation')).toMatchObject({
      Action: 's3:PutObject',
      Resource: 'arn:aws:s3:::cloudformation-custom-resource-response-eucentral1/*',
      Condition: { IpAddress: { 'aws:VpcSourceIp': system } },
    });
    const all = endpoint(template, '.s3').Properties.PolicyDocument?.Statement ?? [];
    expect(all.map(({ Sid }) => Sid)).toEqual([
      'OwnPrincipalsToOwnBuckets',
      'HandlersReadAssets',
      'NodesPullImageLayers',
      'HandlersAnswerCloudFormation',
    ]);
  });

  test('writes an object to no bucket of a stranger from a subnet where pods run', () => {
    for (const { Sid, Action, Condition } of endpoint(template, '.s3').Properties.PolicyDocument?.Statement ?? []) {
      if (![Action].flat().includes('s3:PutObject')) continue;
      const bounded =
        Condition?.StringEquals?.['aws:ResourceAccount'] !== undefined ||
        Condition?.IpAddress?.['aws:VpcSourceIp'] !== undefined;
      expect({ Sid, bounded }).toEqual({ Sid, bounded: true });
    }
  });

  test('bounds every interface endpoint by principal, and all but what AWS owns by resource', () => {
    const bounded = endpointServices(env, cluster).filter(({ actions }) => actions !== undefined);
    expect(bounded.length).toBe(endpointServices(env, cluster).length - 1);
    for (const { service } of bounded) {
      const statements = endpoint(template, `eu-central-1.${service}`).Properties.PolicyDocument?.Statement ?? [];
      expect(statements.length).toBeGreaterThan(0);
      for (const { Sid, Effect, Condition } of statements) {
        expect({ service, Sid, Effect, account: Condition?.StringEquals?.['aws:PrincipalAccount'] }).toEqual({
          service,
          Sid,
          Effect: 'Allow',
          account: env.accounts[cluster],
        });
      }
      expect(statements[0]?.Condition?.StringEquals?.['aws:ResourceAccount']).toBe(env.accounts[cluster]);
    }
    expect(endpoint(template, 'eu-central-1.eks-auth').Properties.PolicyDocument).toBeUndefined();
  });

  test('lets nodes pull add-on images, and Karpenter launch images of Amazon', () => {
    for (const service of ['ecr.api', 'ecr.dkr']) {
      expect(statement(template, `eu-central-1.${service}`, 'AddOnImages').Condition?.StringEquals).toEqual({
        'aws:PrincipalAccount': env.accounts[cluster],
        'aws:ResourceAccount': '602401143452',
      });
    }
    expect(statement(template, 'eu-central-1.ec2', 'AmazonImages')).toMatchObject({
      Resource: 'arn:aws:ec2:eu-central-1::image/*',
      Condition: { StringEquals: { 'ec2:Owner': 'amazon' } },
    });
  });

  test('puts every interface endpoint into subnets of their own, with private names, behind HTTPS from the VPC', () => {
    template.resourcePropertiesCountIs(
      'AWS::EC2::VPCEndpoint',
      {
        VpcEndpointType: 'Interface',
        PrivateDnsEnabled: true,
        SubnetIds: subnets(template, 'endpoints').map(([id]) => ({ Ref: id })),
      },
      endpointServices(env, cluster).length,
    );
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: [
        {
          CidrIp: env.network[cluster],
          IpProtocol: 'tcp',
          FromPort: 443,
          ToPort: 443,
          Description: 'HTTPS from the VPC',
        },
      ],
    });
    template.resourceCountIs('AWS::EC2::SecurityGroup', 1);
  });

  test('keeps flow logs of all traffic, encrypted, for the stated days, and retains them', () => {
    template.hasResourceProperties('AWS::EC2::FlowLog', { ResourceType: 'VPC', TrafficType: 'ALL' });
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          {
            Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
            Resource: Match.arrayWith([{ 'Fn::GetAtt': [Match.stringLikeRegexp('^FlowLogsLogGroup'), 'Arn'] }]),
          },
        ],
      },
    });
    template.hasResource('AWS::Logs::LogGroup', {
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        LogGroupName: `/atoll/sample/${cluster}/flow-logs`,
        RetentionInDays: env.logRetentionDays,
        KmsKeyId: Match.anyValue(),
      },
    });
  });

  test('publishes the VPC and the S3 endpoint as plain parameters', () => {
    template.hasResourceProperties('AWS::SSM::Parameter', { Type: 'String', Name: `/atoll/sample/${cluster}/vpc-id` });
    template.hasResourceProperties('AWS::SSM::Parameter', {
      Type: 'String',
      Name: `/atoll/sample/${cluster}/s3-endpoint`,
      Value: { Ref: Match.stringLikeRegexp('^EndpointsS3') },
    });
  });

  test('makes no custom resource and has no finding of cdk-nag that is not acknowledged', () => {
    template.resourceCountIs('AWS::Lambda::Function', 0);
    expect(nagFindings(stack).findings).toEqual([]);
  });
});

test('a third zone leaves the blocks of the first two where they were', () => {
  const two = network('production').template;
  const zones = ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'];
  const three = network('production', sampleEnvironment({ input: { availabilityZones: zones } })).template;
  for (const kind of ['isolated', 'system', 'endpoints']) {
    expect(cidrs(three, kind)).toHaveLength(3);
    expect(cidrs(three, kind).slice(0, 2)).toEqual(cidrs(two, kind));
  }
});

test('a region whose add-on registry is not known is refused', () => {
  expect(addOnRegistryAccount('eu-central-2')).toBe('900612956339');
  expect(() => addOnRegistryAccount('xx-nowhere-1')).toThrow(
    /^region: got xx-nowhere-1, allowed af-south-1, .*us-west-2; add the region's account to schema\/add-on-registry.ts from the EKS user guide$/,
  );
});
