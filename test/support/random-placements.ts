import fc from 'fast-check';
import { modelTypeSchema, type ModelType } from '../../schema/model-type';
import { nodePoolSchema } from '../../schema/node-pool';
import type { Placement } from '../../schema/placement/place';
import type { PlacedTenant, PlacementInput } from '../../schema/placement/wanted';
import { servingPoolSchema } from '../../schema/serving-pool';
import { DATA_CLASSES, SERVING_MODES, TENANT_STATES } from '../../schema/vocabulary';
import { adapter, baseModel, commonModel, head } from './sample-models';

/** Of the GPUs of g6, MiB. */
const GPU_MIB = 22_888;

const NODES = nodePoolSchema.parse({
  name: 'serving-gpu',
  cluster: 'production',
  workload: 'serving',
  families: ['g6e', 'g6'],
  gpuLimit: 512,
  cpuLimit: 1000,
  memoryLimitGiB: 1000,
});

const classes = fc.uniqueArray(fc.constantFrom(...DATA_CLASSES), { minLength: 1 });

const commonType = (i: number): fc.Arbitrary<ModelType> =>
  fc
    .record({ reads: fc.constantFrom(...DATA_CLASSES), workingMemoryMiB: fc.integer({ min: 1, max: 12_000 }) })
    .map(({ reads, ...more }) =>
      modelTypeSchema.parse({ ...commonModel(`common-${i}x`, reads, 'One for all.'), ...more }),
    );

const baseType = (i: number): fc.Arbitrary<ModelType> =>
  fc
    .record({ slots: fc.integer({ min: 1, max: 4 }), workingMemoryMiB: fc.integer({ min: 1, max: 2000 }) })
    .map(({ slots, workingMemoryMiB }) =>
      modelTypeSchema.parse({
        ...baseModel(`base-${i}x`, 'Words of all.'),
        workingMemoryMiB,
        adapters: { slots, rank: 16 },
      }),
    );

const headType = (i: number): fc.Arbitrary<ModelType> =>
  fc
    .record({ memoryMiB: fc.integer({ min: 1, max: 12_000 }) })
    .map((more) => modelTypeSchema.parse({ ...head(`head-${i}x`, ['audio'], 'A head of one.', 'common-0x'), ...more }));

const adapterType = (i: number): fc.Arbitrary<ModelType> =>
  fc
    .constantFrom('base-0x', 'base-1x')
    .map((base) => modelTypeSchema.parse(adapter(`adapter-${i}x`, 'An adapter of one.', base)));

const OWN = ['head-0x', 'head-1x', 'head-2x', 'adapter-0x', 'adapter-1x'];

/** A tenant that may be in any state; ids are few, so that they come again. */
export const randomTenant: fc.Arbitrary<PlacedTenant> = fc.record({
  id: fc.integer({ min: 0, max: 40 }).map((n) => `tenant-${n}x`),
  state: fc.oneof({ weight: 4, arbitrary: fc.constant('active' as const) }, fc.constantFrom(...TENANT_STATES)),
  data: classes.map((list) => list.map((each) => ({ class: each, retentionDays: 30 }))),
  models: fc.uniqueArray(fc.constantFrom(...OWN)),
  serving: fc.oneof({ weight: 4, arbitrary: fc.constant('shared' as const) }, fc.constantFrom(...SERVING_MODES)),
});

/** A catalogue of every kind of type, of any memory and slots, and up to 25 tenants: all of it fits in the pools. */
export const randomInput: fc.Arbitrary<PlacementInput> = fc
  .record({
    models: fc.tuple(
      ...[commonType(0), commonType(1), baseType(0), baseType(1)],
      ...[headType(0), headType(1), headType(2), adapterType(0), adapterType(1)],
    ),
    tenants: fc.uniqueArray(randomTenant, { maxLength: 25, selector: ({ id }) => id }),
    tenantsPerServer: fc.integer({ min: 1, max: 6 }),
    gpuMemoryPercent: fc.integer({ min: 90, max: 95 }),
  })
  .map(({ models, tenants, ...pool }) => ({
    models,
    tenants,
    nodePools: [NODES],
    servingPools: (['triton', 'vllm'] as const).map((engine) =>
      servingPoolSchema.parse({ ...pool, name: engine, engine, nodePool: NODES.name, maxServers: 512 }),
    ),
  }));

/** The server of each model by `<tenant>/<model>`; a model that lies on two is named with both. */
export function places(placement: Placement): Map<string, string> {
  const found = new Map<string, string>();
  for (const { id, models } of placement.servers)
    for (const { model, tenant } of models) {
      const name = `${tenant ?? ''}/${model}`;
      const before = found.get(name);
      found.set(name, before === undefined ? id : `${before} and ${id}`);
    }
  return found;
}

/** What of the first is elsewhere in the second; what is in one of them alone has come or gone, and did not move. */
export function movedBetween(before: Map<string, string>, after: Map<string, string>): string[] {
  return [...before].flatMap(([name, server]) => {
    const now = after.get(name);
    return now === undefined || now === server ? [] : [`${name} from ${server} to ${now}`];
  });
}

/** What no server may be, by sums of its own: too full, or a tenant's beside that of one who shares with nobody. */
export function wrongServers({ servers }: Placement, input: PlacementInput): string[] {
  const spec = new Map(input.servingPools.map((pool) => [pool.name, pool]));
  const alone = new Set(input.tenants.filter(({ serving }) => serving === 'dedicated').map(({ id }) => id));
  const types = new Map(input.models.map((type) => [type.id, type]));
  return servers.flatMap(({ id, pool, base, models }) => {
    const { gpuMemoryPercent = 0, tenantsPerServer = 0 } = spec.get(pool) ?? {};
    const sum = (of: (model: (typeof models)[number]) => number): number =>
      models.reduce((all, each) => all + of(each), 0);
    const memory = (base?.memoryMiB ?? 0) + sum(({ memoryMiB }) => memoryMiB);
    const owners = new Set(models.map(({ tenant }) => tenant));
    const bases = new Set(
      models.flatMap(({ model }) => {
        const type = types.get(model);
        return type?.engine !== 'vllm' ? [] : [type.scope === 'common' ? type.id : type.base];
      }),
    );
    const runs = base === undefined ? undefined : types.get(base.model);
    const slots = runs?.engine === 'vllm' && runs.scope === 'common' ? (runs.adapters?.slots ?? 0) : 0;
    const own = models.filter(({ model }) => model.startsWith('adapter-')).length;
    return [
      ...(memory > (GPU_MIB * gpuMemoryPercent) / 100 ? [`${id} has ${memory} MiB`] : []),
      ...(own > slots ? [`${id} has ${own} adapters in ${slots} slots`] : []),
      ...([...owners].filter((owner) => owner !== undefined).length > tenantsPerServer
        ? [`${id} has ${owners.size} owners`]
        : []),
      ...(owners.size > 1 && [...owners].some((owner) => owner !== undefined && alone.has(owner))
        ? [`${id} is shared`]
        : []),
      ...(bases.size > 1 || (bases.size === 1 && !bases.has(base?.model ?? '')) ? [`${id} runs another base`] : []),
    ];
  });
}
