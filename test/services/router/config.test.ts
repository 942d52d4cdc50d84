import { describe, expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { EnvironmentFaults } from '../../../schema/faults';
import { readRouterConfig } from '../../../schema/read-router-config';
import { ROUTER_EXITS, type RouterConfigInput } from '../../../schema/router-config';
import { run } from '../../../services/router/run';
import { temporaryFolder } from '../../support/temporary';
import { configOf, DIGESTS } from './router';
import { listen } from './servers';

const GOOD = configOf(
  { issuer: 'https://oidc.example/id/0', keysUrl: 'http://127.0.0.1:1/openid/v1/jwks' },
  { vllm: 'http://language.serving:8000', triton: 'http://speech.serving:8000' },
);

function faultsOf(value: unknown): string[] {
  try {
    readRouterConfig(typeof value === 'string' ? value : JSON.stringify(value), 'config.json');
    return [];
  } catch (error) {
    if (!(error instanceof EnvironmentFaults)) throw error;
    return error.message.split('\n');
  }
}

describe('a configuration', () => {
  test('has defaults', () => {
    const { pools, ...rest } = readRouterConfig(JSON.stringify(GOOD), 'config.json');
    expect(pools[0]).toEqual({
      name: 'language',
      kind: 'vllm',
      url: 'http://language.serving:8000',
      holdSeconds: 600,
      answerSeconds: 300,
      silenceSeconds: 60,
      retryAfterSeconds: 30,
      running: 64,
      runningPerTenant: 16,
      heldPerTenant: 64,
      bodyBytes: 4_194_304,
    });
    expect(rest).toMatchObject({ heldBytes: 536_870_912, heldBytesPerTenant: 67_108_864, bodySeconds: 60 });
  });

  test('that is wrong is one error with every fault of it, those between its parts among them', () => {
    const [language, speech] = GOOD.pools;
    const config = {
      ...GOOD,
      identity: { issuer: 'x', keysUrl: 'http://oidc.example/keys', keysFile: 'y' },
      heldBytes: 2 ** 20,
      pools: [
        { ...language, running: 4, runningPerTenant: 5 },
        { ...speech, name: 'language', url: language?.url },
      ],
      common: [
        { type: 'notes', pool: 'sppech', model: 'm' },
        { type: 'notes', pool: 'language', model: 'a/b' },
      ],
      tenants: [
        { id: 'acme', models: [{ type: 'notes', pool: 'language', digest: DIGESTS.acme }] },
        { id: 'acme', models: [] },
        {
          id: 'bravo',
          models: [
            { type: 'topics', pool: 'language', digest: DIGESTS.acme },
            { type: 'topics', pool: 'language', digest: 'sha256:1' },
          ],
          common: [
            { type: 'speech', pool: 'spech', model: 'speech' },
            { type: 'speech', pool: 'language', model: 'speech' },
          ],
        },
      ],
    };
    expect(faultsOf(config)).toEqual([
      "config.json: common[0].pool: got 'sppech', allowed 'language' or 'language'; name one of them, or add the pool",
      "config.json: common[1].model: got 'a/b', allowed letters, digits, dots, underscores and hyphens, at most 128; change it to that form",
      "config.json: common[1].type: got 'notes' again, each at most once; remove one of the two",
      "config.json: heldBytesPerTenant: got 67108864, at most 1048576, its 'heldBytes'; lower it, or raise 'heldBytes'",
      "config.json: identity.issuer: got 'x', allowed the URL of an issuer; change it to that form",
      "config.json: identity.keysFile: got an unknown key, allowed 'issuer', 'keysUrl', 'keysCaFile' or 'keysTokenFile'; did you mean 'keysCaFile'",
      "config.json: identity.keysUrl: got 'http://oidc.example/keys', allowed an https URL, or one of 127.0.0.1; change it to that form",
      "config.json: pools[0].runningPerTenant: got 5, at most 4, its 'running'; lower it, or raise 'running'",
      "config.json: pools[1].name: got 'language' again, each at most once; remove one of the two",
      "config.json: pools[1].url: got 'http://language.serving:8000' again, each at most once; remove one of the two",
      "config.json: tenants[0].models[0].type: got 'notes', allowed types that are not common; rename one of the two",
      "config.json: tenants[1].id: got 'acme' again, each at most once; remove one of the two",
      "config.json: tenants[2].common[0].pool: got 'spech', allowed 'language' or 'language'; name one of them, or add the pool",
      "config.json: tenants[2].common[1].type: got 'speech' again, each at most once; remove one of the two",
      `config.json: tenants[2].models[0].digest: got 'sha256:${'a'.repeat(53)}…', allowed a digest of one tenant, and this is one of 'acme'; release the model anew from its own lineage`,
      "config.json: tenants[2].models[1].digest: got 'sha256:1', allowed sha256: and 64 hexadecimal digits; change it to that form",
      "config.json: tenants[2].models[1].type: got 'topics' again, each at most once; remove one of the two",
    ]);
  });

  test.each<[value: unknown, fault: string]>([
    ['{', "config.json: file: got '{', allowed one JSON document; render it anew"],
    [[], 'config.json: file: got a list of 0, allowed a mapping; write a mapping'],
    [
      { ...GOOD, format: 'atoll-router/2' },
      "config.json: format: got 'atoll-router/2', allowed 'atoll-router/1'; did you mean 'atoll-router/1'",
    ],
    [
      { ...GOOD, identity: { keysUrl: 'http://127.0.0.1:1/openid/v1/jwks' } },
      'config.json: identity.issuer: got none, allowed an issuer, or the keysTokenFile of one; name either',
    ],
    [
      { ...GOOD, pools: GOOD.pools.map((pool) => ({ ...pool, url: `${pool.url}/v1` })) },
      "config.json: pools[0].url: got 'http://language.serving:8000/v1', allowed http:// or https://, a host and a port, without a path; change it to that form",
    ],
  ])('is not %j', (value, fault) => {
    expect(faultsOf(value)).toContain(fault);
  });
});

describe('a router', () => {
  const start = async (
    file: string,
    ports = { door: 0, operations: 0 },
  ): Promise<{ code: number; lines: string[] }> => {
    const lines: string[] = [];
    const stop = new AbortController();
    const code = await run({
      file,
      signal: stop.signal,
      write: () => undefined,
      complain: (text) => lines.push(...text.split('\n')),
      host: '127.0.0.1',
      ports,
      listening: () => {
        stop.abort();
      },
    });
    return { code, lines };
  };
  const written = (config: RouterConfigInput | object): string => {
    const file = join(temporaryFolder(), 'config.json');
    writeFileSync(file, JSON.stringify(config));
    return file;
  };

  test('with a wrong configuration says all of its faults and ends with 64', async () => {
    const { code, lines } = await start(written({ ...GOOD, common: 'y', format: 'x' }));
    expect(code).toBe(ROUTER_EXITS.configuration);
    expect(lines.map((line) => line.split(': ')[1])).toEqual(['common', 'format']);
  });

  test('without one ends with 64', async () => {
    const { code, lines } = await start('/nowhere/config.json');
    expect([code, lines]).toEqual([
      64,
      ['/nowhere/config.json: file: got ENOENT, allowed a file that can be read; mount it'],
    ]);
  });

  test('whose port another has ends with 69', async () => {
    const other = await listen(createServer());
    const { code, lines } = await start(written(GOOD), { door: other.port, operations: 0 });
    expect([code, lines]).toEqual([
      ROUTER_EXITS.unavailable,
      ['ports: got EADDRINUSE, allowed ports that are free; end what listens on them'],
    ]);
    await other.close();
  });

  test('that is told to end as it starts ends with 0', async () => {
    expect(await start(written(GOOD))).toEqual({ code: ROUTER_EXITS.stopped, lines: [] });
  });
});
