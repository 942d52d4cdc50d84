import { RemovalPolicy, aws_ec2 as ec2, aws_iam as iam, aws_kms as kms, aws_logs as logs } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { arn } from '../../../schema/arns';
import type { Environment } from '../../../schema/model';
import { networkNames } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';
import { acknowledge, explain } from '../acknowledge';

export interface FlowLogsProps {
  readonly env: Environment;
  readonly cluster: ClusterName;
  readonly vpc: ec2.Vpc;
}

/**
 * Every connection of the VPC, accepted and refused, in an encrypted log group that is kept for `env.logRetentionDays`.
 *
 * The key is for log groups below `/atoll/<env>/` of this account and for nothing else; 1 $ a month.
 */
export class FlowLogs extends Construct {
  readonly key: kms.Key;
  readonly logGroup: logs.LogGroup;

  constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    const { env, cluster, vpc } = props;
    const logGroupName = networkNames.flowLogGroup(env, cluster);
    const account = env.accounts[cluster];

    this.key = new kms.Key(this, 'Key', {
      description: `log groups of ${env.name}, ${cluster}`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    explain(
      this.key.node.defaultChild as kms.CfnKey,
      "kms:* is the account's own administration, bounded by IAM; it encrypts messages of the platform, never tenants' data",
    );
    this.key.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'LogGroupsOfThisEnvironment',
        principals: [new iam.ServicePrincipal(`logs.${env.region}.amazonaws.com`)],
        actions: [
          'kms:Encrypt',
          'kms:Decrypt',
          'kms:ReEncryptFrom',
          'kms:ReEncryptTo',
          'kms:GenerateDataKey',
          'kms:DescribeKey',
        ],
        // In a key policy `*` is this key.
        resources: ['*'],
        conditions: {
          ArnLike: {
            'kms:EncryptionContext:aws:logs:arn': arn.logGroup(env, cluster, `${networkNames.logGroupPrefix(env)}*`),
          },
        },
      }),
    );

    this.logGroup = new logs.LogGroup(this, 'LogGroup', {
      logGroupName,
      encryptionKey: this.key,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    // On the resource itself: the L2 takes its own enum of the same numbers.
    (this.logGroup.node.defaultChild as logs.CfnLogGroup).retentionInDays = env.logRetentionDays;

    const role = new iam.Role(this, 'Role', {
      description: `VPC flow logs of ${env.name}, ${cluster}`,
      assumedBy: new iam.ServicePrincipal('vpc-flow-logs.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': arn.ec2(env, cluster, 'vpc-flow-log') },
        },
      }),
    });
    acknowledge(
      role,
      ['NIST.800.53.R5-IAMNoInlinePolicy'],
      'one policy for one role and one log group; it is to live and go with the role',
    );
    // What CDK's L2 gives; without the right to look for its stream the service reports an access error that no deploy shows.
    this.logGroup.grant(role, 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents');
    // The L1: the L2 acknowledges a validation rule with a stack trace, which puts paths of this machine into the assembly.
    const flowLog = new ec2.CfnFlowLog(this, 'FlowLog', {
      resourceId: vpc.vpcId,
      resourceType: 'VPC',
      trafficType: 'ALL',
      logDestinationType: 'cloud-watch-logs',
      logGroupName,
      deliverLogsPermissionArn: role.roleArn,
    });
    flowLog.node.addDependency(this.logGroup, role);
  }
}
