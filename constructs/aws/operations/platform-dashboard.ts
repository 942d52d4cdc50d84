import { Duration, aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Environment } from '../../../schema/model';
import { operationNames, tenantNames } from '../../../schema/names';
import { RUNBOOK } from '../../../schema/runbook';
import type { ClusterName } from '../../../schema/vocabulary';
import { deepest, eksGraph, gpuBusy, gpusRunning, nodesRunning } from './dashboard-graphs';

export interface PlatformDashboardProps {
  readonly env: Environment;
  readonly cluster: ClusterName;
}

const FULL_WIDTH = 24;

/**
 * One page to look at, from what people wait for to what it runs on: whether pods wait for machines, which GPUs run and whether they work,
 * how deep queues are and how old beside what their pipelines promise, dead letters, the API server. 3 $ a month. Queues are found by
 * searches over names and GPUs by queries, so that neither a tenant that comes or goes nor a node changes anything here.
 */
export class PlatformDashboard extends Construct {
  constructor(scope: Construct, id: string, { env, cluster }: PlatformDashboardProps) {
    super(scope, id);
    const dashboard = new cloudwatch.Dashboard(this, 'Dashboard', {
      dashboardName: operationNames.dashboard(env, cluster),
      defaultInterval: Duration.hours(12),
    });
    const row = (...graphs: readonly cloudwatch.GraphWidgetProps[]): void => {
      dashboard.addWidgets(
        ...graphs.map(
          (graph) => new cloudwatch.GraphWidget({ region: env.region, width: FULL_WIDTH / graphs.length, ...graph }),
        ),
      );
    };

    dashboard.addWidgets(new cloudwatch.TextWidget({ markdown: links(env, cluster), width: FULL_WIDTH, height: 2 }));
    row(
      eksGraph(env, cluster, 'pods that wait', {
        scheduler_pending_pods: 'pending',
        scheduler_pending_pods_UNSCHEDULABLE: 'waiting for a machine',
      }),
      { title: 'GPUs that run', left: [gpusRunning(env, cluster)], right: [nodesRunning(env, cluster)] },
    );
    row(
      { title: 'how busy each GPU is (%)', left: [gpuBusy(env, cluster)], leftYAxis: { min: 0, max: 100 } },
      {
        title: 'dead letters',
        left: [deepest('ApproximateNumberOfMessagesVisible', deadLetterWords(env))],
      },
    );
    row(
      ...env.pipelines.map(({ name }) => ({
        title: `${name}: deepest queues`,
        left: [deepest('ApproximateNumberOfMessagesVisible', `${queueWords(env)} ${name}`)],
      })),
    );
    row(
      ...env.pipelines.map(({ name, promiseSeconds }) => ({
        title: `${name}: oldest calls (seconds)`,
        left: [deepest('ApproximateAgeOfOldestMessage', `${queueWords(env)} ${name}`)],
        leftAnnotations: [{ value: promiseSeconds, label: 'promise' }],
      })),
    );
    row(
      eksGraph(env, cluster, 'API server', {
        apiserver_request_total_429: 'throttled',
        apiserver_request_total_5XX: 'server errors',
      }),
    );
  }
}

/** Where to go from here. The budget's page is the same for every account, and shows the one that is signed in to. */
const links = (env: Environment, cluster: ClusterName): string =>
  [
    env.runbookUrl === undefined ? `Runbook: \`${RUNBOOK}\`` : `[Runbook](${env.runbookUrl})`,
    `[Budget \`${operationNames.budget(env, cluster)}\`](https://console.aws.amazon.com/billing/home#/budgets), and one of each tenant`,
    `GPUs of research are in the account ${env.accounts.research}`,
  ].join(' · ');

/** What every queue of the environment's tenants begins with, as words: a search takes names apart at their hyphens. */
const queueWords = (env: Environment): string =>
  (tenantNames.deadLetterQueue(env, '').split('--')[0] ?? '').replaceAll('-', ' ');

const deadLetterWords = (env: Environment): string =>
  tenantNames.deadLetterQueue(env, '').replace('--', '-').replaceAll('-', ' ');
