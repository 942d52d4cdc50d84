import { describe, expect, test } from '@jest/globals';
import type { CostLine, CostResult, OwnerCost } from '../../../assurance/cost/cost-line';
import { costPage } from '../../../assurance/cost/page';

const line: CostLine = {
  columns: ['idle', 'expected', 'peak'],
  kind: 'network',
  owner: 'platform',
  cluster: 'production',
  what: 'interface endpoints',
  how: 'with no work',
  quantity: 10,
  price: 'interface-endpoint',
  unit: 'hour',
  usdPerUnit: 2.5,
  sure: 'price-list',
  monthlyUsd: 25,
};
const machines: CostLine = {
  ...line,
  columns: ['expected'],
  kind: 'pipelines',
  what: 'machines of <audio>',
  monthlyUsd: 1200,
};
const tenants = (count: number): OwnerCost[] =>
  Array.from({ length: count }, (_, i) => ({
    owner: `tenant/tenant-${String(i).padStart(4, '0')}`,
    idleUsd: 1,
    expectedUsd: 10 + i,
    peakUsd: 100,
    budgetUsd: 500,
    atLeast: i === 0,
  }));
const cost: CostResult = {
  environment: 'sample',
  region: 'eu-central-1',
  findings: [],
  covered: {},
  idleUsd: 25,
  expectedUsd: 1225,
  peakUsd: 25,
  peakHourlyUsd: 0.03,
  lines: [line, machines],
  owners: tenants(3),
  notKnown: [],
  unmeasured: ['what log groups take in'],
  remarks: [],
  prices: [
    {
      price: 'queue-request',
      usd: 4e-7,
      unit: 'request',
      source: 'https://aws.amazon.com/sqs/',
      checked: '2026-11-26',
      sure: 'memory',
      seen: 'nowhere',
    },
  ],
};

describe('the page', () => {
  test('shows the three sums, every line and every price with its day', () => {
    const page = costPage(cost);
    for (const text of [
      '$25.00',
      '$1,225',
      '$0.03 an hour',
      'interface endpoints',
      '0.0000004',
      '2026-11-26',
      'nobody looked it up',
    ])
      expect(page).toContain(text);
  });

  test('loads nothing from outside and runs nothing', () => {
    const page = costPage(cost);
    expect(page).not.toMatch(/<script|<link|<img|@import|url\(|\son\w+=/);
  });

  test('writes no name as HTML', () => {
    expect(costPage(cost)).toContain('machines of &#60;audio&#62;');
    expect(costPage(cost)).not.toContain('<audio>');
  });

  test('says that it holds, and in red what does not', () => {
    expect(costPage(cost)).toContain('No GPU runs without work, and every line has a price.');
    const found = { proof: 'idle', kind: 'unbounded', subject: 'NodePool gpu', message: 'got 2 nodes' } as const;
    const page = costPage({ ...cost, findings: [found] });
    expect(page).not.toContain('No GPU runs without work');
    expect(page).toContain('unbounded: NodePool gpu: got 2 nodes');
  });

  test('says what is not known, and that the sum is the least', () => {
    const page = costPage({ ...cost, notKnown: [{ subject: 'tenant/acme', message: 'machines of audio' }] });
    expect(page).toContain('in a usual month, at least');
    expect(page).toContain('tenant/acme: machines of audio');
    expect(costPage(cost)).not.toContain('at least');
  });

  test('colours a tenant beyond its budget', () => {
    const [first] = tenants(1);
    const over = { ...first, owner: 'tenant/acme', expectedUsd: 900 } as OwnerCost;
    expect(costPage({ ...cost, owners: [over] })).toContain('<td class="number bad">&ge; $900</td>');
  });

  test('of 1,000 tenants shows the 40 dearest at once, and the others where one asks', () => {
    const page = costPage({ ...cost, owners: tenants(1000) });
    expect(page.split('<details>')[0]?.match(/tenant-\d{4}/g)).toHaveLength(40);
    expect(page).toContain('<summary>960 tenants more</summary>');
    expect(page.match(/tenant-\d{4}/g)).toHaveLength(1000);
    expect(page.length).toBeLessThan(1_000_000);
  });
});
