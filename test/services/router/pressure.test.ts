import { describe, expect, test } from '@jest/globals';
import { ask, CHAT, codeOf, demandOf, NOTES, send } from './client';
import { until, world } from './router';
import { chatAnswer } from './servers';

describe('back-pressure', () => {
  test('is a tenant’s own: one that floods is answered 429 with Retry-After, and another is served', async () => {
    const own = await world({
      pool: { running: 2, runningPerTenant: 1, heldPerTenant: 3, retryAfterSeconds: 9 },
    });
    const open: (() => void)[] = [];
    own.vllm.answer = (got, reply) => {
      if (got.json['model'] === `sha256-${'a'.repeat(64)}`)
        open.push(() => {
          chatAnswer(got, reply);
        });
      else chatAnswer(got, reply);
    };
    const flood = [];
    for (let i = 0; i < 4; i++) {
      flood.push(ask(own));
      await until(async () => (await demandOf(own)).demand === i + 1);
    }
    expect(await demandOf(own)).toEqual({ held: 3, running: 1, demand: 4 });
    const refused = await ask(own);
    expect([refused.status, codeOf(refused), refused.headers['retry-after']]).toEqual([429, 'queue-full', '9']);
    // The flood has one of two places at the servers, so that the other tenant waits for none of it.
    for (let i = 0; i < 3; i++) expect((await ask(own, { tenant: 'bravo' })).status).toBe(200);
    expect(open).toHaveLength(1);
    for (let i = 0; i < 4; i++) {
      await until(() => open.length > 0);
      open.shift()?.();
    }
    expect((await Promise.all(flood)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });

  test('gives turns round the tenants where all places are taken', async () => {
    const own = await world({ pool: { running: 1, runningPerTenant: 1 } });
    const open: (() => void)[] = [];
    own.vllm.answer = (got, reply) =>
      open.push(() => {
        chatAnswer(got, reply);
      });
    const answers = [];
    for (const [index, tenant] of ['acme', 'acme', 'acme', 'bravo'].entries()) {
      answers.push(ask(own, { tenant }));
      await until(async () => (await demandOf(own)).demand === index + 1);
    }
    for (let i = 0; i < 4; i++) {
      await until(() => open.length > 0);
      open.shift()?.();
    }
    await Promise.all(answers);
    // The first tenant's second request was in the round before the other came.
    expect(own.vllm.got.map(({ json }) => String(json['model']).charAt(7))).toEqual(['a', 'a', 'b', 'a']);
  });

  test('counts bytes too, of a tenant and of all', async () => {
    const own = await world({
      change: (config) => ({ ...config, heldBytes: 2 ** 20, heldBytesPerTenant: 700_000 }),
    });
    own.vllm.isReady = false;
    const body = { messages: [{ role: 'user', content: 'x'.repeat(400_000) }] };
    const held = [ask(own, { body })];
    await until(async () => (await demandOf(own)).held === 1);
    const second = await ask(own, { body });
    expect([second.status, codeOf(second), second.headers['retry-after']]).toEqual([429, 'queue-full', '30']);
    held.push(ask(own, { tenant: 'bravo', body }));
    await until(async () => (await demandOf(own)).held === 2);
    const third = await ask(own, {
      tenant: 'bravo',
      body: { messages: [{ role: 'user', content: 'x'.repeat(280_000) }] },
    });
    expect([third.status, codeOf(third), third.headers['retry-after']]).toEqual([503, 'memory-full', '30']);
    own.vllm.isReady = true;
    expect((await Promise.all(held)).map(({ status }) => status)).toEqual([200, 200]);
    expect((await ask(own, { body })).status).toBe(200);
  });
});

describe('limits', () => {
  test('of a body: 413, by what it says and by what it is', async () => {
    const own = await world({ pool: { bodyBytes: 2048 } });
    const body = JSON.stringify({ messages: [{ role: 'user', content: 'x'.repeat(3000) }] });
    const said = await ask(own, { body });
    expect([said.status, codeOf(said)]).toEqual([413, 'too-large']);
    const is = await ask(own, { body, headers: { 'transfer-encoding': 'chunked' } });
    expect([is.status, codeOf(is)]).toEqual([413, 'too-large']);
    expect(own.vllm.got).toEqual([]);
    expect((await ask(own, { headers: { 'transfer-encoding': 'chunked' } })).status).toBe(200);
  });

  test('of headers: 431', async () => {
    const own = await world();
    const text = `POST ${NOTES} HTTP/1.1\r\nHost: a\r\nX-A: ${'x'.repeat(17_000)}\r\n\r\n`;
    expect(await send(own, text)).toMatch(/^HTTP\/1\.1 431 /);
  });

  test('of the time of a body: 408, and the place is free', async () => {
    const own = await world({ change: (config) => ({ ...config, bodySeconds: 1 }) });
    const head = `POST ${NOTES} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${await own.token('acme')}\r\n`;
    const answer = send(own, `${head}Content-Length: 100\r\n\r\n{"messages"`, 5000);
    await until(async () => (await demandOf(own)).held === 1);
    expect(await answer).toMatch(/^HTTP\/1\.1 408 /);
    expect((await demandOf(own)).demand).toBe(0);
  });

  test('of a body’s form: 415 for one that is packed', async () => {
    const own = await world();
    const answered = await ask(own, { headers: { 'content-encoding': 'gzip' } });
    expect([answered.status, codeOf(answered)]).toEqual([415, 'encoding']);
    expect(own.vllm.got).toEqual([]);
  });
});

describe('a client that goes away', () => {
  test('while a server works leaves its place there, and the server hears of it', async () => {
    const own = await world({ pool: { running: 1, runningPerTenant: 1 } });
    own.vllm.answer = () => undefined;
    const gone = new AbortController();
    const first = ask(own, { signal: gone.signal }).catch(() => 'gone');
    await until(() => own.vllm.got.length === 1);
    own.vllm.answer = chatAnswer;
    const second = ask(own);
    await until(async () => (await demandOf(own)).held === 1);
    gone.abort();
    expect(await first).toBe('gone');
    expect((await second).status).toBe(200);
    await until(() => own.vllm.got[0]?.isCut === true);
  });

  test('with half a body leaves its place and its bytes', async () => {
    const own = await world({ pool: { heldPerTenant: 1 } });
    const head = `POST ${NOTES} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${await own.token('acme')}\r\n`;
    await send(own, `${head}Content-Length: 100\r\n\r\n{"messages"`, 200);
    await until(async () => (await demandOf(own)).demand === 0);
    expect((await ask(own, { body: CHAT })).status).toBe(200);
  });
});
