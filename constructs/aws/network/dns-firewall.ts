import { aws_route53resolver as resolver } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Environment } from '../../../schema/model';
import { networkNames } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';

export interface DnsFirewallProps {
  readonly env: Environment;
  readonly cluster: ClusterName;
  readonly vpcId: string;
}

/**
 * Domains that the VPC may resolve: AWS's own zones of the one region, in which nobody else runs a name server. A `*` stands for
 * any number of labels.
 */
export function allowedDomains(region: string): readonly string[] {
  return [
    // APIs, S3 and ECR; the endpoints' private names lie in the same zone.
    `*.${region}.amazonaws.com`,
    // In older regions CloudFormation hands a custom resource an answer's URL on S3's former host, with a hyphen:
    // `cloudformation-custom-resource-response-euwest1.s3-eu-west-1.amazonaws.com`, while it is `….s3.eu-central-1.…` elsewhere.
    // A handler in the VPC that cannot resolve it leaves the stack waiting for an hour.
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html#s3-dash-region (2026-11-25); the hosts are those of
    // recorded events in public repositories, 2013 to 2024: hyphen in eu-west-1, us-west-2, ap-southeast-1 and -2, none in
    // eu-central-1, eu-west-2 and us-east-2.
    `*.s3-${region}.amazonaws.com`,
    // EKS Auth, which Pod Identity asks, has no other name; other APIs have one here too.
    `*.${region}.api.aws`,
    // The API server of the cluster.
    `*.${region}.eks.amazonaws.com`,
    // Databases behind MLflow and Label Studio.
    `*.${region}.rds.amazonaws.com`,
    // Names of instances; us-east-1 has a zone of its own, and so have its buckets, CloudFormation's answers among them.
    ...(region === 'us-east-1' ? ['*.ec2.internal', '*.s3.amazonaws.com'] : [`*.${region}.compute.internal`]),
  ];
}

/**
 * DNS is a way out of a VPC that has no other: whoever asks for `<secret>.example.com` has told the owner of example.com. So the
 * resolver answers for AWS's zones only, everything else does not exist, and a firewall that is out of order blocks: Route 53 fails
 * closed unless told otherwise. Nothing here restates that, since CloudFormation lists no `AWS::Route53Resolver::FirewallConfig` for
 * our regions (cfn-lint E3006, 2026-10-20).
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall-vpc-configuration.html (2026-11-25)
 *
 * 0.60 $ per million queries (from memory, docs/open-claims.md); names inside the cluster never get here.
 */
export class DnsFirewall extends Construct {
  constructor(scope: Construct, id: string, props: DnsFirewallProps) {
    super(scope, id);
    const { env, cluster, vpcId } = props;
    const name = networkNames.dnsFirewall(env, cluster);

    const allowed = new resolver.CfnFirewallDomainList(this, 'Allowed', {
      name: `${name}-allowed`,
      domains: [...allowedDomains(env.region)],
    });
    const everything = new resolver.CfnFirewallDomainList(this, 'Everything', {
      name: `${name}-everything`,
      domains: ['*'],
    });
    const group = new resolver.CfnFirewallRuleGroup(this, 'Rules', {
      name,
      firewallRules: [
        {
          priority: 100,
          action: 'ALLOW',
          firewallDomainListId: allowed.attrId,
          // AWS's names lead to further names of AWS that are nowhere documented; the first one is trusted with where it leads.
          firewallDomainRedirectionAction: 'TRUST_REDIRECTION_DOMAIN',
        },
        {
          priority: 200,
          action: 'BLOCK',
          // A name that does not exist fails at once, where silence would be retried.
          blockResponse: 'NXDOMAIN',
          firewallDomainListId: everything.attrId,
        },
      ],
    });
    new resolver.CfnFirewallRuleGroupAssociation(this, 'Association', {
      name,
      firewallRuleGroupId: group.attrId,
      vpcId,
      // AWS keeps priorities up to 100 and from 9,900 on for Firewall Manager.
      priority: 101,
      // 'ENABLED' would refuse CloudFormation's own later changes.
      mutationProtection: 'DISABLED',
    });
  }
}
