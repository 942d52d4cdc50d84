import { setTimeout as wait } from 'node:timers/promises';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { EnvironmentFaults } from '../../schema/faults';
import { clusterObjectNames } from '../../schema/names';
import { ROUTER_EXITS, ROUTER_GRACE_SECONDS, ROUTER_OPERATIONS_PORT } from '../../schema/router-config';
import { Configuration } from './configuration';
import { door } from './door';
import { Identity } from './identity';
import { issuerOf } from './issuer';
import { type Keys, type KeyTimes, remoteKeys } from './keys';
import { logger } from './log';
import { Metrics } from './metrics';
import { operations } from './operations';
import { Pools } from './pools';
import { RouterState } from './state';

/** Where the router listens. */
export interface Ports {
  readonly door: number;
  readonly operations: number;
}

export interface RunOptions {
  /** Path of the configuration. */
  readonly file: string;
  /** Fires when the router is told to end. */
  readonly signal: AbortSignal;
  /** Takes a line of standard output. */
  readonly write: (line: string) => void;
  /** Takes a line of standard error. */
  readonly complain: (line: string) => void;
  /** @default - those of the contract; 0 is one that is free */
  readonly ports?: Ports;
  /** Address to listen on. @default - every one of the pod */
  readonly host?: string;
  /** Told of the ports once the router listens. @default - nobody */
  readonly listening?: (ports: Ports) => void;
  /** Pauses in milliseconds. @default - those of TIMES */
  readonly times?: Partial<Times>;
}

export interface Times {
  /** Between two questions to servers that are not there. */
  readonly probe: number;
  /** Between two looks at the configuration. */
  readonly look: number;
  /** Between two tries for the issuer's first keys. */
  readonly keys: number;
  /** From the signal to the end of answers under way. */
  readonly grace: number;
  /** See KeyTimes. @default - its own */
  readonly keyTimes: KeyTimes | undefined;
}

const TIMES: Times = { probe: 500, look: 2000, keys: 1000, grace: ROUTER_GRACE_SECONDS * 1000, keyTimes: undefined };
/** Longest time in which connections without an answer under way are looked for once the router stops, milliseconds. */
const IDLE_MS = 50;

/** Runs a router until it is told to end. @returns how the process is to end, one of ROUTER_EXITS; it throws nothing */
export async function run(options: RunOptions): Promise<number> {
  const { file, signal, write, complain, ports, host = '::' } = options;
  const times = { ...TIMES, ...options.times };
  const log = logger(write);
  let configuration: Configuration;
  let keys: Keys;
  let issuer: string;
  try {
    configuration = new Configuration({
      file,
      log,
      changed: (config) => {
        state.set(config);
      },
      refused: (isRefused) => {
        state.metrics.configuration(isRefused);
      },
    });
    issuer = await issuerOf(configuration.current.identity, file);
    keys = await remoteKeys(configuration.current.identity, times.keyTimes);
  } catch (error) {
    complain(
      error instanceof EnvironmentFaults
        ? error.message
        : `${file}: file: got ${kindOf(error)}, allowed a file that can be read; mount it`,
    );
    return ROUTER_EXITS.configuration;
  }
  const pools = new Pools(times.probe);
  const identity = new Identity(issuer, keys);
  const state = new RouterState(configuration.current, identity, pools, new Metrics(pools), log);
  let areKeysThere = false;
  const doors = { door: door(state), operations: operations(state, () => areKeysThere) };
  const over = new AbortController();
  try {
    await doors.operations.listen({ host, port: ports?.operations ?? ROUTER_OPERATIONS_PORT });
    await doors.door.listen({ host, port: ports?.door ?? clusterObjectNames.routerPort });
  } catch (error) {
    complain(`ports: got ${kindOf(error)}, allowed ports that are free; end what listens on them`);
    pools.destroy();
    await Promise.all([doors.operations.close(), doors.door.close(), keys.close()]);
    return ROUTER_EXITS.unavailable;
  }
  configuration.watch(times.look);
  void firstKeys(keys, times.keys, over.signal).then((got) => {
    areKeysThere = got;
  });
  const listening = { door: portOf(doors.door), operations: portOf(doors.operations) };
  log('started', { ...listening, pools: configuration.current.pools.length });
  options.listening?.(listening);
  await fired(signal);
  log('stopping', {});
  over.abort();
  configuration.stop();
  state.isStopping = true;
  pools.stop();
  const cut = await closed(doors.door, times.grace);
  pools.destroy();
  await Promise.all([doors.operations.close(), keys.close()]);
  log('stopped', { cut: cut ? 1 : 0 });
  return ROUTER_EXITS.stopped;
}

/** Until then no token can be judged, and the router is not ready. @returns whether they were got before the signal fired */
async function firstKeys(keys: Keys, pause: number, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    try {
      await keys.load();
      return true;
    } catch {
      await wait(pause, undefined, { ref: false });
    }
  }
  return false;
}

/**
 * Takes no connection any more, and waits for the answers that are under way.
 * @returns whether some had to be cut at the end of the grace
 */
async function closed(app: FastifyInstance, graceMs: number): Promise<boolean> {
  let isCut = false;
  const idle = setInterval(() => {
    app.server.closeIdleConnections();
  }, IDLE_MS);
  const grace = setTimeout(() => {
    isCut = true;
    app.server.closeAllConnections();
  }, graceMs);
  await app.close();
  clearInterval(idle);
  clearTimeout(grace);
  return isCut;
}

const portOf = (app: FastifyInstance): number => (app.server.address() as AddressInfo).port;

function fired(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener(
      'abort',
      () => {
        resolve();
      },
      { once: true },
    );
  });
}

/** What another error says may name a path or an address. */
function kindOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'an error';
  const { code, name } = error as { readonly code?: unknown; readonly name?: unknown };
  if (typeof code === 'string') return code;
  return typeof name === 'string' ? name : 'an error';
}
