import { describe, expect, test } from '@jest/globals';
import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import flags from 'aws-cdk-lib/recommended-feature-flags.json';
import { addOnRegistryAccount } from '../../../constructs/aws/network/add-on-registry';
import { allowedDomains } from '../../../constructs/aws/network/dns-firewall';
import { ENDPOINT_SERVICES } from '../../../constructs/aws/network/endpoint-services';
import { NetworkStack } from '../../../infra/aws/network-stack';
import { CLUSTERS, type ClusterName } from '../../../schema/vocabulary';
import { nagFindings } from '../../support/nag';
import { sampleEnvironment } from '../../support/sample-environment';

const env = sampleEnvironment();

function network(cluster: ClusterName, zones = env.availabilityZones): { stack: NetworkStack; template: Template } {
  const app = new App({ context: { ...flags }, builtinCloudFormationValidation: false });
  const stack = new NetworkStack(app, `${cluster}-network`, {
    env: sampleEnvironment({ input: { availabilityZones: zones } }),
    cluster,
    stackEnv: { account: env.accounts[cluster], region: env.region },
  });
  return { stack, template: Template.fromStack(stack) };
}

interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: string | string[];
  readonly Condition?: Record<string, Record<string, unknown>>;
}
interface Endpoint {
  readonly Properties: { readonly ServiceName: unknown; readonly PolicyDocument?: { readonly Statement: Statement[] } };
}

function endpoint(template: Template, service: string): Endpoint {
  const found = Object.values(template.findResources('AWS::EC2::VPCEndpoint') as Record<string, Endpoint>).find(
    ({ Properties: { ServiceName } }) =>
      JSON.stringify(ServiceName)
        .replaceAll(/[^\w.-]/g, '')
        .endsWith(service),
  );
  if (found === undefined) throw new Error(`no endpoint for ${service}`);
  return found;
}

function statement(template: Template, service: string, sid: string): Statement {
  const found = endpoint(template, service).Properties.PolicyDocument?.Statement.find(({ Sid }) => Sid === sid);
  if (found === undefined) throw new Error(`no statement ${sid} for ${service}`);
  return found;
}

interface Subnet {
  readonly Properties: { readonly CidrBlock: string };
}

/** Logical ids and properties of the subnets of a kind, in the order of the zones. */
const subnets = (template: Template, kind: string): [string, Subnet][] =>
  Object.entries(
    template.findResources('AWS::EC2::Subnet', {
      Properties: { Tags: Match.arrayWith([{ Key: 'atoll:subnets', Value: kind }]) },
    }) as Record<string, Subnet>,
  );

const cidrs = (template: Template, kind: string): string[] =>
  subnets(template, kind).map(([, { Properties }]) => Properties.CidrBlock);

/** Logical ids of the route tables of the subnets of a kind. */
function routeTables(template: Template, kind: string): string[] {
  const associations = Object.values(
    template.findResources('AWS::EC2::SubnetRouteTableAssociation') as Record<
      string,
      { Properties: { SubnetId: { Ref: string }; RouteTableId: { Ref: string } } }
    >,
  );
  return subnets(template, kind).flatMap(([id]) =>
    associations
      .filter(({ Properties }) => Properties.SubnetId.Ref === id)
      .map(({ Properties }) => Properties.RouteTableId.Ref),
  );
}

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
    for (const { service } of ENDPOINT_SERVICES.filter(({ systemOnly }) => systemOnly)) {
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
    const bounded = ENDPOINT_SERVICES.filter(({ actions }) => actions !== undefined);
    expect(bounded.length).toBe(ENDPOINT_SERVICES.length - 1);
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
      ENDPOINT_SERVICES.length,
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

  test("resolves AWS's own zones and nothing else, and nothing when the firewall fails", () => {
    const lists = template.findResources('AWS::Route53Resolver::FirewallDomainList') as Record<
      string,
      { Properties: { Domains: string[] } }
    >;
    const [allowed, everything] = Object.entries(lists);
    expect(allowed?.[1].Properties.Domains).toEqual(allowedDomains(env.region));
    expect(everything?.[1].Properties.Domains).toEqual(['*']);
    template.hasResourceProperties('AWS::Route53Resolver::FirewallRuleGroup', {
      FirewallRules: [
        Match.objectLike({
          Priority: 100,
          Action: 'ALLOW',
          FirewallDomainListId: { 'Fn::GetAtt': [allowed?.[0], 'Id'] },
        }),
        Match.objectLike({
          Priority: 200,
          Action: 'BLOCK',
          FirewallDomainListId: { 'Fn::GetAtt': [everything?.[0], 'Id'] },
        }),
      ],
    });
    template.resourceCountIs('AWS::Route53Resolver::FirewallRuleGroupAssociation', 1);
    template.hasResourceProperties('AWS::Route53Resolver::FirewallConfig', { FirewallFailOpen: 'DISABLED' });
  });

  test('keeps flow logs of all traffic, encrypted, for the stated days, and retains them', () => {
    template.hasResourceProperties('AWS::EC2::FlowLog', { ResourceType: 'VPC', TrafficType: 'ALL' });
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
  const three = network('production', ['eu-central-1a', 'eu-central-1b', 'eu-central-1c']).template;
  for (const kind of ['isolated', 'system', 'endpoints']) {
    expect(cidrs(three, kind)).toHaveLength(3);
    expect(cidrs(three, kind).slice(0, 2)).toEqual(cidrs(two, kind));
  }
});

test('us-east-1 has names of its own for instances and for buckets', () => {
  expect(allowedDomains('us-east-1')).toEqual([
    '*.us-east-1.amazonaws.com',
    '*.us-east-1.api.aws',
    '*.us-east-1.eks.amazonaws.com',
    '*.us-east-1.rds.amazonaws.com',
    '*.ec2.internal',
    '*.s3.amazonaws.com',
  ]);
});

test('a region whose add-on registry is not known is refused', () => {
  expect(addOnRegistryAccount('eu-central-2')).toBe('900612956339');
  expect(() => addOnRegistryAccount('xx-nowhere-1')).toThrow(
    /^region: got xx-nowhere-1, allowed af-south-1, .*us-west-2; add the region's account to constructs\/aws\/network\/add-on-registry.ts from the EKS user guide$/,
  );
});
