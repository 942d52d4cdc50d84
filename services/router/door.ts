import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { Gone, Refusal } from './answers';
import { type Operation, OPERATIONS, WAYS } from './paths';
import { type Ask, serve, type Served } from './serve';
import type { RouterState } from './state';

/** Bytes of a request's line and headers together; a token has some 1,500. */
const HEADER_BYTES = 16_384;
/** Milliseconds in which headers, and headers with the body, have to be there. The body has its own, shorter one in the configuration. */
const HEADERS_MS = 10_000;
const REQUEST_MS = 660_000;
/** Connections at once. Whoever opens more waits for the system to accept. */
const CONNECTIONS = 8192;

/** The door for tenants. */
export function door(state: RouterState): FastifyInstance {
  const app = fastify({
    logger: false,
    exposeHeadRoutes: false,
    forceCloseConnections: 'idle',
    requestTimeout: REQUEST_MS,
    keepAliveTimeout: 75_000,
    http: { maxHeaderSize: HEADER_BYTES, headersTimeout: HEADERS_MS },
    frameworkErrors: (_error, _request, reply) => {
      refuse(reply, notFound());
    },
  });
  app.server.maxConnections = CONNECTIONS;
  // The body is read later, once it is known whose it is and how long it may be.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => {
    done(null);
  });
  app.setNotFoundHandler((_request, reply) => {
    state.metrics.refused('not-found');
    refuse(reply, notFound());
  });
  app.setErrorHandler((_error, _request, reply) => {
    refuse(reply, new Refusal('fault', 'router: got an error; report it'));
  });
  for (const operation of OPERATIONS)
    app.post<{ Params: { type: string } }>(WAYS[operation].client(':type'), async (request, reply) => {
      await handle(state, operation, request, reply);
    });
  return app;
}

async function handle(
  state: RouterState,
  operation: Operation,
  request: FastifyRequest<{ Params: { type: string } }>,
  reply: FastifyReply,
): Promise<void> {
  const { type } = request.params;
  // What is routed is the path as it was sent, letter by letter: no escape, query, doubled slash or other host means the same here.
  const isAsSent = type !== '' && request.raw.url === WAYS[operation].client(type);
  if (!isAsSent || request.raw.headers.upgrade !== undefined) {
    state.metrics.refused('not-found');
    refuse(reply, notFound());
    return;
  }
  const begun = performance.now();
  const gone = new AbortController();
  const raw = reply.raw;
  // A piece of an answer may meet a client that has just gone: that is no error of the router's.
  raw.on('error', () => undefined);
  raw.once('close', () => {
    if (!raw.writableFinished) gone.abort(new Gone());
  });
  const served: Served = { bytesIn: 0, heldMs: 0, serverMs: 0 };
  let reason = '';
  reply.hijack();
  try {
    await serve(state, { operation, type, request: request.raw, reply: raw, gone: gone.signal, served });
    if (served.outcome?.end === 'cut') reason = gone.signal.aborted ? 'gone' : 'cut';
  } catch (error) {
    reason = gone.signal.aborted ? 'gone' : error instanceof Refusal ? error.reason : 'fault';
    if (error instanceof Refusal) answer(raw, error);
    else if (!(error instanceof Gone)) answer(raw, new Refusal('fault', 'router: got an error; report it'));
  }
  report(state, operation, type, served, { status: raw.statusCode, reason, ms: performance.now() - begun });
}

interface End {
  readonly status: number;
  /** Empty where the model answered in full. */
  readonly reason: string;
  readonly ms: number;
}

function report(state: RouterState, operation: Operation, type: string, served: Served, end: End): void {
  const { caller, tenant, pool, outcome } = served;
  const { reason } = end;
  // Who has gone sees no status; 499 is what servers of the field write down for it.
  const status = reason === 'gone' ? 499 : end.status;
  if (tenant === undefined || pool === undefined) state.metrics.refused(reason);
  else
    state.metrics.request({
      tenant,
      model: type,
      pool,
      status,
      heldSeconds: served.heldMs / 1000,
      serverSeconds: served.serverMs / 1000,
      tokens: outcome?.tokens,
    });
  state.log('request', {
    operation,
    status,
    ...(reason === '' ? {} : { reason }),
    ...(tenant === undefined ? {} : { tenant }),
    // A type that the tenant does not have is a word of the client's.
    ...(pool === undefined ? {} : { model: type, pool }),
    ...(caller === undefined ? {} : { serviceAccount: caller.serviceAccount, pod: caller.pod }),
    ms: rounded(end.ms),
    heldMs: rounded(served.heldMs),
    serverMs: rounded(served.serverMs),
    bytesIn: served.bytesIn,
    bytesOut: outcome?.bytes ?? 0,
    ...(outcome?.tokens === undefined
      ? {}
      : { promptTokens: outcome.tokens.prompt, completionTokens: outcome.tokens.completion }),
  });
}

const rounded = (ms: number): number => Math.round(ms * 10) / 10;
const notFound = (): Refusal => new Refusal('not-found', 'path: nothing is routed there');

function refuse(reply: FastifyReply, refusal: Refusal): void {
  reply.hijack();
  answer(reply.raw, refusal);
}

/** What is left of a body is not read: the connection ends with the answer. */
function answer(raw: Ask['reply'], refusal: Refusal): void {
  if (raw.headersSent || raw.destroyed) {
    raw.destroy();
    return;
  }
  const text = refusal.body;
  const rest: Record<string, string> = raw.req.complete ? {} : { connection: 'close' };
  raw.writeHead(refusal.status, { ...refusal.headers, ...rest, 'content-length': Buffer.byteLength(text) }).end(text);
}
