import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Environment } from '../../../../schema/model';
import { clusterNames } from '../../../../schema/names';
import type { ClusterName } from '../../../../schema/vocabulary';
import { acknowledge } from '../../acknowledge';

export interface InterruptionQueueProps {
  readonly env: Environment;
  readonly cluster: ClusterName;
}

/** EC2 and Health notices by which Karpenter empties a node before EC2 takes it; the five kinds of Karpenter 1.14's template. */
const NOTICES = {
  ScheduledChange: { source: 'aws.health', detailType: 'AWS Health Event' },
  SpotInterruption: { source: 'aws.ec2', detailType: 'EC2 Spot Instance Interruption Warning' },
  Rebalance: { source: 'aws.ec2', detailType: 'EC2 Instance Rebalance Recommendation' },
  StateChange: { source: 'aws.ec2', detailType: 'EC2 Instance State-change Notification' },
  ReservationInterruption: {
    source: 'aws.ec2',
    detailType: 'EC2 Capacity Reservation Instance Interruption Warning',
  },
} as const;

export class InterruptionQueue extends Construct {
  constructor(scope: Construct, id: string, { env, cluster }: InterruptionQueueProps) {
    super(scope, id);
    const queue = new sqs.Queue(this, 'Queue', {
      queueName: clusterNames.interruptionQueue(env, cluster),
      // A notice older than that is about a node that is gone.
      retentionPeriod: Duration.minutes(5),
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    acknowledge(
      queue,
      ['AwsSolutions-SQS3'],
      'a notice lives five minutes and is about one node; a dead letter would help nobody',
    );
    const rules = Object.entries(NOTICES).map(([name, { source, detailType }]) => {
      const rule = new events.CfnRule(this, name, {
        eventPattern: { source: [source], 'detail-type': [detailType] },
        targets: [{ id: 'Karpenter', arn: queue.queueArn }],
      });
      return rule.attrArn;
    });
    queue.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'OwnRulesSend',
        principals: [new iam.ServicePrincipal('events.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [queue.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': rules } },
      }),
    );
  }
}
