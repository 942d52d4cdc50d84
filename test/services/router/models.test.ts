import { describe, expect, test } from '@jest/globals';
import { contentModelName } from '../../../schema/router-config';
import { ask, CHAT, codeOf, INFER, NOTES } from './client';
import { DIGESTS, until, world } from './router';

describe('a model', () => {
  test('of a tenant is asked for by its content hash, with the salt of the tenant, whatever the client said', async () => {
    const own = await world();
    const body = { ...CHAT, model: contentModelName(DIGESTS.bravo), cache_salt: 'of another', temperature: 0.5 };
    const { status, json } = await ask(own, { body });
    expect(status).toBe(200);
    expect(json['model']).toBe(contentModelName(DIGESTS.acme));
    const [got] = own.vllm.got;
    expect(got?.path).toBe('POST /v1/chat/completions');
    expect(got?.json).toEqual({
      ...CHAT,
      temperature: 0.5,
      model: `sha256-${'a'.repeat(64)}`,
      cache_salt: expect.stringMatching(/^[\w-]{43}$/) as unknown,
    });
  });

  test('has one salt for all requests of a tenant, and another for each other, in every operation', async () => {
    const own = await world();
    const asks = [
      { path: NOTES, body: CHAT },
      { path: '/models/notes/v1/completions', body: { prompt: 'a' } },
      { path: '/models/language/v1/embeddings', body: { input: ['a'] } },
    ];
    for (const each of asks)
      for (const tenant of ['acme', 'bravo']) expect((await ask(own, { ...each, tenant })).status).toBe(200);
    const salts = own.vllm.got.map(({ json }) => json['cache_salt']);
    expect(salts).toHaveLength(6);
    expect(new Set(salts).size).toBe(2);
    expect(new Set(salts.filter((_, index) => index % 2 === 0)).size).toBe(1);
    expect(own.vllm.got.map(({ json }) => json['model'])).toEqual([
      contentModelName(DIGESTS.acme),
      contentModelName(DIGESTS.bravo),
      contentModelName(DIGESTS.acme),
      contentModelName(DIGESTS.bravo),
      'base',
      'base',
    ]);
  });

  test('that is common is asked at no shared server by a tenant that has servers of its own', async () => {
    const own = await world({
      change: (config) => ({
        ...config,
        tenants: config.tenants.map((tenant) => (tenant.id === 'acme' ? { ...tenant, common: [] } : tenant)),
      }),
    });
    const path = '/v2/models/transcriber/infer';
    expect((await ask(own, { tenant: 'acme', path, body: INFER })).status).toBe(403);
    expect((await ask(own, { tenant: 'bravo', path, body: INFER })).status).toBe(200);
    own.configure((config) => ({
      ...config,
      tenants: config.tenants.map((tenant) => ({ ...tenant, common: config.common })),
    }));
    await until(() => own.logged('configuration').length > 0);
    expect((await ask(own, { tenant: 'acme', path, body: INFER })).status).toBe(200);
  });

  test('that is common is there for every tenant, and its Triton name is the router’s', async () => {
    const own = await world();
    const body = { ...INFER, model_name: 'topics', model_version: '3' };
    for (const tenant of ['acme', 'bravo'])
      expect((await ask(own, { tenant, path: '/v2/models/transcriber/infer', body })).status).toBe(200);
    expect(own.triton.got.map(({ path, json }) => [path, json])).toEqual([
      ['POST /v2/models/whisper-large/infer', INFER],
      ['POST /v2/models/whisper-large/infer', INFER],
    ]);
  });

  test.each([
    ['of another tenant', '/v2/models/topics/infer', INFER],
    ['that nobody has', '/v2/models/nothing/infer', INFER],
    ['by the content hash of another tenant', `/v2/models/${contentModelName(DIGESTS.bravo)}/infer`, INFER],
    ['of another tenant, in a chat', '/models/topics/v1/chat/completions', CHAT],
    ['by its name at the server', '/v2/models/whisper-large/infer', INFER],
  ])('%s is 403, in the same words, and no server hears of it', async (_, path, body) => {
    const own = await world();
    const answered = await ask(own, { path, body });
    expect([answered.status, codeOf(answered)]).toEqual([403, 'forbidden']);
    expect(answered.text).toContain('model: got one that is not of this tenant');
    expect([...own.vllm.got, ...own.triton.got]).toEqual([]);
  });

  test('is none of a namespace that is no tenant’s here, whatever its name', async () => {
    const own = await world();
    const answered = await ask(own, { tenant: 'charlie', path: '/v2/models/transcriber/infer', body: INFER });
    expect([answered.status, codeOf(answered)]).toEqual([403, 'forbidden']);
  });

  test('has the operations of its server alone', async () => {
    const own = await world();
    expect((await ask(own, { path: '/v2/models/notes/infer', body: INFER })).status).toBe(404);
    expect((await ask(own, { path: '/models/transcriber/v1/chat/completions' })).status).toBe(404);
    expect([...own.vllm.got, ...own.triton.got]).toEqual([]);
  });
});

test('a server hears nothing of a client but the body: no token, no id of a request, no other header', async () => {
  const own = await world();
  const headers = {
    'x-request-id': 'mine',
    'x-http-method-override': 'DELETE',
    cookie: 'a=b',
    'x-forwarded-for': '10.0.0.1',
    traceparent: 'x',
  };
  for (let i = 0; i < 2; i++) expect((await ask(own, { headers })).status).toBe(200);
  const got = own.vllm.got.map(({ headers: each }) => each);
  expect(got.map((each) => Object.keys(each).sort())).toEqual([
    ['connection', 'content-length', 'content-type', 'host', 'x-request-id'],
    ['connection', 'content-length', 'content-type', 'host', 'x-request-id'],
  ]);
  expect(got.map((each) => each['x-request-id'])).not.toContain('mine');
  expect(got[0]?.['x-request-id']).not.toBe(got[1]?.['x-request-id']);
});

test('an answer’s status and body pass, and of its headers those that a client needs', async () => {
  const own = await world();
  own.vllm.answer = (_, reply) => {
    reply.writeHead(422, { 'content-type': 'application/json', server: 'uvicorn', 'set-cookie': 'a=b' }).end('{"a":1}');
  };
  const { status, headers, text } = await ask(own);
  expect([status, text, headers['content-type']]).toEqual([422, '{"a":1}', 'application/json']);
  expect([headers['server'], headers['set-cookie']]).toEqual([undefined, undefined]);
});
