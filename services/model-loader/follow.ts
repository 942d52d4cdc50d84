import { readFile } from 'node:fs/promises';
import { EnvironmentFaults } from '../../schema/faults';
import { readServerConfig } from '../../schema/read-server-config';
import type { ServerConfig } from '../../schema/server-config';
import type { Log } from './log';

/**
 * The configuration in a mounted file. It is read again and again and compared, since a ConfigMap comes as links that are exchanged, of which
 * watchers of the file system tell this or that.
 */
export class Configuration<C extends ServerConfig = ServerConfig> {
  private refused = '';

  constructor(
    private readonly file: string,
    private text: string,
    /** The one that counts. */
    private config: C,
    private readonly log: Log,
  ) {}

  get current(): C {
    return this.config;
  }

  /** Looks at the file. What is no configuration of the same server changes nothing, and is reported once. */
  async look(): Promise<void> {
    const text = await readFile(this.file, 'utf8').catch(() => undefined);
    if (text === undefined || text === this.text || text === this.refused) return;
    try {
      const next = readServerConfig(text, this.file);
      const { server, engine, region, account } = this.config;
      const isSame =
        next.server === server && next.engine === engine && next.region === region && next.account === account;
      if (!isSame) throw new Error('another server');
      this.config = next as C;
      this.text = text;
      this.refused = '';
      this.log('configuration', { models: next.models.length });
    } catch (error) {
      this.refused = text;
      this.log('configuration-refused', { faults: error instanceof EnvironmentFaults ? error.faults.length : 1 });
    }
  }
}
