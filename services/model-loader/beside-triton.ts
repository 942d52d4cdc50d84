import { setTimeout as wait } from 'node:timers/promises';
import { nameAtServer, type TritonModel, type TritonServerConfig } from '../../schema/server-config';
import { kindOf, LeftOut } from './errors';
import type { Configuration } from './follow';
import { Lanes } from './lanes';
import type { Log } from './log';
import type { Repository } from './repository';
import type { State } from './state';
import { named, type Store } from './store';
import type { Times } from './times';
import type { Triton } from './triton';

/** Triton's own default of `--model-load-thread-count`. */
const LOADS_AT_ONCE = 4;

interface Parts {
  readonly configuration: Configuration<TritonServerConfig>;
  readonly store: Store;
  readonly repository: Repository;
  readonly triton: Triton;
  readonly state: State;
  readonly log: Log;
  readonly times: Times;
  readonly signal: AbortSignal;
}

/** Keeps loaded at Triton what its configuration says, until it is told to end. What cannot be had keeps nothing else out. */
export class BesideTriton {
  /** When a release was left out, by its digest. */
  private readonly leftOut = new Map<string, number>();
  /** Digests that are being fetched. */
  private readonly coming = new Set<string>();
  /** When a name was no longer asked for. */
  private readonly gone = new Map<string, number>();
  /** Names that the server had loaded when it was last asked. */
  private known: readonly string[] = [];
  private readonly lanes = new Lanes(LOADS_AT_ONCE);

  constructor(private readonly parts: Parts) {}

  async run(): Promise<never> {
    const { configuration, times, signal, state } = this.parts;
    // Triton may start: it loads nothing by itself.
    state.tell({ started: true });
    for (;;) {
      await configuration.look();
      await this.fetchMissing();
      await this.keep();
      await wait(times.look, undefined, { signal });
    }
  }

  private get wanted(): readonly TritonModel[] {
    return this.parts.configuration.current.models;
  }

  /** Begins to fetch what is wanted and not there; the server serves meanwhile. */
  private async fetchMissing(): Promise<void> {
    const { store, signal } = this.parts;
    for (const digest of this.leftOut.keys())
      if (!this.wanted.some((model) => model.digest === digest)) this.leftOut.delete(digest);
    for (const model of this.wanted) {
      const { digest } = model;
      if (this.coming.has(digest) || this.isWaiting(digest) || (await store.has(model))) continue;
      this.coming.add(digest);
      void store
        .fetch(model)
        .catch((error: unknown) => {
          if (!signal.aborted) this.leaveOut(model, error instanceof LeftOut ? error.reason : kindOf(error));
        })
        .then(() => this.coming.delete(digest));
    }
  }

  /** Whether a release was left out so lately that it is not tried again yet. */
  private isWaiting(digest: string): boolean {
    const since = this.leftOut.get(digest);
    return since !== undefined && Date.now() - since < this.parts.times.retry;
  }

  /** Compares what the server has with what is wanted, and loads and unloads. */
  private async keep(): Promise<void> {
    const { triton, repository, store, state } = this.parts;
    const loaded = await triton.loaded();
    // A server that is gone, or came back with nothing: until all is loaded again, it is not to be asked.
    if (loaded === undefined || this.known.some((name) => !loaded.includes(name))) state.tell({ ready: false });
    if (loaded === undefined) return;
    const now = new Set(loaded);
    await Promise.all(this.wanted.map((model) => this.lanes.use(() => this.load(model, now))));
    await this.sayFarewell(now);
    this.known = [...now];
    const isSettled = this.wanted.every((model) => this.leftOut.has(model.digest) || now.has(nameAtServer(model)));
    if (isSettled && !state.isReady) state.tell({ ready: true });
    if (isSettled && this.gone.size === 0) await store.keepOnly(this.wanted);
    for (const name of await repository.names())
      if (!now.has(name) && !this.isWanted(name)) await repository.remove(name);
  }

  private async load(model: TritonModel, loaded: Set<string>): Promise<void> {
    const { repository, triton, store, log } = this.parts;
    const name = nameAtServer(model);
    const isThere = await repository.has(model);
    if ((loaded.has(name) && isThere) || this.isWaiting(model.digest) || !(await store.has(model))) return;
    const begin = Date.now();
    if (!isThere) {
      // Of one name, Triton wants the old unloaded before the new is loaded; the name is a common model's.
      if (loaded.has(name) && (await triton.unload(name)) !== true) return;
      loaded.delete(name);
      try {
        await repository.put(model, store.folderOf(model));
      } catch (error) {
        this.leaveOut(model, kindOf(error));
        return;
      }
    }
    const isLoaded = await triton.load(name);
    if (isLoaded === true) {
      loaded.add(name);
      this.leftOut.delete(model.digest);
      log('loaded', { ...named(model), ms: Date.now() - begin });
    } else if (isLoaded === false) this.leaveOut(model, 'not-loaded');
  }

  /** Unloads what nobody asks for any more, after a while: the router may still. */
  private async sayFarewell(loaded: Set<string>): Promise<void> {
    const { triton, repository, times, log } = this.parts;
    for (const name of loaded) {
      if (this.isWanted(name)) {
        this.gone.delete(name);
        continue;
      }
      const since = this.gone.get(name) ?? Date.now();
      this.gone.set(name, since);
      if (Date.now() - since < times.farewell || (await triton.unload(name)) !== true) continue;
      this.gone.delete(name);
      loaded.delete(name);
      await repository.remove(name);
      log('unloaded', { name });
    }
  }

  private isWanted(name: string): boolean {
    return this.wanted.some((model) => nameAtServer(model) === name);
  }

  private leaveOut(model: TritonModel, reason: string): void {
    this.leftOut.set(model.digest, Date.now());
    this.parts.log('left-out', { ...named(model), reason });
  }
}
