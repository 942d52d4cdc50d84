import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Gone, Refusal } from './answers';
import { type Body, checkHeaders, readBody } from './body';
import { exchange, type Outcome } from './exchange';
import type { Caller } from './identity';
import { type Operation, WAYS } from './paths';
import type { Pool } from './pool';
import { prepare } from './prepare';
import type { Prepared } from './prepared';
import type { Route } from './routes';
import type { RouterState } from './state';
import type { Place, Turn } from './turns';

/** What is known of a request at its end, for its line in the log and for metering. */
export interface Served {
  caller?: Caller;
  tenant?: string;
  pool?: string;
  bytesIn: number;
  /** Milliseconds. */
  heldMs: number;
  serverMs: number;
  outcome?: Outcome;
}

export interface Ask {
  readonly operation: Operation;
  /** Id of a type of model, as the path names it. */
  readonly type: string;
  readonly request: IncomingMessage;
  readonly reply: ServerResponse;
  /** Fires, with Gone, when the client has gone. */
  readonly gone: AbortSignal;
  /** Filled in on the way. */
  readonly served: Served;
}

/**
 * Serves one request from its token to its answer.
 * @throws Refusal where it gets no answer of a model and none has begun; Gone where its client has
 */
export async function serve(state: RouterState, ask: Ask): Promise<void> {
  const { request, served, operation } = ask;
  served.caller = await state.identity.of(request.headers.authorization);
  if (state.isStopping) throw stopping();
  const tenant = state.routes.tenantOf(served.caller.namespace);
  if (tenant === undefined)
    throw new Refusal('forbidden', 'token: got a namespace of no tenant that may ask; ask the platform team');
  served.tenant = tenant;
  const way = find(state, ask, tenant);
  checkHeaders(request, way.pool.settings.bodyBytes);
  let place = enter(way.pool, tenant);
  let body: Body | undefined;
  try {
    way.pool.wake();
    const { bodyBytes: most, retryAfterSeconds } = way.pool.settings;
    const seconds = state.routes.config.bodySeconds;
    body = await readBody(request, state.memory, tenant, { most, seconds, retryAfterSeconds });
    served.bytesIn = body.bytes.length;
    const length = request.headers['inference-header-content-length'];
    const prepared = prepare(operation, body.bytes, typeof length === 'string' ? length : undefined);
    const waiting = new Waiting(way.pool.settings.holdSeconds, ask.gone);
    try {
      await untilAnswered(state, ask, tenant, prepared, waiting, (next) => (place = next), { ...way, place });
    } finally {
      waiting.end();
    }
  } finally {
    place.leave();
    body?.letGo();
  }
}

interface At {
  readonly route: Route;
  readonly pool: Pool;
}

async function untilAnswered(
  state: RouterState,
  ask: Ask,
  tenant: string,
  prepared: Prepared,
  waiting: Waiting,
  moved: (place: Place) => void,
  start: At & { readonly place: Place },
): Promise<void> {
  let { pool, place } = start;
  for (;;) {
    pool.wake();
    const turn = await turnOf(place, pool, waiting, ask.served);
    if (turn === 'moved' && state.isStopping) throw stopping();
    // The configuration may be another one since: what was taken from a tenant is not served any more.
    const now = find(state, ask, tenant);
    if (turn === 'moved' || now.pool !== pool) {
      place.leave();
      pool = now.pool;
      place = enter(pool, tenant);
      moved(place);
      continue;
    }
    const outcome = await send(state, ask, tenant, prepared, now);
    if (outcome.end !== 'unreached') {
      ask.served.outcome = outcome;
      if (outcome.end === 'failed') throw new Refusal('upstream-failed', 'model server: got no answer; try again');
      if (outcome.end === 'late') throw new Refusal('upstream-late', 'model server: got no answer in time; try again');
      return;
    }
    if (ask.gone.aborted) throw new Gone();
    if (state.isStopping) throw stopping();
    pool.down();
    place.back();
  }
}

async function turnOf(place: Place, pool: Pool, waiting: Waiting, served: Served): Promise<Turn> {
  const begun = performance.now();
  try {
    return await place.turn(waiting.signal);
  } catch (error) {
    if (waiting.isOver)
      throw new Refusal(
        'hold-deadline',
        'pool: got no server or no turn in time; try again',
        pool.settings.retryAfterSeconds,
      );
    throw error;
  } finally {
    served.heldMs += performance.now() - begun;
  }
}

async function send(
  state: RouterState,
  { operation, reply, gone, served }: Ask,
  tenant: string,
  prepared: Prepared,
  { route, pool }: At,
): Promise<Outcome> {
  const begun = performance.now();
  const { answerSeconds, silenceSeconds } = pool.settings;
  const outcome = await exchange(
    {
      connections: pool.connections,
      path: WAYS[operation].server(route.model),
      rendered: prepared.render(route.model, state.salts.of(tenant)),
      requestId: randomUUID(),
      answerSeconds,
      silenceSeconds,
      wantsUsage: prepared.wantsUsage,
      signal: gone,
      headers: state.isStopping ? { connection: 'close' } : {},
    },
    reply,
  );
  if (outcome.end !== 'unreached') served.serverMs += performance.now() - begun;
  return outcome;
}

/** @throws Refusal where the tenant has no such model, or the model no such operation */
function find({ routes, pools }: RouterState, { operation, type, served }: Ask, tenant: string): At {
  const route = routes.of(tenant, type);
  const pool = route === undefined ? undefined : pools.get(route.pool.name);
  if (route === undefined || pool === undefined)
    throw new Refusal('forbidden', 'model: got one that is not of this tenant; ask for one of its own or a common one');
  if (route.pool.kind !== WAYS[operation].kind) throw new Refusal('not-found', 'path: the model has no such operation');
  served.pool = pool.settings.name;
  return { route, pool };
}

function enter(pool: Pool, tenant: string): Place {
  const place = pool.turns.enter(tenant);
  if (place !== undefined) return place;
  const { heldPerTenant, retryAfterSeconds } = pool.settings;
  throw new Refusal(
    'queue-full',
    `queue: allowed ${heldPerTenant} waiting requests of a tenant; try again`,
    retryAfterSeconds,
  );
}

const stopping = (): Refusal => new Refusal('stopping', 'router: it stops; try again', 1);

/** The time that a request may wait, over all its turns, and its client. */
class Waiting {
  private readonly controller = new AbortController();
  private readonly timer: NodeJS.Timeout;
  isOver = false;

  constructor(
    seconds: number,
    private readonly gone: AbortSignal,
  ) {
    this.timer = setTimeout(() => {
      this.isOver = true;
      this.controller.abort(new Error('over'));
    }, seconds * 1000);
    gone.addEventListener('abort', this.leave, { once: true });
    if (gone.aborted) this.leave();
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  end(): void {
    clearTimeout(this.timer);
    this.gone.removeEventListener('abort', this.leave);
  }

  private readonly leave = (): void => {
    this.controller.abort(this.gone.reason);
  };
}
