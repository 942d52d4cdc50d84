import type { Environment } from '../../../schema/model';
import { listOf } from '../../output/values';
import { type Allowed, faultsOf, free, type Rule, rule } from '../allowed';
import type { ClusterStack } from '../eks/cluster-stack';
import { type Lock, lock } from '../way';

/**
 * Zones of AWS in one region, in which nobody else runs a name server: a question under another one tells its owner what the question says.
 * In older regions S3 answers custom resources on its former host; us-east-1 has zones of its own.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html#s3-dash-region (2026-11-25)
 */
const zones = (region: string): readonly string[] => [
  `${region}.amazonaws.com`,
  `s3-${region}.amazonaws.com`,
  `${region}.api.aws`,
  `${region}.eks.amazonaws.com`,
  `${region}.rds.amazonaws.com`,
  ...(region === 'us-east-1' ? ['ec2.internal', 's3.amazonaws.com'] : [`${region}.compute.internal`]),
];

const ORDER = free('the more particular list is asked first');

/**
 * Names outside of AWS's own zones are not answered: one group of two rules, what is answered and then nothing, on the VPC and on it alone.
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall-vpc-configuration.html (2026-11-25)
 */
export function dnsFirewall(environment: Environment, stack: ClusterStack): Lock {
  const [all, own] = [['*'], zones(environment.region)];
  const list = (what: string, domains: (names: readonly unknown[]) => boolean): Rule =>
    stack.own(what, 'AWS::Route53Resolver::FirewallDomainList', 'Id', (properties) =>
      domains(listOf(properties['Domains'])),
    );
  const aws = list("a list of AWS's own zones in the region", (names) =>
    names.every((name) => own.some((zone) => typeof name === 'string' && `.${name}`.endsWith(`.${zone}`))),
  );
  const everything = list('the list of everything', (names) => JSON.stringify(names) === JSON.stringify(all));
  const rules: readonly Allowed[] = [
    {
      Action: 'ALLOW',
      FirewallDomainListId: aws,
      FirewallDomainRedirectionAction: 'TRUST_REDIRECTION_DOMAIN',
      Priority: ORDER,
    },
    {
      Action: 'BLOCK',
      BlockResponse: rule('NXDOMAIN, NODATA', (value) => value === 'NXDOMAIN' || value === 'NODATA'),
      FirewallDomainListId: everything,
      Priority: ORDER,
    },
  ];
  const name = 'the DNS Firewall';
  const groups = stack.all('AWS::Route53Resolver::FirewallRuleGroup');
  const associations = stack.all('AWS::Route53Resolver::FirewallRuleGroupAssociation');
  if (associations.length === 0) return lock(name, 'the VPC has none');
  if (associations.length > 1 || groups.length !== 1)
    return lock(name, `${groups.length} groups in ${associations.length} associations, expected one in one`);
  const wrong = [
    ...groups.flatMap(({ properties }) =>
      faultsOf(properties, { FirewallRules: rules, Name: free('a name'), Tags: free('tags') }),
    ),
    ...associations.flatMap(({ properties }) =>
      faultsOf(properties, {
        FirewallRuleGroupId: stack.own('the group', 'AWS::Route53Resolver::FirewallRuleGroup', 'Id'),
        VpcId: stack.own('the VPC', 'AWS::EC2::VPC'),
        MutationProtection: free('whether another may change it, which is for rights'),
        Name: free('a name'),
        Priority: free('there is one'),
        Tags: free('tags'),
      }),
    ),
  ];
  return lock(name, wrong[0]?.what);
}
