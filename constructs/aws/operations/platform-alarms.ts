import {
  Duration,
  aws_cloudwatch as cloudwatch,
  aws_cloudwatch_actions as actions,
  type aws_sns as sns,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { evidenceNames } from '../../../schema/audit-names';
import type { Environment } from '../../../schema/model';
import { clusterNames, deliveryNames, operationNames } from '../../../schema/names';
import { alarmDescription, type RunbookArticle } from '../../../schema/runbook';
import type { ClusterName } from '../../../schema/vocabulary';
import { controllersRunning } from './controller-metrics';
import { gpuQuery } from './gpu-metrics';

export interface PlatformAlarmsProps {
  readonly env: Environment;
  readonly cluster: ClusterName;
  readonly topic: sns.Topic;
}

/** A Spot machine goes two minutes after its notice: one that waits longer than this was not heard in time. */
const INTERRUPTION_AGE_SECONDS = 120;

/** Most that a GPU may be busy in a period of 5 minutes and still count as idle, %: drivers and exporters do a little always. */
const IDLE_PERCENT = 3;
const IDLE_MINUTES = 30;

/** No cold start takes as long as this; a pod that still has no machine gets none. */
const WAITING_MINUTES = 30;

/**
 * Alarms on what the platform itself does, each by the name of what it watches, so that this stack waits for no other. 0.10 $ a month for
 * each metric; a tenant's own alarms are in the tenant's stack. docs/decisions/0030-alarms-and-what-they-cost.md
 */
export class PlatformAlarms extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: PlatformAlarmsProps,
  ) {
    super(scope, id);
    this.delivery();
    this.interruptions();
    this.controllers();
    this.waitingPods();
    this.idleGpu();
    if (props.cluster === 'research') this.ledger();
  }

  private delivery(): void {
    const { env, cluster } = this.props;
    this.alarm('DeliveryErrors', {
      name: 'delivery-errors',
      article: 'a-delivery-failed',
      says: 'rendered objects did not reach the delivery bucket; the cluster still runs what it had',
      metric: errorsOf(deliveryNames.function(env, cluster)),
      threshold: 1,
    });
  }

  private interruptions(): void {
    const { env, cluster } = this.props;
    this.alarm('InterruptionsUnheard', {
      name: 'interruptions-unheard',
      article: 'interruptions-are-not-heard',
      says: 'Karpenter does not read its interruption queue; Spot machines go without draining',
      // SQS reports nothing about a queue that has been idle for six hours.
      metric: new cloudwatch.Metric({
        namespace: 'AWS/SQS',
        metricName: 'ApproximateAgeOfOldestMessage',
        dimensionsMap: { QueueName: clusterNames.interruptionQueue(env, cluster) },
        statistic: 'Maximum',
        period: Duration.minutes(5),
      }),
      threshold: INTERRUPTION_AGE_SECONDS,
      comparison: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
    });
  }

  /**
   * Without Flux nothing changes, without Karpenter no machine comes, without KEDA no work starts, and none of them can say so itself. The
   * newest period counts as empty where metrics come late, so that three of four decide. No data at all is an agent that does not run, or a
   * cluster that is not deployed yet.
   */
  private controllers(): void {
    const { env, cluster } = this.props;
    this.alarm('ControllersMissing', {
      name: 'controllers-missing',
      article: 'a-controller-does-not-run',
      says: `pods of Flux, Karpenter, Kueue or KEDA do not run on the ${cluster} cluster, or nobody measures them`,
      metric: controllersRunning(env, cluster),
      threshold: 1,
      comparison: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      periods: 4,
      periodsBeyond: 3,
      missing: cloudwatch.TreatMissingData.BREACHING,
    });
  }

  /**
   * What a pool at its limit looks like from outside, and a quota, or a type that is sold out: pods that the scheduler has no place for. How
   * full a pool is only Karpenter's own metrics say, which nothing brings into CloudWatch.
   * @see https://docs.aws.amazon.com/eks/latest/userguide/cloudwatch.html (2026-11-26: free, each minute, `Sum` is the one valid statistic)
   */
  private waitingPods(): void {
    const { env, cluster } = this.props;
    this.alarm('PodsWaiting', {
      name: 'pods-waiting',
      article: 'pods-wait-for-a-machine',
      says: `for ${String(WAITING_MINUTES)} minutes there was always a pod that no machine came up for: a pool is at its limit, or EC2 gives none`,
      metric: new cloudwatch.Metric({
        namespace: 'AWS/EKS',
        metricName: 'scheduler_pending_pods_UNSCHEDULABLE',
        dimensionsMap: { ClusterName: clusterNames.cluster(env, cluster) },
        statistic: 'Sum',
        period: Duration.minutes(1),
      }),
      threshold: 1,
      periods: WAITING_MINUTES,
    });
  }

  /** Each GPU is a series of its own: two that are idle by turns are no idle GPU. A node that is gone has no series, and so no alarm. */
  private idleGpu(): void {
    const { env, cluster } = this.props;
    this.alarm('GpuIdle', {
      name: 'gpu-idle',
      article: 'a-gpu-is-idle',
      says: `a GPU of the ${cluster} cluster did nothing for ${String(IDLE_MINUTES)} minutes and is paid`,
      metric: new cloudwatch.MathExpression({
        expression: gpuQuery(env, cluster, ['MAX', 'node_gpu_utilization'], ['InstanceId', 'GpuDevice']),
        // The query brings its own metrics.
        usingMetrics: {},
        period: Duration.minutes(5),
      }),
      threshold: IDLE_PERCENT,
      comparison: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      periods: IDLE_MINUTES / 5,
    });
  }

  /** It also gives the hourly sign of life, whose absence the audit account hears of after two hours: from here it is told at once. */
  private ledger(): void {
    this.alarm('LedgerErrors', {
      name: 'ledger-errors',
      article: 'the-grants-ledger-failed',
      says: 'the grants ledger was not written: what happened to a grant, or the hourly sign of life, is missing',
      metric: errorsOf(evidenceNames.ledger(this.props.env)),
      threshold: 1,
    });
  }

  private alarm(id: string, options: AlarmOptions): void {
    const { env, cluster, topic } = this.props;
    new cloudwatch.Alarm(this, id, {
      alarmName: operationNames.alarm(env, cluster, options.name),
      alarmDescription: alarmDescription(env, options.article, options.says),
      metric: options.metric,
      threshold: options.threshold,
      evaluationPeriods: options.periods ?? 1,
      datapointsToAlarm: options.periodsBeyond ?? options.periods ?? 1,
      comparisonOperator: options.comparison ?? cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: options.missing ?? cloudwatch.TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(new actions.SnsAction(topic));
  }
}

interface AlarmOptions {
  /** What its name in CloudWatch ends with. */
  readonly name: string;
  readonly article: RunbookArticle;
  /** What is the matter, in one clause. */
  readonly says: string;
  readonly metric: cloudwatch.IMetric;
  readonly threshold: number;
  /** @default - at least the threshold */
  readonly comparison?: cloudwatch.ComparisonOperator;
  /** Periods that are looked at. @default 1 */
  readonly periods?: number;
  /** How many of them must be beyond the threshold. @default - all of them */
  readonly periodsBeyond?: number;
  /** What a period without data is. @default - fine: nothing of it happened, or there is nothing of it */
  readonly missing?: cloudwatch.TreatMissingData;
}

const errorsOf = (functionName: string): cloudwatch.Metric =>
  new cloudwatch.Metric({
    namespace: 'AWS/Lambda',
    metricName: 'Errors',
    dimensionsMap: { FunctionName: functionName },
    statistic: 'Sum',
    period: Duration.minutes(5),
  });
