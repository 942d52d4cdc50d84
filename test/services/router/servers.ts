import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface Listening {
  readonly url: string;
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** Listens on this machine alone. @param port 0 is one that is free */
export async function listen(server: Server, port = 0): Promise<Listening> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  const own = (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${own}`,
    port: own,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** What a model server got. */
export interface Got {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly raw: Buffer;
  readonly json: Readonly<Record<string, unknown>>;
  /** Whether the router ended the connection before the answer was whole. */
  isCut: boolean;
}

export type Answer = (got: Got, reply: ServerResponse) => void;

export interface ModelServer {
  readonly url: string;
  readonly port: number;
  /** Requests for a model in the order of their arrival; questions whether it is ready are not among them. */
  readonly got: readonly Got[];
  /** Whether it says that it is ready. */
  isReady: boolean;
  /** How it answers. */
  answer: Answer;
  readonly close: () => Promise<void>;
}

export const json = (reply: ServerResponse, value: unknown, status = 200): void => {
  reply.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
};

/** An answer of vLLM, with its usage. */
export const chatAnswer: Answer = ({ json: body }, reply) => {
  json(reply, {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    model: body['model'],
    choices: [{ index: 0, message: { role: 'assistant', content: 'say "usage": {} twice' }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 7, total_tokens: 10, completion_tokens: 3, prompt_tokens_details: { cached_tokens: 2 } },
    kv_transfer_params: null,
  });
};

/** An answer of Triton. */
export const inferAnswer: Answer = (_got, reply) => {
  json(reply, { model_name: 'x', outputs: [{ name: 'y', datatype: 'FP32', shape: [1], data: [0.5] }] });
};

const READY = ['/v2/health/ready', '/health'];

/** A fake Triton or vLLM, over real HTTP. @param port of one that was there before */
export async function startServer(answer: Answer, port = 0): Promise<ModelServer> {
  const got: Got[] = [];
  const served = await listen(
    createServer((request, reply) => {
      const path = request.url ?? '';
      if (request.method === 'GET' && READY.includes(path)) {
        reply.writeHead(server.isReady ? 200 : 503).end();
        return;
      }
      void buffer(request).then((raw) => {
        const length = Number(request.headers['inference-header-content-length'] ?? raw.length);
        const each: Got = {
          path: `${request.method ?? ''} ${path}`,
          headers: request.headers,
          raw,
          json: JSON.parse(raw.subarray(0, length).toString() || '{}') as Record<string, unknown>,
          isCut: false,
        };
        reply.once('close', () => {
          each.isCut = !reply.writableFinished;
        });
        got.push(each);
        server.answer(each, reply);
      });
    }),
    port,
  );
  const server: ModelServer = { ...served, got, isReady: true, answer };
  return server;
}

/** A port on which nobody listens. */
export async function freePort(): Promise<number> {
  const { port, close } = await listen(createServer());
  await close();
  return port;
}
