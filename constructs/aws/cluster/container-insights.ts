import { RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { arn } from '../../../schema/arns';
import type { Environment } from '../../../schema/model';
import { clusterNames, tenantNames } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';
import { acknowledge } from '../acknowledge';
import { PodIdentityRole } from './pod-identity-role';

export interface ContainerInsightsProps {
  readonly env: Environment;
  readonly cluster: ClusterName;
  readonly logKey: IKey;
}

/**
 * The log group that carries Container Insights' metrics, and the role to write to it. The CloudWatch agent and Fluent Bit share a service
 * account, so in production the role also writes tenants' log groups: it can put into any of them, and read none.
 */
export class ContainerInsights extends Construct {
  readonly agent: PodIdentityRole;

  constructor(scope: Construct, id: string, { env, cluster, logKey }: ContainerInsightsProps) {
    super(scope, id);
    const logGroupName = clusterNames.metricsLogGroup(env, cluster);
    const group = new logs.CfnLogGroup(this, 'Performance', {
      logGroupName,
      retentionInDays: env.logRetentionDays,
      kmsKeyId: logKey.keyArn,
    });
    group.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    const groupArn = arn.logGroup(env, cluster, logGroupName);
    const tenantStreams = `${arn.logGroup(env, cluster, tenantNames.logGroup(env, '*'))}:log-stream:*`;
    this.agent = new PodIdentityRole(this, 'Agent', {
      env,
      cluster,
      namespace: 'amazon-cloudwatch',
      serviceAccount: 'cloudwatch-agent',
      description: `CloudWatch agent on the ${cluster} cluster of ${env.name}`,
      // Instead of CloudWatchAgentServerPolicy, which may write to every log group and read every parameter of the agent.
      policies: {
        WriteMetrics: [
          new iam.PolicyStatement({
            sid: 'WriteMetricsAsLogs',
            actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
            resources: [groupArn, `${groupArn}:log-stream:*`],
          }),
          new iam.PolicyStatement({
            sid: 'PutMetrics',
            actions: ['cloudwatch:PutMetricData'],
            resources: ['*'],
            conditions: { StringEquals: { 'cloudwatch:namespace': 'ContainerInsights' } },
          }),
          new iam.PolicyStatement({
            sid: 'FindOwnVolumes',
            actions: ['ec2:DescribeTags', 'ec2:DescribeVolumes'],
            resources: ['*'],
            conditions: { StringEquals: { 'aws:RequestedRegion': env.region } },
          }),
          ...(cluster === 'production'
            ? [
                new iam.PolicyStatement({
                  sid: 'ShipTenantsOutput',
                  actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
                  resources: [tenantStreams],
                }),
              ]
            : []),
        ],
      },
    });
    acknowledge(
      this.agent,
      [
        'AwsSolutions-IAM5[Resource::*]',
        `AwsSolutions-IAM5[Resource::${groupArn}:log-stream:*]`,
        `AwsSolutions-IAM5[Resource::${tenantStreams}]`,
      ],
      'streams are named after nodes and pods, log groups of tenants after tenants; PutMetricData is bound to its namespace, Describe actions have no resource',
    );
  }
}
