import { KEY_HEADER } from '../../schema/server-pod';

/** Longest answer to a question that takes no work, milliseconds. */
const ASKED_MS = 10_000;

/**
 * Triton beside the loader, by its HTTP API.
 * @see https://github.com/triton-inference-server/server/blob/e1db8a60/docs/protocol/extension_model_repository.md (looked up 2026-11-26)
 */
export class Triton {
  constructor(
    /** Without a path. */
    private readonly url: string,
    private readonly key: string,
    private readonly loadMs: number,
    private readonly signal: AbortSignal,
  ) {}

  /** @returns names of the models that are loaded; undefined where it does not answer */
  async loaded(): Promise<readonly string[] | undefined> {
    try {
      const answer = await this.post('index', ASKED_MS, '{"ready":true}');
      if (!answer.ok) return undefined;
      const index: unknown = await answer.json();
      return Array.isArray(index) ? index.flatMap((each: unknown) => readyName(each) ?? []) : undefined;
    } catch {
      return undefined;
    }
  }

  /** @returns whether it is loaded; undefined where the server does not answer */
  load(name: string): Promise<boolean | undefined> {
    return this.control(`models/${name}/load`);
  }

  unload(name: string): Promise<boolean | undefined> {
    return this.control(`models/${name}/unload`);
  }

  private async control(path: string): Promise<boolean | undefined> {
    try {
      const answer = await this.post(path, this.loadMs, '{}');
      // Its words are of the model; the server logs them.
      await answer.body?.cancel();
      return answer.ok;
    } catch {
      return undefined;
    }
  }

  private post(path: string, ms: number, body: string): Promise<Response> {
    return fetch(`${this.url}/v2/repository/${path}`, {
      method: 'POST',
      headers: { [KEY_HEADER]: this.key, 'content-type': 'application/json' },
      body,
      redirect: 'error',
      signal: AbortSignal.any([this.signal, AbortSignal.timeout(ms)]),
    });
  }
}

function readyName(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { name, state } = value as { readonly name?: unknown; readonly state?: unknown };
  // Asked for those that are ready, it leaves the word out or says it.
  return typeof name === 'string' && (state === undefined || state === 'READY') ? name : undefined;
}
