import { describe, expect, test } from '@jest/globals';
import { Refusal } from '../../../services/router/answers';
import type { Operation } from '../../../services/router/paths';
import { prepare } from '../../../services/router/prepare';
import { ask, CHAT, codeOf, INFER } from './client';
import { world } from './router';

function faults(operation: Operation, body: unknown, headerLength?: string): string[] {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  try {
    prepare(operation, bytes, headerLength);
    return [];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.message.split('\n').map((line) => line.split(':')[0] ?? '');
  }
}

describe('a body of the OpenAI protocol', () => {
  test('is refused with every fault of it at once, and none of its words', async () => {
    const own = await world();
    const body = {
      messages: [
        { role: 'user', content: [{ type: 'image_url', image_url: { url: 'http://169.254.169.254/secret' } }] },
      ],
      chat_template: '{{ secret }}',
      priority: -1,
      n: 1000,
      stream_options: { include_usage: true, continuous_usage_stats: true },
    };
    const answered = await ask(own, { body });
    expect([answered.status, codeOf(answered)]).toEqual([400, 'invalid']);
    const message = String((answered.json['error'] as Record<string, unknown>)['message']);
    expect(message.split('\n').map((line) => line.split(':')[0])).toEqual([
      'chat_template',
      'priority',
      'messages[0].content[0]',
      'n',
      'stream_options.continuous_usage_stats',
    ]);
    expect(message).not.toContain('secret');
    expect(own.vllm.got).toEqual([]);
  });

  test.each([
    'add_generation_prompt',
    'chat_template_kwargs',
    'documents',
    'ec_transfer_params',
    'kv_transfer_params',
    'logits_processors',
    'media_io_kwargs',
    'mm_processor_kwargs',
    'prompt_embeds',
    'request_id',
    'structured_outputs',
    'vllm_xargs',
    '__proto__',
  ])('has no %s', (field) => {
    expect(faults('chat', `{"messages":[{"role":"user","content":"a"}],"${field}":{}}`)).toEqual([field]);
  });

  test.each<[Operation, unknown, string[]]>([
    ['chat', CHAT, []],
    ['chat', { messages: [{ role: 'user', content: [{ type: 'text', text: 'a' }] }], n: 8, tools: [] }, []],
    [
      'chat',
      { messages: [{ role: 'user', content: [{ type: 'text', text: 'a', image_url: 'b' }] }] },
      ['messages[0].content[0]'],
    ],
    ['chat', { messages: [{ role: 'user', content: 7 }, 'a'] }, ['messages[0].content', 'messages[1]']],
    ['chat', {}, ['messages']],
    ['chat', { ...CHAT, stream: 'true' }, ['stream']],
    ['chat', [], ['body']],
    ['chat', '{', ['body']],
    ['chat', `{"messages":[{"content":"a"}],"stop":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, ['body']],
    ['completion', { prompt: [1, 2, 3], echo: true }, []],
    ['completion', { prompt: Array.from({ length: 33 }, () => 'a') }, ['prompt']],
    ['completion', { prompt: ['a', { prompt_embeds: '' }] }, ['prompt']],
    ['completion', { prompt: 'a', messages: [] }, ['messages']],
    ['embedding', { input: 'a', dimensions: 8 }, []],
    ['embedding', { input: Array.from({ length: 2049 }, () => 'a') }, ['input']],
    ['embedding', {}, ['input']],
  ])('%s %j: %j', (operation, body, expected) => {
    expect(faults(operation, body)).toEqual(expected);
  });

  test('with a key twice reaches the server as it was judged', () => {
    const text = '{"messages":[{"role":"user","content":"a"}],"model":"x","model":"y","cache_salt":"z"}';
    const { body } = prepare('chat', Buffer.from(text), undefined).render('own', 'salt');
    expect(body.toString()).toBe('{"messages":[{"role":"user","content":"a"}],"model":"own","cache_salt":"salt"}');
  });
});

describe('a body of the v2 protocol', () => {
  test.each<[unknown, string[]]>([
    [INFER, []],
    [
      {
        ...INFER,
        id: '1',
        parameters: { binary_data_output: true },
        outputs: [{ name: 'y', parameters: { binary_data: false } }],
      },
      [],
    ],
    [
      { ...INFER, parameters: { sequence_id: 7, priority: 1, triton_x: 1 } },
      ['parameters.sequence_id', 'parameters.priority', 'parameters.triton_x'],
    ],
    [
      { inputs: [{ ...INFER.inputs[0], parameters: { shared_memory_region: 'r' } }] },
      ['inputs[0].parameters.shared_memory_region'],
    ],
    [
      { ...INFER, outputs: [{ name: 'y', parameters: { shared_memory_region: 'r' } }] },
      ['outputs[0].parameters.shared_memory_region'],
    ],
    [{ ...INFER, outputs: 'y' }, ['outputs']],
    [{}, ['inputs']],
    [{ ...INFER, id: 7 }, ['id']],
    ['[]', ['body']],
    ['{"inputs":[{"name":"x","shape":[1],"datatype":"INT64","data":[9007199254740993]}]}', ['inputs[0].data']],
    ['{"inputs":[{"name":"x","shape":[1],"datatype":"FP64","data":[1e999]}]}', ['inputs[0].data']],
    ['{"inputs":[{"name":"x","shape":[1],"datatype":"FP64","data":[1e300]}]}', []],
    [{ inputs: [{ name: 'x', shape: [1], datatype: 'FP32' }] }, ['inputs[0].data']],
    [{ inputs: [{ name: 'x', shape: [1], datatype: 'FP32', parameters: { binary_data_size: 4 } }] }, ['inputs']],
  ])('%j: %j', (body, expected) => {
    expect(faults('infer', body)).toEqual(expected);
  });

  test('with binary data keeps it, byte for byte, and its object is written anew', async () => {
    const own = await world();
    const object =
      '{ "model_name": "x", "inputs": [{"name":"x","shape":[2],"datatype":"UINT8","parameters":{"binary_data_size":3}}] }';
    const binary = Buffer.from([0, 255, 10]);
    const answered = await ask(own, {
      path: '/v2/models/transcriber/infer',
      headers: { 'inference-header-content-length': String(object.length), 'content-type': 'application/octet-stream' },
      body: Buffer.concat([Buffer.from(object), binary]),
    });
    expect(answered.status).toBe(200);
    const [got] = own.triton.got;
    const length = Number(got?.headers['inference-header-content-length']);
    expect(got?.raw.subarray(length)).toEqual(binary);
    expect(got?.raw.subarray(0, length).toString()).toBe(
      '{"inputs":[{"name":"x","shape":[2],"datatype":"UINT8","parameters":{"binary_data_size":3}}]}',
    );
  });

  test.each(['-1', '1e3', '99999', '0x10', ''])('has no object of length %j', (length) => {
    expect(faults('infer', INFER, length)).not.toEqual([]);
  });
});
