import type { Environment } from '../../schema/model';
import type { Output } from '../output/output';
import { type PlacedObject, placedObjects } from '../output/placed-objects';
import { at } from '../output/values';
import { livingTenants, tenantsByStack } from '../output/tenant-stacks';
import type { IdleResult } from './bill';
import { Billed, BilledResource } from './billed';
import { OBJECT_BILLS } from './object-charges';
import type { Prices } from './prices';
import { RESOURCE_BILLS } from './resource-charges';
import { rounded, Tally } from './tally';

/**
 * What an environment costs with no work, line by line from what was synthesized. A GPU that runs without work, and scale without an
 * end, are findings; so is whatever has no price.
 * @param prices of the environment's region: `readPrices(environment.region)`
 */
export function proveIdle(environment: Environment, output: Output, prices: Prices): IdleResult {
  const tally = new Tally(prices);
  if (prices.region !== environment.region)
    tally.report('prices', 'not-understood', `got prices of ${prices.region}, expected those of ${environment.region}`);
  const tenants = tenantsByStack(environment);
  let resources = 0;
  for (const stack of output.stacks) {
    const tenant = tenants.get(stack.id)?.id;
    const cluster = stack.account === environment.accounts.research ? 'research' : 'production';
    for (const [id, resource] of Object.entries(stack.template().Resources)) {
      resources += 1;
      const billed = new BilledResource(tally, stack, id, resource, tenant, cluster);
      const bill = RESOURCE_BILLS[resource.Type];
      if (bill === undefined)
        billed.report(
          'not-understood',
          `got ${resource.Type}, expected a type of assurance/idle/resource-charges.ts; price it there`,
        );
      else bill(billed);
    }
  }
  const ids = livingTenants(environment).map(({ id }) => id);
  const { objects, unreadable } = placedObjects(output.objects, ids);
  for (const { subject, message } of unreadable) tally.report(subject, 'not-understood', message);
  const fromNone = scaledFromNone(objects);
  for (const object of objects) billObject(tally, object, fromNone.has(placeOf(object, object.name)));
  const lines = tally.lines();
  const monthlyUsd = lines.reduce((sum, line) => sum + line.monthlyUsd, 0);
  const unmeasured = tally.unmeasuredRows();
  return {
    findings: tally.findings,
    covered: {
      resources,
      objects: objects.length,
      lines: lines.length,
      tenants: ids.length,
      'not measured': unmeasured.length,
    },
    region: prices.region,
    lines,
    monthlyUsd: rounded(monthlyUsd),
    monthlyUsdAfterRotations: rounded(monthlyUsd + tally.afterRotations()),
    tenants: tally.tenantsUsd(ids),
    unmeasured,
    free: tally.freeRows(),
  };
}

/** Deployments, by where they are, whose pods a ScaledObject of the same namespace counts from none. */
function scaledFromNone(objects: readonly PlacedObject[]): ReadonlySet<string> {
  const scaled = objects.filter(
    ({ type, shape }) =>
      type === 'keda.sh/ScaledObject' &&
      (at(shape, 'spec.minReplicaCount') ?? 0) === 0 &&
      (at(shape, 'spec.scaleTargetRef.kind') ?? 'Deployment') === 'Deployment',
  );
  return new Set(scaled.map((object) => placeOf(object, String(at(object.shape, 'spec.scaleTargetRef.name')))));
}

const placeOf = ({ cluster, tenant, shape }: PlacedObject, name: string): string =>
  JSON.stringify([cluster, tenant ?? '', at(shape, 'metadata.namespace') ?? '', name]);

function billObject(tally: Tally, { subject, type, tenant, shape, cluster }: PlacedObject, fromNone: boolean): void {
  const billed = new Billed(tally, subject, type, tenant, shape, cluster, fromNone);
  const bill = OBJECT_BILLS[type];
  if (bill === undefined)
    billed.report('not-understood', `got ${type}, expected a kind of assurance/idle/object-charges.ts; price it there`);
  else bill(billed);
}
