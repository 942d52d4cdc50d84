import { readFileSync } from 'node:fs';
import { EnvironmentFaults } from '../../schema/faults';
import { readRouterConfig } from '../../schema/read-router-config';
import type { RouterConfig } from '../../schema/router-config';
import type { Log } from './log';

export interface ConfigurationOptions {
  readonly file: string;
  readonly log: Log;
  /** Told of each configuration that takes over from another. */
  readonly changed: (config: RouterConfig) => void;
  /** Told whether what the file has now is refused. */
  readonly refused: (isRefused: boolean) => void;
}

/**
 * The configuration in a mounted file. It is read again and again and compared, since a ConfigMap comes as links that are exchanged, of which
 * watchers of the file system tell this or that.
 */
export class Configuration {
  private text: string;
  private config: RouterConfig;
  private timer: NodeJS.Timeout | undefined;

  /** @throws EnvironmentFaults with every fault of it; an error of the file system */
  constructor(private readonly options: ConfigurationOptions) {
    this.text = readFileSync(options.file, 'utf8');
    this.config = readRouterConfig(this.text, options.file);
  }

  get current(): RouterConfig {
    return this.config;
  }

  /** @param everyMs pause between two looks at the file, milliseconds */
  watch(everyMs: number): void {
    this.timer = setInterval(() => {
      this.look();
    }, everyMs).unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    const { file, log, changed, refused } = this.options;
    try {
      const text = readFileSync(file, 'utf8');
      if (text === this.text) return;
      this.text = text;
      const next = readRouterConfig(text, file);
      // Keys and their cache are made once: a router that changed whom it believes on the way would be hard to judge.
      if (JSON.stringify(next.identity) !== JSON.stringify(this.config.identity)) {
        refused(true);
        log('configuration-refused', {
          faults: [`${file}: identity: got another one, allowed the same; restart the router`],
        });
        return;
      }
      this.config = next;
      refused(false);
      changed(next);
      log('configuration', { pools: next.pools.length, tenants: next.tenants.length });
    } catch (error) {
      refused(true);
      const faults = error instanceof EnvironmentFaults ? error.message.split('\n') : [`${file}: got no readable file`];
      log('configuration-refused', { faults });
    }
  }
}
