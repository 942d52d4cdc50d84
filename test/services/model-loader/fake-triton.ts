import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { KEY_HEADER } from '../../../schema/server-pod';

/**
 * As much of Triton as a loader asks, as it is started by `tritonCommand`: explicit control, the model repository behind a key that it reads from a
 * file at its start, a model loaded from the folder of its name. Strict: what it does not know it remembers.
 */
export class FakeTriton {
  /** Actions in their order: `load <name>`, `unload <name>`. */
  readonly actions: string[] = [];
  /** What a loader should not do. */
  readonly wrong: string[] = [];
  /** Names that it cannot load. */
  readonly broken = new Set<string>();
  /** What the configuration of each loaded model said. */
  readonly loaded = new Map<string, string>();
  /** It answers nothing but that it is not there. */
  isDown = false;
  private key = '';

  private constructor(
    private readonly server: Server,
    private readonly repository: string,
    private readonly keyFile: string,
  ) {}

  static async start(repository: string, keyFile: string): Promise<FakeTriton> {
    const server = createServer();
    const triton = new FakeTriton(server, repository, keyFile);
    server.on('request', (request, response) => {
      request.resume().on('end', () => {
        const path = request.url ?? '';
        const { status, body } = triton.answer(`${request.method ?? ''} ${path}`, request.headers[KEY_HEADER]);
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return triton;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** It ends and comes back, with nothing loaded and the key that lies there. */
  restart(): void {
    this.loaded.clear();
    this.key = '';
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(asked: string, key: string | string[] | undefined): { status: number; body: unknown } {
    if (this.isDown) return { status: 503, body: {} };
    if (this.key === '') this.key = existsSync(this.keyFile) ? readFileSync(this.keyFile, 'utf8') : 'none';
    if (key !== this.key) {
      this.wrong.push(`${asked} without the key`);
      return { status: 403, body: { error: `This API is restricted, expecting header '${KEY_HEADER}'` } };
    }
    if (asked === 'POST /v2/repository/index')
      return { status: 200, body: [...this.loaded.keys()].map((name) => ({ name, version: '1', state: 'READY' })) };
    const [, name = '', action = ''] = /^POST \/v2\/repository\/models\/([\w.-]+)\/(load|unload)$/.exec(asked) ?? [];
    if (action === '') {
      this.wrong.push(asked);
      return { status: 404, body: {} };
    }
    this.actions.push(`${action} ${name}`);
    if (action === 'unload') {
      this.loaded.delete(name);
      return { status: 200, body: {} };
    }
    if (this.loaded.has(name)) this.wrong.push(`${asked} while it is loaded`);
    const folder = join(this.repository, name);
    const config = existsSync(folder) ? readFileSync(join(folder, 'config.pbtxt'), 'utf8') : '';
    const file = /^default_model_filename: "(.*)"$/m.exec(config)?.[1] ?? 'none';
    if (this.broken.has(name) || !existsSync(join(folder, '1', file)))
      return { status: 400, body: { error: `failed to load '${name}', something secret` } };
    this.loaded.set(name, config);
    return { status: 200, body: {} };
  }
}
