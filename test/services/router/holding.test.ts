import { describe, expect, test } from '@jest/globals';
import { setTimeout as wait } from 'node:timers/promises';
import { ask, CHAT, codeOf, demandOf, INFER } from './client';
import { atEnd, until, type World, world } from './router';
import { chatAnswer, freePort, type ModelServer, startServer } from './servers';

/** A router whose language pool has no server yet, and how one comes. */
async function cold(pool: Parameters<typeof world>[0] = {}): Promise<{ own: World; boot: () => Promise<ModelServer> }> {
  const port = await freePort();
  const own = await world({
    ...pool,
    change: (config) => ({
      ...config,
      pools: config.pools.map((each) => (each.kind === 'vllm' ? { ...each, url: `http://127.0.0.1:${port}` } : each)),
    }),
  });
  return {
    own,
    boot: async () => {
      const server = await startServer(chatAnswer, port);
      atEnd(server.close);
      return server;
    },
  };
}

const numbered = (name: string): { messages: { role: string; content: string }[] } => ({
  messages: [{ role: 'user', content: name }],
});
const namesOf = (server: ModelServer): string[] =>
  server.got.map(({ json }) => (json as unknown as typeof CHAT).messages[0]?.content ?? '');

describe('while a pool has no server', () => {
  test('requests are held, told as demand, and served in each tenant’s order once there is one', async () => {
    const { own, boot } = await cold({ pool: { running: 1, runningPerTenant: 1 } });
    const names = ['a1', 'a2', 'a3', 'b1', 'b2'];
    const answers = [];
    for (const [index, name] of names.entries()) {
      answers.push(ask(own, { tenant: name.startsWith('a') ? 'acme' : 'bravo', body: numbered(name) }));
      await until(async () => (await demandOf(own)).held === index + 1);
    }
    expect(await demandOf(own)).toEqual({ held: 5, running: 0, demand: 5 });
    const server = await boot();
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(namesOf(server)).toEqual(['a1', 'b1', 'a2', 'b2', 'a3']);
    expect(await demandOf(own)).toEqual({ held: 0, running: 0, demand: 0 });
    expect(own.logged('request').map(({ heldMs }) => Number(heldMs) > 0)).not.toContain(false);
  });

  test('or one that is not ready, none is sent a request', async () => {
    const own = await world();
    own.vllm.isReady = false;
    const answer = ask(own);
    await until(async () => (await demandOf(own)).held === 1);
    await wait(100);
    expect(own.vllm.got).toEqual([]);
    own.vllm.isReady = true;
    expect((await answer).status).toBe(200);
  });

  test('a request is answered 503 with Retry-After at its deadline, and leaves its place', async () => {
    const { own } = await cold({ pool: { holdSeconds: 1, retryAfterSeconds: 17 } });
    const begun = Date.now();
    const answered = await ask(own);
    expect([answered.status, codeOf(answered), answered.headers['retry-after']]).toEqual([503, 'hold-deadline', '17']);
    expect(Date.now() - begun).toBeGreaterThanOrEqual(950);
    expect((await demandOf(own)).demand).toBe(0);
  });

  test('other pools go on', async () => {
    const { own } = await cold();
    void ask(own).catch(() => undefined);
    await until(async () => (await demandOf(own)).held === 1);
    expect((await ask(own, { path: '/v2/models/transcriber/infer', body: INFER })).status).toBe(200);
  });

  test('who goes away leaves its place', async () => {
    const { own, boot } = await cold();
    const gone = new AbortController();
    const first = ask(own, { body: numbered('gone'), signal: gone.signal }).catch(() => 'gone');
    await until(async () => (await demandOf(own)).held === 1);
    const second = ask(own, { body: numbered('stays') });
    await until(async () => (await demandOf(own)).held === 2);
    gone.abort();
    expect(await first).toBe('gone');
    await until(async () => (await demandOf(own)).held === 1);
    const server = await boot();
    expect((await second).status).toBe(200);
    expect(namesOf(server)).toEqual(['stays']);
    expect(own.logged('request').map(({ status, reason }) => [status, reason])).toContainEqual([499, 'gone']);
  });
});

test('a pool that went to zero after it was up holds again, and sends what it had not reached', async () => {
  const { own, boot } = await cold();
  const before = await (async () => {
    const answer = ask(own);
    const server = await boot();
    expect((await answer).status).toBe(200);
    return server;
  })();
  await before.close();
  const answers = [ask(own, { body: numbered('x') }), ask(own, { tenant: 'bravo', body: numbered('y') })];
  await until(async () => (await demandOf(own)).held === 2);
  const again = await boot();
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200]);
  expect(namesOf(again).sort()).toEqual(['x', 'y']);
});

test('a server that takes a request and dies is not asked again for it: 502', async () => {
  const own = await world();
  own.vllm.answer = (_, reply) => reply.destroy();
  const answered = await ask(own);
  expect([answered.status, codeOf(answered)]).toEqual([502, 'upstream-failed']);
  expect(own.vllm.got).toHaveLength(1);
  expect((await demandOf(own)).demand).toBe(0);
});

test('a server that does not begin its answer in time is left: 504', async () => {
  const own = await world({ pool: { answerSeconds: 1 } });
  own.vllm.answer = () => undefined;
  const answered = await ask(own);
  expect([answered.status, codeOf(answered)]).toEqual([504, 'upstream-late']);
  await until(() => own.vllm.got[0]?.isCut === true);
});
