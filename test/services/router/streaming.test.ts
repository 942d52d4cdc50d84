import { describe, expect, test } from '@jest/globals';
import { request } from 'node:http';
import { answerReader } from '../../../services/router/usage';
import { ask, CHAT, NOTES } from './client';
import { until, type World, world } from './router';
import type { Answer } from './servers';

const STREAM = { ...CHAT, stream: true };
const event = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
const token = (content: string): string => event({ choices: [{ index: 0, delta: { content } }] });
const usage = event({ choices: [], usage: { prompt_tokens: 5, total_tokens: 9, completion_tokens: 4 } });
const done = 'data: [DONE]\n\n';

const streamed: Answer = (_, reply) => {
  reply.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  reply.write(token('a "usage": {"prompt_tokens": 9} of words'));
  reply.end(`${token('b')}${usage}${done}`);
};

/** Asks for a stream, and gives what came so far, as it comes. */
async function stream(own: World): Promise<{ text: () => string; ended: () => boolean; destroy: () => void }> {
  const authorization = `Bearer ${await own.token('acme')}`;
  let text = '';
  let ended = false;
  const sent = request(`${own.url}${NOTES}`, { method: 'POST', agent: false, headers: { authorization } }, (reply) => {
    reply.on('data', (chunk: Buffer) => (text += chunk.toString()));
    reply.on('error', () => undefined).on('close', () => (ended = true));
  });
  sent.on('error', () => undefined).end(JSON.stringify(STREAM));
  return { text: () => text, ended: () => ended, destroy: () => sent.destroy() };
}

describe('a stream', () => {
  test('passes through event by event, as they come', async () => {
    const own = await world();
    const next: (() => void)[] = [];
    own.vllm.answer = (_, reply) => {
      reply.writeHead(200, { 'content-type': 'text/event-stream' });
      reply.write(token('one'));
      next.push(
        () => reply.write(token('two')),
        () => reply.end(usage + done),
      );
    };
    const { text, ended } = await stream(own);
    await until(() => text() === token('one'));
    next[0]?.();
    await until(() => text() === token('one') + token('two'));
    expect(ended()).toBe(false);
    next[1]?.();
    await until(ended);
    expect(text()).toBe(token('one') + token('two') + done);
  });

  test('is asked for with its usage, which is metered, and passed on only where the client asked for it', async () => {
    const own = await world({ chat: streamed });
    const without = await ask(own, { body: STREAM });
    expect(without.text).toBe(token('a "usage": {"prompt_tokens": 9} of words') + token('b') + done);
    const having = await ask(own, { body: { ...STREAM, stream_options: { include_usage: true } } });
    expect(having.text).toBe(token('a "usage": {"prompt_tokens": 9} of words') + token('b') + usage + done);
    for (const { json } of own.vllm.got) expect(json['stream_options']).toEqual({ include_usage: true });
    await until(() => own.logged('request').length === 2);
    for (const line of own.logged('request')) expect([line['promptTokens'], line['completionTokens']]).toEqual([5, 4]);
  });

  test('that its client leaves ends at the server', async () => {
    const own = await world();
    own.vllm.answer = (_, reply) => {
      reply.writeHead(200, { 'content-type': 'text/event-stream' });
      reply.write(token('one'));
    };
    const { text, destroy } = await stream(own);
    await until(() => text() !== '');
    destroy();
    await until(() => own.vllm.got[0]?.isCut === true);
    await until(() => own.logged('request').some(({ reason, status }) => reason === 'gone' && status === 499));
  });

  test.each([
    ['whose server dies', (reply: { destroy: () => unknown }): unknown => reply.destroy(), 60],
    ['whose server falls silent', (): unknown => undefined, 1],
  ])('%s is cut, and does not end as if it were whole', async (_, then, silenceSeconds) => {
    const own = await world({ pool: { silenceSeconds } });
    own.vllm.answer = (_got, reply) => {
      reply.writeHead(200, { 'content-type': 'text/event-stream' });
      reply.write(token('one'));
      setTimeout(() => then(reply), 50);
    };
    await expect(ask(own, { body: STREAM })).rejects.toThrow('aborted');
    await until(() => own.logged('request').some(({ reason }) => reason === 'cut'));
  });

  test('that comes in any pieces is the same', () => {
    const whole = Buffer.from(token('one').replaceAll('\n', '\r\n') + token('zwölf') + usage + done);
    for (let size = 1; size < 60; size++) {
      const reader = answerReader('text/event-stream', false);
      const parts: Buffer[] = [];
      for (let at = 0; at < whole.length; at += size)
        parts.push(reader?.take(whole.subarray(at, at + size)) ?? Buffer.alloc(0));
      parts.push(reader?.end() ?? Buffer.alloc(0));
      expect(Buffer.concat(parts).toString()).toBe(token('one').replaceAll('\n', '\r\n') + token('zwölf') + done);
      expect(reader?.tokens()).toEqual({ prompt: 5, completion: 4 });
    }
  });
});

test('a long answer passes as it is, to a client that reads slowly too', async () => {
  const own = await world();
  const long = JSON.stringify({ data: 'x'.repeat(8 * 2 ** 20), usage: { prompt_tokens: 1, total_tokens: 1 } });
  own.vllm.answer = (_, reply) => {
    reply.writeHead(200, { 'content-type': 'application/json', 'content-length': long.length }).end(long);
  };
  const { text, headers } = await ask(own, { path: '/models/language/v1/embeddings', body: { input: 'a' } });
  expect([text === long, headers['content-length']]).toEqual([true, String(long.length)]);
  await until(() => own.logged('request').length === 1);
  expect(own.logged('request')[0]).toMatchObject({ promptTokens: 1, completionTokens: 0, bytesOut: long.length });
});
