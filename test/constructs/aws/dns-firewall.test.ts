import { expect, test } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { allowedDomains } from '../../../constructs/aws/network/dns-firewall';
import { awsBuckets } from '../../../constructs/aws/network/s3-endpoint-policy';
import { CLUSTERS } from '../../../schema/vocabulary';
import { sampleEnvironment } from '../../support/sample-environment';
import { network } from './network-fixture';

const env = sampleEnvironment();

test.each(CLUSTERS)(
  "the VPC of %s resolves AWS's own zones and nothing else, and leaves the firewall to fail closed as it does by default",
  (cluster) => {
    const { template } = network(cluster);
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
    template.resourceCountIs('AWS::Route53Resolver::FirewallConfig', 0);
  },
);

test('us-east-1 has names of its own for instances and for buckets', () => {
  expect(allowedDomains('us-east-1')).toEqual([
    '*.us-east-1.amazonaws.com',
    '*.s3-us-east-1.amazonaws.com',
    '*.us-east-1.api.aws',
    '*.us-east-1.eks.amazonaws.com',
    '*.us-east-1.rds.amazonaws.com',
    '*.ec2.internal',
    '*.s3.amazonaws.com',
  ]);
});

test.each([
  ['us-east-1', 'cloudformation-custom-resource-response-useast1.s3.amazonaws.com'],
  ['us-east-2', 'cloudformation-custom-resource-response-useast2.s3.us-east-2.amazonaws.com'],
  ['us-west-2', 'cloudformation-custom-resource-response-uswest2.s3-us-west-2.amazonaws.com'],
  ['eu-west-1', 'cloudformation-custom-resource-response-euwest1.s3-eu-west-1.amazonaws.com'],
  ['eu-central-1', 'cloudformation-custom-resource-response-eucentral1.s3.eu-central-1.amazonaws.com'],
  ['ap-southeast-2', 'cloudformation-custom-resource-response-apsoutheast2.s3-ap-southeast-2.amazonaws.com'],
])('a handler in %s resolves the host at which CloudFormation waits, and may write to its bucket', (region, host) => {
  const resolved = allowedDomains(region).filter((domain) => host.endsWith(domain.slice(1)));
  expect(resolved).toHaveLength(1);
  expect(awsBuckets.customResourceResponses(region)).toBe(host.split('.')[0]);
});

test('names under a domain that only looks like one of AWS are not resolved', () => {
  for (const name of [
    'a.eu-west-1.amazonaws.com.example.com',
    'a.s3-eu-west-2.amazonaws.com',
    's3-eu-west-1.example.com',
  ]) {
    expect(allowedDomains('eu-west-1').filter((domain) => name.endsWith(domain.slice(1)))).toEqual([]);
  }
});
