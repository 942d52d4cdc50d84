import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Pools } from './pools';
import type { Tokens } from './usage';

/** One request at its end. */
export interface Metered {
  readonly tenant: string;
  readonly model: string;
  readonly pool: string;
  readonly status: number;
  readonly heldSeconds: number;
  /** Seconds at a model server: what its time is charged by. */
  readonly serverSeconds: number;
  readonly tokens?: Tokens | undefined;
}

/** What Prometheus reads, by tenant where it is a tenant's. */
export class Metrics {
  private readonly registry = new Registry();
  private readonly requests = new Counter({
    name: 'atoll_router_requests_total',
    help: 'Requests of tenants that were let in, by the status of their answer',
    labelNames: ['tenant', 'model', 'pool', 'status'],
    registers: [this.registry],
  });
  private readonly tokens = new Counter({
    name: 'atoll_router_tokens_total',
    help: 'Tokens that servers say they worked on',
    labelNames: ['tenant', 'model', 'kind'],
    registers: [this.registry],
  });
  private readonly seconds = new Counter({
    name: 'atoll_router_server_seconds_total',
    help: 'Seconds that requests were at model servers',
    labelNames: ['tenant', 'model', 'pool'],
    registers: [this.registry],
  });
  private readonly held = new Histogram({
    name: 'atoll_router_held_seconds',
    help: 'Seconds that requests waited for a server and for their turn',
    labelNames: ['pool'],
    buckets: [0.001, 0.01, 0.1, 0.5, 1, 5, 15, 60, 180, 600],
    registers: [this.registry],
  });
  private readonly refusals = new Counter({
    name: 'atoll_router_refused_total',
    help: 'Requests that were not let in, by reason',
    labelNames: ['reason'],
    registers: [this.registry],
  });
  private readonly refusedConfiguration = new Gauge({
    name: 'atoll_router_configuration_refused',
    help: '1 while the file has a configuration that is wrong, and an older one holds',
    registers: [this.registry],
  });

  constructor(pools: Pools) {
    const registers = [this.registry];
    for (const state of ['held', 'running'] as const)
      new Gauge({
        name: `atoll_router_${state}`,
        help: state === 'held' ? 'Requests that wait' : 'Requests at model servers',
        labelNames: ['pool'],
        registers,
        collect() {
          this.reset();
          for (const [pool, demand] of Object.entries(pools.demand)) this.set({ pool }, demand[state]);
        },
      });
  }

  request({ tenant, model, pool, status, heldSeconds, serverSeconds, tokens }: Metered): void {
    this.requests.inc({ tenant, model, pool, status });
    this.held.observe({ pool }, heldSeconds);
    if (serverSeconds > 0) this.seconds.inc({ tenant, model, pool }, serverSeconds);
    if (tokens === undefined) return;
    this.tokens.inc({ tenant, model, kind: 'prompt' }, tokens.prompt);
    this.tokens.inc({ tenant, model, kind: 'completion' }, tokens.completion);
  }

  refused(reason: string): void {
    this.refusals.inc({ reason });
  }

  configuration(isRefused: boolean): void {
    this.refusedConfiguration.set(isRefused ? 1 : 0);
  }

  /** In Prometheus' text format. */
  text(): Promise<string> {
    return this.registry.metrics();
  }

  get contentType(): string {
    return this.registry.contentType;
  }
}
