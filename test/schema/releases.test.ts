import { expect, test } from '@jest/globals';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadEnvironment } from '../../schema/load';
import { placeModels } from '../../schema/placement/place';
import { NO_RELEASES, releaseRecordText, RELEASES_FILE } from '../../schema/releases';
import { readServerConfig } from '../../schema/read-server-config';
import { modelVolumeMiB, nameAtServer, releasePrefix, serverConfigSchema } from '../../schema/server-config';
import { contextTokens, serverConfigOf } from '../../schema/server-config-of';
import { modelTypeSchema } from '../../schema/model-type';
import type { Environment } from '../../schema/model';
import { goodFiles, goodInput } from '../support/good-environment';
import { sampleEnvironment } from '../support/sample-environment';
import { adapter, baseModel, commonModel, head } from '../support/sample-models';
import { temporaryFolder } from '../support/temporary';

const digest = (digit: string): string => `sha256:${digit.repeat(64)}`;
const record = {
  common: { recognizer: digest('a') },
  tenants: { acme: { 'call-outcome': digest('b') } },
};

test('the record of a folder is part of the environment, and none is an empty one', () => {
  const folder = join(temporaryFolder(), 'environments', goodInput.name);
  for (const [path, text] of Object.entries(goodFiles)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  expect(loadEnvironment(goodInput, folder).releases).toEqual(NO_RELEASES);
  writeFileSync(join(folder, RELEASES_FILE), releaseRecordText(record));
  expect(loadEnvironment(goodInput, folder).releases).toEqual(record);
});

test("the record's text does not depend on the order of its entries", () => {
  const other = { tenants: { birch: {}, acme: { b: digest('b'), a: digest('a') } }, common: {} };
  expect(Object.keys((JSON.parse(releaseRecordText(other)) as typeof other).tenants)).toEqual(['acme', 'birch']);
  expect(releaseRecordText(other)).toContain(`"a": "${digest('a')}",\n      "b"`);
});

const plain = sampleEnvironment();
const active = (position: number) => {
  const tenant = plain.tenants.filter(({ state }) => state === 'active')[position];
  if (tenant === undefined) throw new Error('tenants: got fewer than two that are active');
  return tenant;
};
const [first, second] = [active(0), active(1)];
/** Two tenants with a head and an adapter each, the second on servers of its own; a type is released where its letter is given. */
function served(letters: Readonly<Record<string, string>>): Environment {
  const own = { models: ['outcome', 'reply'], data: [...first.data] };
  const tenants = [
    { ...first, ...own },
    { ...second, ...own, serving: 'dedicated' as const },
  ];
  const models = [
    commonModel('recognizer', 'audio', 'Speech of all tenants.'),
    baseModel('language', 'Words of all tenants.'),
    head('outcome', ['audio'], 'How a call ended.'),
    adapter('reply', 'Drafts of replies.', 'language'),
  ].map((model) => modelTypeSchema.parse(model));
  const releases = (of: string): Record<string, string> =>
    Object.fromEntries(
      Object.entries(letters).flatMap(([name, letter]) => {
        const [owner, type] = name.split('/') as [string, string];
        return owner === of ? [[type, digest(letter)]] : [];
      }),
    );
  return {
    ...plain,
    models,
    tenants,
    nodePools: plain.nodePools.slice(0, 1).map((pool) => ({
      ...pool,
      name: 'serving',
      workload: 'serving',
      cluster: 'production',
      families: ['g6'],
      gpuLimit: 8,
    })),
    servingPools: (['triton', 'vllm'] as const).map((engine) => ({
      name: engine,
      engine,
      nodePool: 'serving',
      maxServers: 4,
      gpuMemoryPercent: 90,
      coldStartSeconds: 480,
      tenantsPerServer: 60,
    })),
    releases: {
      common: releases('common'),
      tenants: { [first.id]: releases('first'), [second.id]: releases('second') },
    },
  };
}
const configs = (environment: Environment) =>
  Object.fromEntries(
    placeModels(environment, environment.placement).servers.map((server) => [
      server.id,
      serverConfigOf(server, environment, 'common-models'),
    ]),
  );

test('a server is told what lies on it and is released, each from the bucket of its owner', () => {
  const environment = served({ 'common/recognizer': 'a', 'first/outcome': 'b', 'second/outcome': 'c' });
  const told = configs(environment);
  expect(Object.keys(told).sort()).toEqual(['triton-0', 'triton-1', 'vllm-0', 'vllm-1']);
  const files = { filesMiB: 64, memoryMiB: 64 };
  expect(told['triton-0']).toEqual({
    format: 'atoll-server/1',
    server: 'triton-0',
    region: environment.region,
    account: environment.accounts.production,
    engine: 'triton',
    models: [
      {
        type: 'recognizer',
        digest: digest('a'),
        bucket: 'common-models',
        form: 'model',
        filesMiB: 258,
        memoryMiB: 258,
      },
      {
        type: 'outcome',
        digest: digest('b'),
        bucket: expect.stringContaining(`-${first.id}-`),
        form: 'head',
        tenant: first.id,
        ...files,
      },
    ],
  });
  // Who is served alone has the same release of what is common.
  const alone = serverConfigSchema.parse(told['triton-1']);
  expect(alone.models.map((model) => [model.type, model.digest, nameAtServer(model)])).toEqual([
    ['outcome', digest('c'), `sha256-${'c'.repeat(64)}`],
    ['recognizer', digest('a'), 'recognizer'],
  ]);
  expect([told['vllm-0'], told['vllm-1']]).toEqual([undefined, undefined]);
});

test('a language model is told with its adapters, and adapters without it have no server', () => {
  expect(configs(served({ 'first/reply': 'd' }))['vllm-0']).toBeUndefined();
  const told = configs(served({ 'common/language': 'e', 'first/reply': 'd' }))['vllm-0'];
  expect(told).toMatchObject({
    engine: 'vllm',
    base: { type: 'language', digest: digest('e'), bucket: 'common-models', form: 'base', filesMiB: 15_641 + 256 },
    models: [{ type: 'reply', digest: digest('d'), form: 'adapter', tenant: first.id, filesMiB: 169 }],
    gpuMemoryPercent: 90,
    contextTokens: 7280,
    adapters: { slots: 32, rank: 16 },
  });
  expect(readServerConfig(JSON.stringify(told), 'config.json').engine).toBe('vllm');
});

test('two of the longest requests fit into the cache', () => {
  const model = modelTypeSchema.parse(baseModel('language', 'Words of all tenants.'));
  if (model.engine !== 'vllm' || model.scope !== 'common') throw new Error('model: got another engine');
  expect(contextTokens(model) * 2 * 147_456).toBeLessThanOrEqual(model.workingMemoryMiB * 2 ** 20);
  expect(contextTokens(model) % 16).toBe(0);
});

test('the volume has room for all that is fetched, and beside Triton for the release before', () => {
  const told = configs(served({ 'common/language': 'e', 'first/reply': 'd', 'first/outcome': 'b' }));
  const sizes = ['vllm-0', 'triton-0'].map((id) => modelVolumeMiB(serverConfigSchema.parse(told[id])));
  expect(sizes).toEqual([15_641 + 256 + 169, 2 * 64]);
});

test('a release lies under its type and its hash', () => {
  expect(releasePrefix('reply', digest('d'))).toBe(`models/reply/${'d'.repeat(64)}/`);
});

const said = { format: 'atoll-server/1', server: 'triton-0', region: 'eu-central-1', account: '111122223333' };
const model = {
  type: 'outcome',
  tenant: 'acme',
  form: 'head',
  digest: digest('a'),
  bucket: 'bucket',
  filesMiB: 1,
  memoryMiB: 1,
};
test.each<[what: string, config: unknown, faults: string[]]>([
  ['no JSON', '{', ["config.json: file: got '{', allowed one JSON document; render it anew"]],
  [
    'two models of one content',
    { ...said, engine: 'triton', models: [model, model, { ...model, tenant: 'birch' }] },
    [
      `config.json: models[1]: got 'sha256-${'a'.repeat(53)}…' again, each model at most once; remove one of the two`,
      `config.json: models[2]: got 'sha256-${'a'.repeat(53)}…' again, each model at most once; remove one of the two`,
    ],
  ],
  [
    'a common model of a tenant, and a head of nobody',
    {
      ...said,
      engine: 'triton',
      models: [
        { ...model, form: 'model' },
        { ...model, digest: digest('b'), tenant: undefined },
      ],
    },
    [
      "config.json: models[0].tenant: got 'acme', nobody: a common model; name the form that it has",
      'config.json: models[1].tenant: got nothing, a tenant whose own it is; name the form that it has',
    ],
  ],
  [
    'more adapters than slots',
    {
      ...said,
      server: 'vllm-0',
      engine: 'vllm',
      base: { type: 'language', form: 'base', digest: digest('b'), bucket: 'bucket', filesMiB: 1 },
      models: [{ type: 'reply', tenant: 'acme', form: 'adapter', digest: digest('b'), bucket: 'bucket', filesMiB: 1 }],
      gpuMemoryPercent: 90,
      contextTokens: 4096,
    },
    [
      "config.json: models: got 1, at most 0, the slots of 'adapters'; place them on further servers",
      `config.json: models[0].digest: got 'sha256:${'b'.repeat(53)}…' again, a content of one model; release the model anew`,
    ],
  ],
])('a configuration with %s is refused in full', (_what, config, faults) => {
  const read = (): unknown =>
    readServerConfig(typeof config === 'string' ? config : JSON.stringify(config), 'config.json');
  expect(read).toThrow();
  try {
    read();
  } catch (error) {
    expect((error as Error).message.split('\n')).toEqual(faults);
  }
});
