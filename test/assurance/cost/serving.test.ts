import { describe, expect, test } from '@jest/globals';
import { costOf } from '../../../assurance/cost/cost';
import type { CostResult } from '../../../assurance/cost/cost-line';
import type { Output } from '../../../assurance/output/output';
import type { EnvironmentInput } from '../../../schema/environment';
import { placeModels } from '../../../schema/placement/place';
import { NO_PLACEMENTS } from '../../../schema/placement/placement-record';
import { labels } from '../../../schema/names';
import type { TenantInput } from '../../../schema/tenant';
import { addObject } from '../../mutations/edits';
import { sampleMonth, samplePrices } from '../../support/sample-cost';
import { sampleTenants } from '../../support/sample-environment';
import { writtenOutput } from '../../support/written-output';

type Pool = NonNullable<EnvironmentInput['servingPools']>[number];
const TRITON: Pool = { name: 'triton', engine: 'triton', nodePool: 'serving-gpu', maxServers: 4 };

const output = writtenOutput(sampleMonth());
const prices = samplePrices('eu-central-1');

function served(
  pool: Partial<Pool>,
  from: Output = output,
  tenants: readonly TenantInput[] = sampleTenants,
): CostResult {
  const environment = sampleMonth({ tenants, input: { servingPools: [{ ...TRITON, ...pool }] } });
  return costOf({ ...environment, placement: placeModels(environment, NO_PLACEMENTS).record }, from, prices);
}
const machinesOf = ({ lines }: CostResult, what = 'model servers of triton') =>
  lines.filter((line) => line.what === what && line.price.startsWith('instance '));

describe('model servers', () => {
  test('run for the hours that their pool declares, on demand, on the smallest machine with a GPU', () => {
    expect(machinesOf(served({ expectedHours: 100 }))).toMatchObject([
      { owner: 'platform', price: 'instance g6e.xlarge', quantity: 100, monthlyUsd: 100, how: 'triton-0, 100 hours' },
    ]);
  });

  test('get a machine with room for their pod, once it is rendered', () => {
    const server = addObject(output, 'platform/20-pools/objects.yaml', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'triton-0', namespace: 'serving' },
      spec: {
        replicas: 0,
        template: {
          spec: {
            nodeSelector: { [labels.pool]: 'serving-gpu' },
            containers: [{ resources: { requests: { cpu: '6', memory: '24Gi', 'nvidia.com/gpu': '1' } } }],
            initContainers: [{ restartPolicy: 'Always', resources: { requests: { cpu: '1', memory: '1Gi' } } }],
          },
        },
      },
    });
    expect(machinesOf(served({ expectedHours: 100 }, server))).toMatchObject([{ price: 'instance g6e.2xlarge' }]);
  });

  test('that serve one tenant alone are that tenant’s, and in its peak all month', () => {
    const alone = sampleTenants.map((tenant) =>
      tenant.id === 'acme' ? { ...tenant, serving: 'dedicated' as const } : tenant,
    );
    const cost = served({ expectedHours: 100 }, output, alone);
    expect(machinesOf(cost).map(({ owner }) => owner)).toEqual(['platform', 'tenant/acme']);
    expect(machinesOf(cost, 'servers of its own')).toMatchObject([
      { owner: 'tenant/acme', quantity: 730, columns: ['own peak'] },
    ]);
  });

  test('whose hours nobody declared are not known', () => {
    const cost = served({});
    expect(machinesOf(cost)).toEqual([]);
    expect(cost.notKnown).toContainEqual({
      subject: 'platform',
      message: 'hours of the model servers of triton: declare expectedHours of the pool',
    });
  });
});
