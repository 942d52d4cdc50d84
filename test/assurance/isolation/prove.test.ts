import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Solver } from '../../../assurance/iam/solver';
import { proveIsolation } from '../../../assurance/isolation/prove';
import { proveDeliveries } from '../../../assurance/isolation/prove-deliveries';
import type { Output } from '../../../assurance/output/output';
import { isolationMutations } from '../../mutations/isolation';
import { mutatedEnvironment } from '../../mutations/isolation/sample';
import { told } from '../../mutations/run';
import { temporaryFolder } from '../../support/temporary';
import { writeAudit } from '../../support/write-audit';
import { writeOutput } from '../../support/write-output';

const env = mutatedEnvironment();
const folder = temporaryFolder();
const output = writeOutput(env, folder);
const all = isolationMutations(output);
/** `npm run mutate -- isolation` plants every one; here one of each kind of place. */
const EVERY = 48;
const planted = all.filter(
  ({ id, noChange }, i) =>
    noChange === undefined &&
    (i % EVERY === 0 ||
      /BlockPublicPolicy off|does everything$|unknown operator|without a limit|another table/.test(id)),
);
let solver: Solver;

const findings = async (from: Output): Promise<string[]> =>
  told([...(await proveIsolation(env, from, { solver })).findings, ...proveDeliveries(env, from).findings]);

beforeAll(async () => {
  await writeAudit(env, folder);
  solver = await Solver.start();
});
afterAll(async () => {
  await solver.stop();
});

test('the sample has no way but the declared ones, and every declared way is open', async () => {
  const { findings: found, covered, classes } = await proveIsolation(env, output, { solver });
  expect(told(found)).toEqual([]);
  expect(proveDeliveries(env, output).findings).toEqual([]);
  expect(classes.flatMap(({ tenants }) => tenants).toSorted()).toEqual(env.tenants.map(({ id }) => id));
  expect(covered['declared ways']).toBeGreaterThan(120);
  expect(covered['ways shown open by a request']).toBeGreaterThan(100);
  expect(covered['actions behind them']).toBeGreaterThan(2000);
  expect(covered['pairs of tenants']).toBe(6);
  // Two teams', a corpus' and two deliveries' buckets and keys; workgroups, the catalogue, secrets; the keys of all else.
  expect(covered['stores, workgroups, databases, secrets and keys asked about']).toBeGreaterThan(35);
}, 300_000);

test('there are at least 200 faults to plant', () => {
  expect(all.filter(({ noChange }) => noChange === undefined).length).toBeGreaterThan(200);
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
});

test.each(planted.map((mutation) => [mutation.id, mutation] as const))(
  '%s turns the proof red',
  async (_, mutation) => {
    const found = await findings(mutation.apply(output));
    expect(found.filter((line) => mutation.expects.test(line))).not.toEqual([]);
  },
  300_000,
);
