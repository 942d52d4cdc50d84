import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { PoolDemand } from '../../../schema/router-config';
import type { World } from './router';

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly json: Readonly<Record<string, unknown>>;
}

export interface Asking {
  readonly tenant?: string;
  /** Instead of the tenant's own. */
  readonly token?: string;
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

export const CHAT = { messages: [{ role: 'user', content: 'a secret of the tenant' }] };
export const INFER = { inputs: [{ name: 'x', shape: [1], datatype: 'FP32', data: [1] }] };
export const NOTES = '/models/notes/v1/chat/completions';

/** Asks the router, with the tenant's token, as a client of Node does. */
export async function ask(world: World, asking: Asking = {}): Promise<Answered> {
  const { tenant = 'acme', path = NOTES, method = 'POST', body = CHAT, headers = {}, signal } = asking;
  const token = asking.token ?? (await world.token(tenant));
  return new Promise((resolve, reject) => {
    const sent = request(
      `${world.url}/`,
      {
        method,
        path,
        agent: false,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
        ...(signal === undefined ? {} : { signal }),
      },
      (reply) => {
        buffer(reply).then((bytes) => {
          const text = bytes.toString();
          resolve({ status: reply.statusCode ?? 0, headers: reply.headers, text, json: objectOf(text) });
        }, reject);
      },
    );
    sent.on('error', reject);
    sent.end(body instanceof Buffer || typeof body === 'string' ? body : JSON.stringify(body));
  });
}

function objectOf(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** Why a request was refused. */
export const codeOf = (answered: Answered): unknown =>
  (answered.json['error'] as { readonly code?: unknown } | undefined)?.code;

/** Sends bytes as they are and gives back what comes until the router ends the connection, or for so long. */
export function send(world: World, text: string, ms = 2000): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(world.ports.door, '127.0.0.1');
    const chunks: Buffer[] = [];
    const end = (): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(Buffer.concat(chunks).toString());
    };
    const timer = setTimeout(end, ms);
    socket
      .on('data', (chunk) => chunks.push(chunk))
      .on('end', end)
      .on('error', reject);
    socket.write(text);
  });
}

export async function demandOf(world: World, pool = 'language'): Promise<PoolDemand> {
  const got = (await (await fetch(`${world.operationsUrl}/demand`)).json()) as {
    readonly pools: Readonly<Record<string, PoolDemand>>;
  };
  const demand = got.pools[pool];
  if (demand === undefined) throw new Error(`no pool ${pool}`);
  return demand;
}
