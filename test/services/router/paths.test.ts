import { describe, expect, test } from '@jest/globals';
import { ask, INFER, NOTES, send } from './client';
import { world } from './router';

const INFER_PATH = '/v2/models/transcriber/infer';

describe('nothing is routed', () => {
  test('but what is listed', async () => {
    const own = await world();
    const paths = [
      '/',
      '/v1/chat/completions',
      '/v1/completions',
      '/v1/models',
      '/v1/load_lora_adapter',
      '/v1/unload_lora_adapter',
      '/v1/responses',
      '/invocations',
      '/tokenize',
      '/pooling',
      '/sleep',
      '/collective_rpc',
      '/update_weights',
      '/metrics',
      '/health',
      '/demand',
      '/models/notes/v1/load_lora_adapter',
      '/models/notes/v1/models',
      '/models/notes/v1/chat/completions/batch',
      '/models/notes/tokenize',
      '/v2',
      '/v2/health/ready',
      '/v2/repository/index',
      '/v2/repository/models/topics/load',
      '/v2/repository/models/topics/unload',
      '/v2/models/transcriber',
      '/v2/models/transcriber/load',
      '/v2/models/transcriber/config',
      '/v2/models/transcriber/stats',
      '/v2/models/transcriber/generate',
      '/v2/models/transcriber/versions/1/infer',
      '/v2/systemsharedmemory/region/r/register',
      '/v2/trace/setting',
      '/v2/logging',
    ];
    for (const path of paths) expect([path, (await ask(own, { path, body: {} })).status]).toEqual([path, 404]);
    expect([...own.vllm.got, ...own.triton.got]).toEqual([]);
  });

  test('by a trick', async () => {
    const own = await world();
    const paths = [
      '/v2/models/transcriber/infer/',
      '//v2/models/transcriber/infer',
      '/v2//models/transcriber/infer',
      `${INFER_PATH}?a=b`,
      `${INFER_PATH}?`,
      `${INFER_PATH}#a`,
      `${INFER_PATH};a`,
      '/V2/models/transcriber/infer',
      '/v2/models/transcriber/%69nfer',
      '/%762/models/transcriber/infer',
      '/v2/models/transcribe%72/infer',
      '/v2%2fmodels/transcriber/infer',
      '/v2/models/a/../transcriber/infer',
      '/v2/./models/transcriber/infer',
      '/v2/models/transcriber%2f..%2frepository/infer',
      '/v2/models/..%2f..%2fv2%2frepository%2findex/infer',
      '/v2/models/%2e%2e/infer',
      '/v2/models/transcriber\\infer',
      '/v2/models/transcriber/infer%00',
      '/%zz',
      '/v2/models//infer',
      '/v2/models/../repository/index',
      `http://localhost${INFER_PATH}`,
      'http://model-server:8000/v1/load_lora_adapter',
      '*',
    ];
    for (const path of paths) expect([path, (await ask(own, { path, body: INFER })).status]).toEqual([path, 404]);
    expect([...own.vllm.got, ...own.triton.got]).toEqual([]);
  });

  test('by another method, or by words that another method was meant', async () => {
    const own = await world();
    for (const method of ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'])
      expect([method, (await ask(own, { method, path: NOTES, body: '' })).status]).toEqual([method, 404]);
    expect(own.vllm.got).toEqual([]);
    const headers = { 'x-http-method-override': 'GET', 'x-original-url': '/v2/repository/index', 'x-rewrite-url': '/' };
    expect((await ask(own, { headers })).status).toBe(200);
    expect(own.vllm.got.map(({ path }) => path)).toEqual(['POST /v1/chat/completions']);
  });

  test('by an upgrade, a tunnel, or two requests in one', async () => {
    const own = await world();
    const token = await own.token('acme');
    const head = `Host: router\r\nAuthorization: Bearer ${token}\r\n`;
    const upgrade = `POST ${NOTES} HTTP/1.1\r\n${head}Connection: Upgrade\r\nUpgrade: websocket\r\nContent-Length: 0\r\n\r\n`;
    expect(await send(own, upgrade)).toMatch(/^HTTP\/1\.1 404 /);
    expect(await send(own, `CONNECT model-server:8000 HTTP/1.1\r\n${head}\r\n`)).not.toMatch(/^HTTP\/1\.1 2/);
    const both = `POST ${NOTES} HTTP/1.1\r\n${head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nPOST /v1/load_lora_adapter HTTP/1.1\r\n\r\n`;
    expect(await send(own, both)).toMatch(/^HTTP\/1\.1 400 /);
    expect(own.vllm.got).toEqual([]);
  });
});
