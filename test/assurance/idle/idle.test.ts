import { describe, expect, test } from '@jest/globals';
import type { Prices } from '../../../assurance/idle/prices';
import { readPrices } from '../../../assurance/idle/prices';
import { proveIdle } from '../../../assurance/idle/prove-idle';
import { addResource } from '../../mutations/edits';
import { sampleEnvironment } from '../../support/sample-environment';
import { writtenOutput } from '../../support/written-output';

const environment = sampleEnvironment();
const output = writtenOutput(environment);

/** Round prices, so that a price that changes changes no test. */
const prices: Prices = {
  region: environment.region,
  prices: Object.fromEntries(
    Object.entries({
      'eks-cluster': 1,
      'interface-endpoint': 0.1,
      'instance m7g.large': 2,
      'volume-gp3': 0.5,
      'kms-key': 10,
      'dns-firewall-domain': 0.25,
      alarm: 4,
      dashboard: 8,
      'queue-request': 0.001,
      'bucket-list-request': 0.01,
      'bucket-get-request': 0.02,
    }).map(([key, usd]) => [
      key,
      {
        usd,
        unit: 'unit',
        source: 'https://example.com',
        checked: '2026-11-25',
        sure: 'price-list' as const,
        seen: '',
      },
    ]),
  ),
};
const proven = proveIdle(environment, output, prices);
const line = (price: string, scope = 'platform') =>
  proven.lines.find((each) => each.price === price && each.scope === scope);

describe('the floor of the sample environment', () => {
  test('has no GPU, no scale without an end and no price that is missing', () => {
    expect(proven.findings).toEqual([]);
  });

  test('pays control planes and system nodes by the hour', () => {
    expect(line('eks-cluster')).toMatchObject({ quantity: 2 * 730, monthlyUsd: 1460 });
    expect(line('instance m7g.large')).toMatchObject({ quantity: 2 * 2 * 730, monthlyUsd: 5840 });
    expect(line('volume-gp3')).toMatchObject({ quantity: 2 * 2 * 44, monthlyUsd: 88 });
  });

  test('pays an interface endpoint in each zone, and none for S3', () => {
    const endpoints = output.stacks
      .flatMap((stack) => Object.values(stack.template().Resources))
      .filter(
        ({ Type, Properties }) => Type === 'AWS::EC2::VPCEndpoint' && Properties?.['VpcEndpointType'] === 'Interface',
      );
    expect(line('interface-endpoint')?.quantity).toBe(endpoints.length * environment.availabilityZones.length * 730);
    expect(proven.free).toContainEqual({
      type: 'AWS::EC2::VPCEndpoint',
      count: 2,
      because: 'gateway endpoints cost nothing',
    });
  });

  test('pays an alarm by the metric, and one over GPUs by the GPU, of which none runs', () => {
    // Three of production and four of research, and the controllers of four and of three namespaces; beside the query over GPUs of each.
    expect(line('alarm')).toMatchObject({ quantity: 3 + 4 + 4 + 3, monthlyUsd: 56 });
    // A dead-letter queue of each tenant, and the queues of the two active ones: three of acme, one of birch.
    expect(line('alarm', 'tenants')).toMatchObject({ quantity: 3 + 4, monthlyUsd: 28 });
    expect(proven.free).toContainEqual({
      type: 'AWS::CloudWatch::Alarm',
      count: 2,
      because: 'an alarm on a query over GPUs is paid by the GPU that it finds',
    });
  });

  test("pays a tenant's key, its alarms and the questions of KEDA and Flux", () => {
    expect(line('kms-key', 'tenants')).toMatchObject({ quantity: 3, monthlyUsd: 30 });
    // Four pipelines of the two active tenants, each asked every 30 s.
    expect(line('queue-request', 'tenants')?.quantity).toBe(4 * 2 * 60 * 730);
    expect(line('bucket-list-request', 'tenants')?.quantity).toBe(3 * 4 * 730);
  });

  test('sums up each tenant by itself', () => {
    const requests = 4 * 730 * (0.01 + 0.02);
    const polls = 2 * 60 * 730 * 0.001;
    expect(proven.tenants).toEqual([
      { tenant: 'acme', monthlyUsd: expect.closeTo(10 + 4 * (1 + 3) + 3 * polls + requests, 3) },
      { tenant: 'birch', monthlyUsd: expect.closeTo(10 + 4 * (1 + 1) + polls + requests, 3) },
      { tenant: 'cedar-health', monthlyUsd: expect.closeTo(10 + 4 + requests, 3) },
    ]);
  });

  test('sums up all lines, and says what rotations of keys add', () => {
    expect(proven.monthlyUsd).toBeCloseTo(
      proven.lines.reduce((sum, { monthlyUsd }) => sum + monthlyUsd, 0),
      3,
    );
    const keys = (line('kms-key')?.monthlyUsd ?? 0) + (line('kms-key', 'tenants')?.monthlyUsd ?? 0);
    expect(proven.monthlyUsdAfterRotations - proven.monthlyUsd).toBeCloseTo(2 * keys, 3);
  });

  test('lists what flows while nobody works and was never measured', () => {
    expect(proven.unmeasured.map(({ what }) => what)).toContain(
      'observations of Container Insights on the system nodes',
    );
    expect(proven.covered['not measured']).toBe(proven.unmeasured.length);
  });
});

describe('prices', () => {
  test('that are missing are findings by their names', () => {
    const rest = Object.fromEntries(Object.entries(prices.prices).filter(([key]) => key !== 'alarm'));
    expect(proveIdle(environment, output, { ...prices, prices: rest }).findings[0]).toEqual({
      proof: 'idle',
      kind: 'not-understood',
      subject: expect.stringMatching(/^production-operations\//),
      message: "got no price of 'alarm' in eu-central-1, expected one in assurance/idle/prices/eu-central-1.json",
    });
  });

  test('of another region are a finding', () => {
    expect(proveIdle(environment, output, { ...prices, region: 'us-east-1' }).findings).toContainEqual({
      proof: 'idle',
      kind: 'not-understood',
      subject: 'prices',
      message: 'got prices of us-east-1, expected those of eu-central-1',
    });
  });
});

test('an alarm of high resolution and one over several metrics cost more', () => {
  const metric = (period: number) => ({ MetricStat: { Period: period } });
  const changed = addResource(output, 'production-operations', {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: { Metrics: [metric(60), metric(60), { Expression: 'm1/m2' }] },
  });
  const before = line('alarm')?.quantity ?? 0;
  expect(proveIdle(environment, changed, prices).lines.find(({ price }) => price === 'alarm')?.quantity).toBe(
    before + 2,
  );
  const fast = addResource(output, 'production-operations', {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: { Period: 10 },
  });
  expect(proveIdle(environment, fast, readPrices('us-east-1')).lines.map(({ price }) => price)).toContain(
    'alarm-high-resolution',
  );
});
