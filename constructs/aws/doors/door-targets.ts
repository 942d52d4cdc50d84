import { join } from 'node:path';
import { CfnResource, type CfnTag, Duration, IgnoreMode } from 'aws-cdk-lib';
import { CfnRole, Role } from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { arn } from '../../../schema/arns';
import type { Environment } from '../../../schema/model';
import { doorNames } from '../../../schema/door-names';
import { clusterNames } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';
import { acknowledge } from '../acknowledge';
import { retain } from '../retention';
import { policyDocument } from '../statement';

/** A target group, told apart in the stack by its id. */
export interface TargetGroup {
  readonly id: string;
  readonly name: string;
  readonly arn: string;
}

export interface DoorTargetsProps {
  readonly env: Environment;
  readonly cluster: ClusterName;
  /** Name of the node group whose machines are the targets. */
  readonly nodegroupName: string;
  readonly targetGroups: readonly TargetGroup[];
  /** ARN of the key of its log group. */
  readonly logsKeyArn: string;
  readonly tags: CfnTag[];
}

/** The handler answers within 40 s after it has given up; the rest is for three calls. */
const TIMEOUT = Duration.minutes(1);

/** Seconds that CloudFormation waits for the handler; without it a lost answer hangs the stack for an hour. */
const HANDLER_WAIT_SECONDS = 120;

/** What it shares with the delivery's handler lies there: the asset is the folder above both, and nothing else of it. */
const NOT_IN_ASSET = [
  '/*',
  '!/doors',
  '/doors/*',
  '!/doors/handler',
  '!/delivery',
  '/delivery/*',
  '!/delivery/handler',
  '/delivery/handler/*',
  ...['respond', 'within-time'].map((name) => `!/delivery/handler/${name}.cjs`),
];

/**
 * The machines of a node group as targets of a load balancer, those that come later included: its Auto Scaling group registers them. EKS makes
 * that group and CloudFormation does not tell its name, so a function asks EKS for it, and attaches the target group. It may do that for groups
 * of this cluster and for these target groups alone.
 *
 * Nothing in the cluster has a right on load balancers. docs/decisions/0032-the-doors.md
 */
export class DoorTargets extends Construct {
  constructor(scope: Construct, id: string, props: DoorTargetsProps) {
    super(scope, id);
    const { env, cluster, tags } = props;
    const logGroupName = doorNames.targetsLogGroup(env, cluster);
    const logs = retain(
      new CfnLogGroup(this, 'LogGroup', {
        logGroupName,
        kmsKeyId: props.logsKeyArn,
        retentionInDays: env.logRetentionDays,
        tags,
      }),
    );
    const role = this.role(props);
    const handler = new lambda.Function(this, 'Function', {
      functionName: doorNames.targets(env, cluster),
      description: 'Attaches target groups to the Auto Scaling groups of node groups during a deploy',
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      handler: 'doors/handler/index.handler',
      code: lambda.Code.fromAsset(join(__dirname, '..'), { exclude: NOT_IN_ASSET, ignoreMode: IgnoreMode.GIT }),
      timeout: TIMEOUT,
      // A second run would come minutes later, and could undo what a rollback has restored.
      retryAttempts: 0,
      memorySize: 256,
      role: Role.fromRoleArn(this, 'HandlerRole', role.attrArn, { mutable: false }),
      logGroup: LogGroup.fromLogGroupName(this, 'Logs', logGroupName),
    });
    handler.node.addDependency(logs);
    acknowledge(
      handler,
      ['NIST.800.53.R5-LambdaConcurrency'],
      'it runs during deploys only, and a young account whose quota is 10 at once may reserve none of them',
    );
    acknowledge(
      handler,
      ['NIST.800.53.R5-LambdaDLQ'],
      'CloudFormation waits for its answer and fails the deploy without one: a lost event is seen at once',
    );
    acknowledge(
      handler,
      ['NIST.800.53.R5-LambdaInsideVPC'],
      "it calls EKS and Auto Scaling and answers at CloudFormation's public address; a VPC would add a way out for it",
    );
    for (const group of props.targetGroups)
      new CfnResource(this, `Attachment-${group.id}`, {
        type: 'Custom::AtollDoorTargets',
        properties: {
          ServiceToken: handler.functionArn,
          ServiceTimeout: HANDLER_WAIT_SECONDS,
          Cluster: clusterNames.cluster(env, cluster),
          NodeGroup: props.nodegroupName,
          TargetGroup: group.arn,
        },
      }).node.addDependency(handler, role);
  }

  private role({ env, cluster, targetGroups, tags }: DoorTargetsProps): CfnRole {
    const streams = `${arn.logGroup(env, cluster, doorNames.targetsLogGroup(env, cluster))}:log-stream:*`;
    const nodeGroups = arn.nodeGroups(env, cluster);
    const scalingGroups = arn.nodeScalingGroups(env, cluster);
    const role = new CfnRole(this, 'Role', {
      roleName: doorNames.targets(env, cluster),
      description: 'Attaches target groups to node groups',
      assumeRolePolicyDocument: policyDocument({
        Sid: 'Lambda',
        Effect: 'Allow',
        Principal: { Service: 'lambda.amazonaws.com' },
        Action: 'sts:AssumeRole',
      }),
      policies: [
        {
          policyName: 'attach',
          policyDocument: policyDocument(
            { Sid: 'FindGroups', Effect: 'Allow', Action: 'eks:DescribeNodegroup', Resource: nodeGroups },
            {
              Sid: 'Attach',
              Effect: 'Allow',
              Action: ['autoscaling:AttachTrafficSources', 'autoscaling:DetachTrafficSources'],
              Resource: scalingGroups,
              Condition: {
                // A list without a member would pass the first by itself.
                'ForAllValues:StringLike': {
                  'autoscaling:TrafficSourceIdentifiers': targetGroups.map(({ name }) =>
                    arn.targetGroup(env, cluster, name),
                  ),
                },
                Null: { 'autoscaling:TrafficSourceIdentifiers': 'false' },
                StringEquals: { 'aws:ResourceTag/eks:cluster-name': clusterNames.cluster(env, cluster) },
              },
            },
            {
              Sid: 'WriteLogs',
              Effect: 'Allow',
              Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
              Resource: streams,
            },
          ),
        },
      ],
      tags,
    });
    acknowledge(
      role,
      ['NIST.800.53.R5-IAMNoInlinePolicy'],
      'the policy belongs to this one role and goes with it; a managed policy could be attached to another',
    );
    acknowledge(
      role,
      [
        `AwsSolutions-IAM5[Resource::${nodeGroups}]`,
        `AwsSolutions-IAM5[Resource::${scalingGroups}]`,
        `AwsSolutions-IAM5[Resource::${streams}]`,
      ],
      "EKS gives its groups ids of its own: the cluster's tag and the one target group bound what may be attached",
    );
    return role;
  }
}
