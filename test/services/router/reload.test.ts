import { describe, expect, test } from '@jest/globals';
import type { RouterConfigInput } from '../../../schema/router-config';
import { ask, codeOf, demandOf } from './client';
import { atEnd, until, type World, world } from './router';
import { chatAnswer, startServer } from './servers';

const DIGEST = `sha256:${'d'.repeat(64)}`;

/** The same, with another digest of acme's notes. */
const released = (config: RouterConfigInput): RouterConfigInput => ({
  ...config,
  tenants: config.tenants.map((tenant) =>
    tenant.id === 'acme' ? { ...tenant, models: [{ type: 'notes', pool: 'language', digest: DIGEST }] } : tenant,
  ),
});
const taken = async (own: World): Promise<void> => until(() => own.logged('configuration').length > 0);

describe('a configuration that changes', () => {
  test('holds for requests that wait, and those under way end as they began', async () => {
    const own = await world({ pool: { running: 1, runningPerTenant: 1 } });
    const open: (() => void)[] = [];
    own.vllm.answer = (got, reply) =>
      open.push(() => {
        chatAnswer(got, reply);
      });
    const [running, waiting] = [ask(own), ask(own)];
    await until(async () => open.length === 1 && (await demandOf(own)).held === 1);
    own.configure(released);
    await taken(own);
    open.shift()?.();
    await until(() => open.length === 1);
    open.shift()?.();
    expect((await running).json['model']).toBe(`sha256-${'a'.repeat(64)}`);
    expect((await waiting).json['model']).toBe(`sha256-${'d'.repeat(64)}`);
  });

  test('and takes a model away is not late for who waits: 403', async () => {
    const own = await world();
    own.vllm.isReady = false;
    const waiting = ask(own);
    await until(async () => (await demandOf(own)).held === 1);
    own.configure((config) => ({ ...config, tenants: config.tenants.filter(({ id }) => id !== 'acme') }));
    await taken(own);
    own.vllm.isReady = true;
    const answered = await waiting;
    expect([answered.status, codeOf(answered)]).toEqual([403, 'forbidden']);
    expect(own.vllm.got).toEqual([]);
  });

  test('and moves a pool moves who waits for it, and cuts nobody who is served', async () => {
    const own = await world({ pool: { running: 1, runningPerTenant: 1 } });
    const other = await startServer(chatAnswer);
    atEnd(other.close);
    const open: (() => void)[] = [];
    own.vllm.answer = (got, reply) =>
      open.push(() => {
        chatAnswer(got, reply);
      });
    const [running, waiting] = [ask(own), ask(own)];
    await until(async () => open.length === 1 && (await demandOf(own)).held === 1);
    own.configure((config) => ({
      ...config,
      pools: config.pools.map((pool) => (pool.kind === 'vllm' ? { ...pool, url: other.url } : pool)),
    }));
    expect((await waiting).status).toBe(200);
    expect([own.vllm.got.length, other.got.length]).toEqual([1, 1]);
    expect((await demandOf(own)).running).toBe(1);
    open[0]?.();
    expect((await running).status).toBe(200);
    await until(async () => (await demandOf(own)).demand === 0);
  });

  test('raises limits at once', async () => {
    const own = await world({ pool: { running: 1, runningPerTenant: 1 } });
    own.vllm.answer = (got, reply) => {
      if (own.vllm.got.length > 1) chatAnswer(got, reply);
    };
    void ask(own).catch(() => undefined);
    await until(() => own.vllm.got.length === 1);
    const waiting = ask(own);
    await until(async () => (await demandOf(own)).held === 1);
    own.configure((config) => ({
      ...config,
      pools: config.pools.map((pool) => ({ ...pool, running: 2, runningPerTenant: 2 })),
    }));
    expect((await waiting).status).toBe(200);
    own.vllm.answer = chatAnswer;
  });
});

describe('a configuration that is wrong', () => {
  test.each<[string, (config: RouterConfigInput) => unknown, string[]]>([
    [
      'in two places',
      (config) => ({ ...released(config), common: [{ type: 'x', pool: 'none', model: '/' }] }),
      ['common[0].model', 'common[0].pool', 'common[0].type'],
    ],
    ['no JSON', () => '{', ['file']],
    [
      'of another issuer',
      (config) => ({ ...config, identity: { ...config.identity, issuer: 'https://other.example' } }),
      ['identity'],
    ],
  ])('%s is refused with every fault of it, and the one before holds', async (_, change, paths) => {
    const own = await world();
    own.configure(change);
    await until(() => own.logged('configuration-refused').length > 0);
    const [line] = own.logged('configuration-refused');
    expect((line?.['faults'] as string[]).map((fault) => fault.split(': ')[1])).toEqual(paths);
    const metrics = async (): Promise<string> => (await fetch(`${own.operationsUrl}/metrics`)).text();
    expect(await metrics()).toContain('\natoll_router_configuration_refused 1\n');
    expect((await ask(own)).json['model']).toBe(`sha256-${'a'.repeat(64)}`);
    own.configure(released);
    await taken(own);
    expect(await metrics()).toContain('\natoll_router_configuration_refused 0\n');
    expect((await ask(own)).json['model']).toBe(`sha256-${'d'.repeat(64)}`);
    expect(own.logged('configuration-refused')).toHaveLength(1);
  });
});
