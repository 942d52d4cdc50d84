/** Limits of a pool, in requests. */
export interface TurnLimits {
  readonly running: number;
  readonly runningPerTenant: number;
  readonly heldPerTenant: number;
}

/** How waiting ends: it is this request's turn, or the pool is no more and the request has to look for its place anew. */
export type Turn = 'granted' | 'moved';

interface Waiter {
  readonly line: Line;
  readonly sequence: number;
  readonly end: (turn: Turn) => void;
}

interface Line {
  readonly tenant: string;
  held: number;
  running: number;
  readonly waiters: Waiter[];
}

/**
 * Whose turn it is at a pool: requests of one tenant in their order, tenants one after the other, so that however many one sends, each
 * other's next request is behind one of its at most. One tenant has a bounded share of what waits and of what runs.
 */
export class Turns {
  /** In the order of their turns. */
  private readonly lines = new Map<string, Line>();
  private isOpen = false;
  private isOver = false;
  private sequence = 0;
  private runningNow = 0;
  private heldNow = 0;

  constructor(private limits: TurnLimits) {}

  get running(): number {
    return this.runningNow;
  }

  get held(): number {
    return this.heldNow;
  }

  /** @returns undefined where the tenant has as many waiting as it may */
  enter(tenant: string): Place | undefined {
    const line = this.lines.get(tenant) ?? { tenant, held: 0, running: 0, waiters: [] };
    if (line.held >= this.limits.heldPerTenant) return undefined;
    this.lines.set(tenant, line);
    this.hold(line, 1);
    return new Place(this, line, ++this.sequence);
  }

  /** Gives turns from now on, or none until it is opened again. */
  open(isOpen: boolean): void {
    this.isOpen = isOpen;
    this.give();
  }

  limit(limits: TurnLimits): void {
    this.limits = limits;
    this.give();
  }

  /** Ends the waiting of all, and of whoever comes: the pool is no more, or the router stops. */
  move(): void {
    this.isOver = true;
    for (const line of [...this.lines.values()]) for (const waiter of line.waiters.splice(0)) waiter.end('moved');
  }

  /** @internal */
  wait(waiter: Waiter): void {
    if (this.isOver) {
      waiter.end('moved');
      return;
    }
    const { waiters } = waiter.line;
    // Who comes back from a server that was not there is before whoever came after it.
    const after = waiters.findIndex(({ sequence }) => sequence > waiter.sequence);
    waiters.splice(after === -1 ? waiters.length : after, 0, waiter);
    this.give();
  }

  /** @internal */
  withdraw(waiter: Waiter): void {
    const index = waiter.line.waiters.indexOf(waiter);
    if (index !== -1) waiter.line.waiters.splice(index, 1);
  }

  /** @internal */
  hold(line: Line, by: 1 | -1): void {
    line.held += by;
    this.heldNow += by;
    this.tidy(line);
  }

  /** @internal */
  run(line: Line, by: 1 | -1): void {
    line.running += by;
    this.runningNow += by;
    this.tidy(line);
    if (by === -1) this.give();
  }

  private give(): void {
    while (this.isOpen && this.runningNow < this.limits.running) {
      const line = this.next();
      const waiter = line?.waiters.shift();
      if (line === undefined || waiter === undefined) return;
      // To the end of the round.
      this.lines.delete(line.tenant);
      this.lines.set(line.tenant, line);
      this.run(line, 1);
      this.hold(line, -1);
      waiter.end('granted');
    }
  }

  private next(): Line | undefined {
    for (const line of this.lines.values())
      if (line.waiters.length > 0 && line.running < this.limits.runningPerTenant) return line;
    return undefined;
  }

  private tidy(line: Line): void {
    if (line.held === 0 && line.running === 0) this.lines.delete(line.tenant);
  }
}

/** One request's place at a pool, from its admission to its end. */
export class Place {
  private state: 'held' | 'running' | 'left' = 'held';

  /** @internal */
  constructor(
    private readonly turns: Turns,
    private readonly line: Line,
    private readonly sequence: number,
  ) {}

  /**
   * Waits for its turn.
   * @throws the signal's reason where that fires before
   */
  turn(signal: AbortSignal): Promise<Turn> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const abort = (): void => {
        this.turns.withdraw(waiter);
        reject(signal.reason as Error);
      };
      const waiter: Waiter = {
        line: this.line,
        sequence: this.sequence,
        end: (turn) => {
          signal.removeEventListener('abort', abort);
          if (turn === 'granted') this.state = 'running';
          resolve(turn);
        },
      };
      signal.addEventListener('abort', abort, { once: true });
      this.turns.wait(waiter);
    });
  }

  /** Waits again: its server was not there. Nothing of the request has been sent. */
  back(): void {
    if (this.state !== 'running') return;
    this.state = 'held';
    this.turns.hold(this.line, 1);
    this.turns.run(this.line, -1);
  }

  /** Gives its place to others, whatever it was; a second time does nothing. */
  leave(): void {
    const { state } = this;
    this.state = 'left';
    if (state === 'held') this.turns.hold(this.line, -1);
    if (state === 'running') this.turns.run(this.line, -1);
  }
}
