import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CostResult } from '../../assurance/cost/cost-line';
import { atoll, failure } from '../support/command-line';
import { ProjectCopy } from '../support/project-copy';

const copy = new ProjectCopy();
const project = copy.root;
const costs = (folder: string): CostResult =>
  JSON.parse(readFileSync(join(folder, 'cost', 'one', 'cost.json'), 'utf8')) as CostResult;

describe('atoll cost', () => {
  test('synthesizes, prints the three sums by line and by owner, and writes the page and the figures', () => {
    const { status, stdout, stderr } = atoll(['cost', '-c', 'env=one'], { project });
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^one: 17 stacks, 2 tenants among them/);
    expect(stdout).toMatch(
      /^one: idle [\d,.]+ \$, expected at least [\d,.]+ \$, peak [\d,.]+ \$ a month \([\d,.]+ \$ an hour\)$/m,
    );
    expect(stdout).toMatch(/^ {2}by line +idle +expected +peak$/m);
    expect(stdout).toMatch(/^ {2}control planes +146\.00 +146\.00 +146\.00$/m);
    expect(stdout).toMatch(/^ {2}tenant\/acme +[\d.,]+ +>= [\d.,]+ +[\d.,]+ +[\d.,]+$/m);
    expect(stdout).toMatch(/^ {2}not known: tenant\/acme: /m);
    expect(stdout).toMatch(/^ {2}dist\/cost\/one\/cost\.html\n$/m);
    expect(readdirSync(copy.path('dist/cost/one')).sort()).toEqual(['cost.html', 'cost.json']);
  });

  test('as JSON prints nothing else, the same figures, and with --no-synth takes what lies there', () => {
    const { status, stdout, stderr } = atoll(['cost', '-e', 'one', '--no-synth', '--json'], { project });
    expect([status, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toEqual([costs(copy.path('dist'))]);
    const synthesized = atoll(['cost', '-e', 'one', '--json'], { project });
    expect(synthesized.stdout).toBe(stdout);
  });

  test('fails where a pool keeps a GPU with no work, after it was written down', () => {
    const file = 'dist/k8s/one/production/platform/20-pools/objects.yaml';
    copy.replace(file, '  limits:\n', '  replicas: 2\n  limits:\n');
    const { status, stdout, stderr } = atoll(['cost', '-e', 'one', '--no-synth'], { project });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^cost: got \d+ findings?, allowed none; see above\n$/);
    expect(stdout).toMatch(
      /^ {2}unbounded \(idle\): production NodePool [\w-]+: spec\.replicas: got 2 nodes without any work/m,
    );
    expect(costs(copy.path('dist')).findings.length).toBeGreaterThan(0);
  });

  test('goes with the output that it speaks of', () => {
    expect(atoll(['synth', '-e', 'one'], { project }).status).toBe(0);
    expect(readdirSync(copy.path('dist/cost'))).toEqual([]);
  });

  test.each([
    ['cost -e nope', "--env: got 'nope', allowed one, two; name one of them"],
    ['cost -c en=one', "--context: got 'en=one', allowed env=<name>; name an environment"],
    ['cost -e one -c env=two', "--context: got 'env=two' beside --env 'one', allowed one environment; leave one out"],
  ])('atoll %s: one message', (line, message) => {
    expect(atoll(line.split(' '), { project })).toEqual(failure(message));
  });
});
