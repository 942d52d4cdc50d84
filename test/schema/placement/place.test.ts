import { describe, expect, test } from '@jest/globals';
import { modelTypeSchema, type ModelTypeInput } from '../../../schema/model-type';
import { firstLimit } from '../../../schema/placement/first-limit';
import { placeModels } from '../../../schema/placement/place';
import { NO_PLACEMENTS, type PlacementRecord } from '../../../schema/placement/placement-record';
import type { PlacedTenant, PlacementInput } from '../../../schema/placement/wanted';
import { servingPoolSchema } from '../../../schema/serving-pool';
import { sampleEnvironment } from '../../support/sample-environment';
import { adapter, baseModel, commonModel, head } from '../../support/sample-models';

const CATALOGUE: readonly ModelTypeInput[] = [
  commonModel('speech', 'audio', 'Speech into text.'),
  commonModel('frames', 'video', 'What a frame shows.'),
  baseModel('language', 'Words of all tenants.'),
  head('topics', ['audio'], 'Topics of one tenant.', 'speech'),
  adapter('reply', 'Drafts of replies.', 'language'),
];
const tenant = (id: string, more: Partial<PlacedTenant> = {}): PlacedTenant => ({
  id,
  state: 'active',
  data: [{ class: 'audio', retentionDays: 30 }],
  models: ['topics', 'reply'],
  serving: 'shared',
  ...more,
});

/** On GPUs of g6e, of which models may take 41,198 MiB. */
function input(
  tenants: readonly PlacedTenant[],
  {
    models = CATALOGUE,
    maxServers = 4,
    tenantsPerServer = 60,
  }: { models?: readonly ModelTypeInput[]; maxServers?: number; tenantsPerServer?: number } = {},
): PlacementInput {
  return {
    tenants,
    models: models.map((type) => modelTypeSchema.parse(type)),
    nodePools: sampleEnvironment().nodePools,
    servingPools: (['triton', 'vllm'] as const).map((engine) =>
      servingPoolSchema.parse({ name: engine, engine, nodePool: 'serving-gpu', maxServers, tenantsPerServer }),
    ),
  };
}

describe('placing', () => {
  test('says what lies on each server, what of it is used and what there is', () => {
    const { servers, gpus, record } = placeModels(input([tenant('acme')]), NO_PLACEMENTS);
    const server = { nodePool: 'serving-gpu' };
    expect(servers).toEqual([
      {
        ...server,
        id: 'triton-0',
        pool: 'triton',
        engine: 'triton',
        models: [
          { model: 'frames', memoryMiB: 258, slots: 0 },
          { model: 'speech', memoryMiB: 258, slots: 0 },
          { model: 'topics', tenant: 'acme', memoryMiB: 64, slots: 0 },
        ],
        capacity: { memoryMiB: 41_198, slots: 0, tenants: 60 },
        used: { memoryMiB: 580, slots: 0, tenants: 1 },
      },
      {
        ...server,
        id: 'vllm-0',
        pool: 'vllm',
        engine: 'vllm',
        base: { model: 'language', memoryMiB: 20_377 },
        models: [
          { model: 'language', memoryMiB: 0, slots: 0 },
          { model: 'reply', tenant: 'acme', memoryMiB: 0, slots: 1 },
        ],
        capacity: { memoryMiB: 41_198, slots: 32, tenants: 60 },
        used: { memoryMiB: 20_377, slots: 1, tenants: 1 },
      },
    ]);
    expect(gpus).toBe(2);
    expect(record).toEqual({
      common: { frames: 'triton-0', language: 'vllm-0', speech: 'triton-0' },
      tenants: { acme: { reply: 'vllm-0', topics: 'triton-0' } },
    });
  });

  test('copies for a tenant with dedicated serving the common models that read its data, and no other', () => {
    const { servers } = placeModels(input([tenant('acme', { serving: 'dedicated' }), tenant('birch')]), NO_PLACEMENTS);
    const of = (id: string): unknown =>
      servers.filter(({ dedicatedTo }) => dedicatedTo === id).map(({ models }) => models.map(({ model }) => model));
    expect(of('acme')).toEqual([['speech', 'topics'], ['reply']]);
    expect(of('birch')).toEqual([]);
  });

  test('gives a place that was left to the next who comes', () => {
    const record = placeModels(input([tenant('acme'), tenant('birch')], { tenantsPerServer: 1 }), NO_PLACEMENTS).record;
    expect(record.tenants).toMatchObject({ acme: { topics: 'triton-0' }, birch: { topics: 'triton-1' } });
    const after = placeModels(input([tenant('birch'), tenant('cedar')], { tenantsPerServer: 1 }), record);
    expect(after.record.tenants).toEqual({
      birch: { reply: 'vllm-1', topics: 'triton-1' },
      cedar: { reply: 'vllm-0', topics: 'triton-0' },
    });
  });

  test('moves what grew beyond its server, and says from where and why', () => {
    const record: PlacementRecord = placeModels(input([tenant('acme'), tenant('birch')]), NO_PLACEMENTS).record;
    const models = CATALOGUE.map((type) =>
      type.id === 'topics' ? { ...type, memoryMiB: 25_000 } : type,
    ) as ModelTypeInput[];
    expect(placeModels(input([tenant('acme'), tenant('birch')], { models }), record).unrecorded).toEqual([
      {
        model: 'topics',
        tenant: 'birch',
        from: 'triton-0',
        why: 'allowed a server with room for it, not one short of GPU memory',
        to: 'triton-1',
      },
    ]);
  });

  test('says of a model without a place why there is none', () => {
    const big = [...CATALOGUE.slice(0, 4), head('huge', ['audio'], 'Larger than a GPU.', 'speech')].map((type) =>
      type.id === 'huge' ? { ...type, memoryMiB: 50_000 } : type,
    ) as ModelTypeInput[];
    const { unplaced } = placeModels(input([tenant('acme', { models: ['huge'] })], { models: big }), NO_PLACEMENTS);
    expect(unplaced).toEqual([
      { model: 'huge', tenant: 'acme', refusal: { pool: 'triton', limit: 'GPU memory', value: 41_198 } },
    ]);
    const three = input(
      ['a', 'b', 'c'].map((id) => tenant(id)),
      { maxServers: 2, tenantsPerServer: 1 },
    );
    expect(
      placeModels(three, NO_PLACEMENTS).unplaced.map(({ tenant: id, model, refusal }) => [id, model, refusal]),
    ).toEqual([
      ['c', 'reply', { pool: 'vllm', limit: 'maxServers', value: 2, because: 'tenants per server' }],
      ['c', 'topics', { pool: 'triton', limit: 'maxServers', value: 2, because: 'tenants per server' }],
    ]);
  });

  test('is empty where nothing is served', () => {
    const none = { ...input([tenant('acme')]), servingPools: [] };
    expect(placeModels(none, NO_PLACEMENTS)).toMatchObject({
      servers: [],
      gpus: 0,
      unrecorded: [],
      record: NO_PLACEMENTS,
    });
    expect(firstLimit(none, NO_PLACEMENTS)).toBeUndefined();
  });

  test('is refused for a catalogue that nobody checked', () => {
    const models = CATALOGUE.map((type) =>
      type.id === 'reply' ? { ...type, base: 'nobody' } : type,
    ) as ModelTypeInput[];
    expect(() => placeModels(input([tenant('acme')], { models }), NO_PLACEMENTS)).toThrow(
      "models: got 'reply' with weights or a base that nobody knows, allowed a checked catalogue; load the environment",
    );
  });
});

describe('the first limit that is hit', () => {
  const limitOf = (...args: Parameters<typeof input>): unknown => firstLimit(input(...args), NO_PLACEMENTS);

  test('is that of adapter slots where they are few', () => {
    // 4 servers of 32 slots; erased tenants count no more, and suspended ones do.
    const tenants = [tenant('acme'), tenant('gone', { state: 'erased' }), tenant('idle', { state: 'suspended' })];
    expect(limitOf(tenants)).toEqual({ limit: 'maxServers of vllm', value: 4, because: 'adapter slots', tenants: 130 });
  });

  test('is that of memory where heads are large', () => {
    const models = CATALOGUE.map((type) =>
      type.id === 'topics' ? { ...type, memoryMiB: 20_000 } : type,
    ) as ModelTypeInput[];
    expect(limitOf([tenant('acme')], { models })).toEqual({
      limit: 'maxServers of triton',
      value: 4,
      because: 'GPU memory',
      tenants: 9,
    });
  });

  test('is that of servers where each tenant wants its own', () => {
    expect(limitOf([tenant('acme', { serving: 'dedicated' })])).toEqual({
      limit: 'maxServers of vllm',
      value: 4,
      tenants: 4,
    });
  });

  test('is the quota of an environment where servers are many', () => {
    expect(limitOf([tenant('acme')], { maxServers: 100 })).toEqual({
      limit: 'tenants per environment (IAM roles per account, default)',
      value: 1000,
      tenants: 1001,
    });
  });

  test('is hit now where a model has no place, and is asked of every type where there is no tenant', () => {
    expect(
      limitOf(
        ['a', 'b'].map((id) => tenant(id)),
        { maxServers: 1, tenantsPerServer: 1 },
      ),
    ).toMatchObject({ tenants: 2 });
    expect(limitOf([], { maxServers: 1 })).toMatchObject({ limit: 'maxServers of vllm', tenants: 33 });
  });

  test('counts what is recorded as it lies, holes and all', () => {
    const tenants = Array.from({ length: 33 }, (_, i) => tenant(`t${i}x`));
    const { record } = placeModels(input(tenants), NO_PLACEMENTS);
    expect(firstLimit(input(tenants), record)).toEqual(firstLimit(input(tenants), NO_PLACEMENTS));
  });
});
