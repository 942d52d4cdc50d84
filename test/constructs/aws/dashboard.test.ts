import { describe, expect, test } from '@jest/globals';
import { Template } from 'aws-cdk-lib/assertions';
import { OperationsStack } from '../../../infra/aws/operations-stack';
import type { Environment } from '../../../schema/model';
import type { ClusterName } from '../../../schema/vocabulary';
import { testApp } from '../../support/app';
import { generateEnvironment } from '../../support/generate-environment';
import { sampleEnvironment } from '../../support/sample-environment';

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title?: string;
    readonly region?: string;
    readonly markdown?: string;
    readonly metrics?: readonly (readonly unknown[])[];
    readonly annotations?: object;
  };
}

/** What is documented to exist, by its namespace and its dimensions. */
const DOCUMENTED: Readonly<Record<string, readonly string[]>> = {
  // https://docs.aws.amazon.com/eks/latest/userguide/cloudwatch.html (2026-11-26)
  'AWS/EKS ClusterName': [
    'scheduler_pending_pods',
    'scheduler_pending_pods_UNSCHEDULABLE',
    'apiserver_request_total_429',
    'apiserver_request_total_5XX',
  ],
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html (2026-11-26)
  'AWS/SQS QueueName': ['ApproximateAgeOfOldestMessage', 'ApproximateNumberOfMessagesVisible'],
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/container-insights-eks-classic-metrics.html (2026-11-26)
  'ContainerInsights ClusterName': ['cluster_node_count'],
  'ContainerInsights ClusterName, GpuDevice, InstanceId, InstanceType, NodeName': ['node_gpu_utilization'],
};

function bodyOf(env: Environment, cluster: ClusterName = 'production'): string | undefined {
  const stack = new OperationsStack(testApp(), `${cluster}-operations`, {
    env,
    cluster,
    stackEnv: { account: env.accounts[cluster], region: env.region },
  });
  const found = Template.fromStack(stack).findResources('AWS::CloudWatch::Dashboard');
  const [dashboard] = Object.values(found) as { readonly Properties: { readonly DashboardBody: string } }[];
  return dashboard?.Properties.DashboardBody;
}

/** What a row of a widget's metrics asks for, as `<namespace> <dimensions> <name>`. */
function askedFor(row: readonly unknown[]): string {
  const [first, name, ...rest] = row;
  if (typeof first === 'string') {
    const dimensions = rest.filter((each, i) => typeof each === 'string' && i % 2 === 0);
    return `${first} ${dimensions.join(', ')} ${String(name)}`;
  }
  const { expression } = first as { readonly expression: string };
  const search = /^SORT\(SEARCH\('\{([\w/]+),(\w+)\} MetricName="(\w+)" [\w ]+', 'Maximum', 300\), MAX, DESC, 25\)$/;
  const query = /^SELECT \w+\((\w+)\) FROM SCHEMA\((\w+), ([\w, ]+)\) WHERE ClusterName = '[\w-]+' GROUP BY/;
  const [, namespace, dimension, found] = search.exec(expression) ?? [];
  if (namespace !== undefined) return `${namespace} ${String(dimension)} ${String(found)}`;
  const [, metric, schema, keys] = query.exec(expression) ?? [];
  return metric === undefined ? expression : `${String(schema)} ${String(keys)} ${metric}`;
}

const env = sampleEnvironment();
const body = bodyOf(env) ?? '';
const { widgets } = JSON.parse(body) as { readonly widgets: readonly Widget[] };

describe('the dashboard of an environment', () => {
  test('is one, in its production account', () => {
    expect(bodyOf(env, 'research')).toBeUndefined();
    expect(widgets.map(({ properties }) => properties.title ?? 'links')).toEqual([
      'links',
      'pods that wait',
      'GPUs that run',
      'how busy each GPU is (%)',
      'dead letters',
      ...['video', 'audio', 'text'].map((name) => `${name}: deepest queues`),
      ...['video', 'audio', 'text'].map((name) => `${name}: oldest calls (seconds)`),
      'API server',
    ]);
  });

  test('lies on a grid of 24 columns, and no widget on another', () => {
    const cells = widgets.flatMap(({ x, y, width, height }) =>
      Array.from({ length: width * height }, (_, i) => `${x + (i % width)},${y + Math.floor(i / width)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(widgets.every(({ x, width }) => x >= 0 && x + width <= 24)).toBe(true);
    const rows = Math.max(...widgets.map(({ y, height }) => y + height));
    expect(cells.length).toBe(24 * rows);
  });

  test('asks, in the region of the environment, for what is documented to exist', () => {
    const graphs = widgets.filter(({ type }) => type === 'metric');
    expect(graphs.map(({ properties }) => properties.region)).toEqual(graphs.map(() => env.region));
    const asked = graphs.map(({ properties }) => (properties.metrics ?? []).map(askedFor));
    expect(asked.filter((each) => each.length === 0)).toEqual([]);
    const known = Object.entries(DOCUMENTED).flatMap(([where, names]) => names.map((name) => `${where} ${name}`));
    expect([...new Set(asked.flat())].sort()).toEqual(known.sort());
  });

  test('draws the promise of each pipeline beside the age of its oldest calls', () => {
    const ages = widgets.filter(({ properties }) => properties.title?.endsWith('oldest calls (seconds)'));
    expect(ages.map(({ properties }) => properties.annotations)).toEqual(
      [21_600, 21_600, 3600].map((value) => ({ horizontal: [{ value, label: 'promise', yAxis: 'left' }] })),
    );
    expect(body).toContain(String.raw`MetricName=\"ApproximateAgeOfOldestMessage\" atoll sample text'`);
    expect(body).toContain(String.raw`MetricName=\"ApproximateNumberOfMessagesVisible\" atoll sample dead letter'`);
  });

  test('leads to the runbook and to the budget', () => {
    const [links] = widgets;
    expect(links?.properties.markdown).toContain('Runbook: `docs/runbook.md`');
    expect(links?.properties.markdown).toContain('[Budget `atoll-sample-production-account`](https://');
    const runbookUrl = 'https://wiki.example.com/runbook.md';
    expect(bodyOf(sampleEnvironment({ input: { runbookUrl } }))).toContain(`[Runbook](${runbookUrl})`);
  });

  test('is the same for two and for a thousand tenants', () => {
    expect(bodyOf(generateEnvironment(2))).toBe(bodyOf(generateEnvironment(1000)));
    for (const { id } of env.tenants) expect(body).not.toContain(id);
  });
});
