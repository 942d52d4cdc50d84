import { describe, expect, test } from '@jest/globals';
import { demandLocation } from '../../../schema/router-config';
import { ask, INFER, NOTES } from './client';
import { until, world } from './router';
import { chatAnswer } from './servers';

describe('the second door', () => {
  test('tells the demand of each pool where KEDA looks for it', async () => {
    const own = await world();
    const open: (() => void)[] = [];
    own.vllm.answer = (got, reply) =>
      open.push(() => {
        chatAnswer(got, reply);
      });
    const answer = ask(own);
    await until(() => open.length === 1);
    const told: unknown = await (await fetch(`${own.operationsUrl}/demand`)).json();
    expect(told).toEqual({
      pools: { language: { held: 0, running: 1, demand: 1 }, speech: { held: 0, running: 0, demand: 0 } },
    });
    // GJSON's path of plain names is each step after the other.
    const found = demandLocation('language')
      .split('.')
      .reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], told);
    expect(found).toBe(1);
    open[0]?.();
    await answer;
  });

  test('meters by tenant: requests, tokens, seconds', async () => {
    const own = await world();
    await ask(own);
    await ask(own);
    await ask(own, { tenant: 'bravo' });
    await ask(own, { path: '/v2/models/transcriber/infer', body: INFER });
    await ask(own, { path: '/v2/models/topics/infer', body: INFER });
    await ask(own, { token: 'a.b.c' });
    await until(() => own.logged('request').length === 6);
    const text = await (await fetch(`${own.operationsUrl}/metrics`)).text();
    for (const line of [
      'atoll_router_requests_total{tenant="acme",model="notes",pool="language",status="200"} 2',
      'atoll_router_requests_total{tenant="bravo",model="notes",pool="language",status="200"} 1',
      'atoll_router_requests_total{tenant="acme",model="transcriber",pool="speech",status="200"} 1',
      'atoll_router_tokens_total{tenant="acme",model="notes",kind="prompt"} 14',
      'atoll_router_tokens_total{tenant="acme",model="notes",kind="completion"} 6',
      'atoll_router_tokens_total{tenant="bravo",model="notes",kind="completion"} 3',
      'atoll_router_refused_total{reason="forbidden"} 1',
      'atoll_router_refused_total{reason="unauthenticated"} 1',
      'atoll_router_held{pool="language"} 0',
      'atoll_router_running{pool="language"} 0',
      'atoll_router_configuration_refused 0',
    ])
      expect(text.split('\n')).toContain(line);
    expect(text).toMatch(/atoll_router_server_seconds_total\{tenant="acme",model="notes",pool="language"\} 0\.\d+/);
    expect(text).toMatch(/atoll_router_held_seconds_count\{pool="language"\} 3/);
    expect(text).not.toContain('tokens_total{tenant="acme",model="transcriber"');
  });

  test('says that it lives and that it is ready, and has no way to a model', async () => {
    const own = await world();
    const status = async (path: string, method = 'GET'): Promise<number> =>
      (await fetch(`${own.operationsUrl}${path}`, { method })).status;
    await until(async () => (await status('/readyz')) === 200);
    expect(await status('/healthz')).toBe(200);
    expect(await status(NOTES, 'POST')).toBe(404);
  });
});

describe('the log', () => {
  test('has a line for each request, with counts and ids, and nothing of what was said', async () => {
    const own = await world();
    const token = await own.token('acme');
    await ask(own, { token });
    await until(() => own.logged('request').length === 1);
    const [line] = own.logged('request');
    expect(line).toEqual({
      event: 'request',
      operation: 'chat',
      status: 200,
      tenant: 'acme',
      model: 'notes',
      pool: 'language',
      serviceAccount: 'inference',
      pod: 'acme-pod',
      ms: expect.any(Number) as unknown,
      heldMs: expect.any(Number) as unknown,
      serverMs: expect.any(Number) as unknown,
      bytesIn: expect.any(Number) as unknown,
      bytesOut: expect.any(Number) as unknown,
      promptTokens: 7,
      completionTokens: 3,
    });
    await ask(own, { token, path: '/models/a-secret-name/v1/completions', body: { prompt: 'a secret' } });
    await ask(own, { token, body: { secret: 'a secret' } });
    await until(() => own.logged('request').length === 3);
    const all = JSON.stringify(own.lines);
    for (const word of ['secret', token, token.split('.')[2] ?? '', 'sha256', 'usage'])
      expect([word, all.includes(word)]).toEqual([word, false]);
  });
});
