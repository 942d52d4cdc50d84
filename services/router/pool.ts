import { setTimeout as wait } from 'node:timers/promises';
import { Pool as Connections } from 'undici';
import type { PoolDemand, RouterPool } from '../../schema/router-config';
import { READY_PATHS } from './paths';
import { Turns } from './turns';

/** Milliseconds that a connection may take to come up. Where a Service has no server, most networks refuse at once, and some say nothing. */
const CONNECT_MS = 2000;

/** A pool of model servers behind one address, which may have none at the moment. */
export class Pool {
  readonly turns: Turns;
  readonly connections: Connections;
  private isUp = false;
  private isProbing = false;
  private isRetired = false;

  /** @param probeMs pause between questions to servers that are not there, milliseconds */
  constructor(
    public settings: RouterPool,
    private readonly probeMs: number,
  ) {
    this.turns = new Turns(settings);
    // One more than runs, so that a question whether it is ready never waits for an answer of a model.
    this.connections = new Connections(settings.url, {
      connections: 1024 + 1,
      pipelining: 1,
      connect: { timeout: CONNECT_MS },
    });
  }

  get demand(): PoolDemand {
    const { held, running } = this.turns;
    return { held, running, demand: held + running };
  }

  /** Whether nobody waits, runs, or will. */
  get isEmpty(): boolean {
    return this.turns.held === 0 && this.turns.running === 0;
  }

  set(settings: RouterPool): void {
    this.settings = settings;
    this.turns.limit(settings);
  }

  /** Somebody waits: asks whether there is a server, unless that is known or asked already. */
  wake(): void {
    if (!this.isUp && !this.isProbing && !this.isRetired) void this.probe(0);
  }

  /** Nothing answered: whoever comes waits until a server says that it is ready. */
  down(): void {
    if (!this.isUp) return;
    this.isUp = false;
    this.turns.open(false);
    if (!this.isProbing && !this.isRetired) void this.probe(this.probeMs);
  }

  /** Whoever waits is moved; what runs ends as it would. */
  retire(): void {
    if (this.isRetired) return;
    this.isRetired = true;
    this.turns.move();
    void this.connections.close();
  }

  /** Ends every connection. */
  destroy(): void {
    this.isRetired = true;
    this.turns.move();
    void this.connections.destroy();
  }

  private async probe(pause: number): Promise<void> {
    this.isProbing = true;
    await wait(pause, undefined, { ref: false });
    while (!this.isRetired && this.turns.held > 0 && !(await this.isReady()))
      await wait(this.probeMs, undefined, { ref: false });
    this.isProbing = false;
    // Nobody waited any more: whoever comes next asks anew.
    if (this.isRetired || this.turns.held === 0) return;
    this.isUp = true;
    this.turns.open(true);
  }

  private async isReady(): Promise<boolean> {
    try {
      const { statusCode, body } = await this.connections.request({
        path: READY_PATHS[this.settings.kind],
        method: 'GET',
        headersTimeout: CONNECT_MS,
        bodyTimeout: CONNECT_MS,
      });
      await body.dump();
      return statusCode === 200;
    } catch {
      return false;
    }
  }
}
