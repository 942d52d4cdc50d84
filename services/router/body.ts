import type { IncomingMessage } from 'node:http';
import { Gone, Refusal } from './answers';
import type { Memory } from './memory';

export interface BodyLimits {
  /** Bytes. */
  readonly most: number;
  readonly seconds: number;
  /** What Retry-After says where memory is full, seconds. */
  readonly retryAfterSeconds: number;
}

/** A request's body in memory, until it is let go. */
export interface Body {
  readonly bytes: Buffer;
  readonly letGo: () => void;
}

/** What the headers alone say against a body. @throws Refusal */
export function checkHeaders({ headers }: IncomingMessage, most: number): void {
  // A model server would unpack it, and read what nobody here has.
  if ((headers['content-encoding'] ?? 'identity') !== 'identity')
    throw new Refusal('encoding', `content-encoding: got one, allowed none; send the body as it is`);
  if (Number(headers['content-length'] ?? 0) > most) throw tooLarge(most);
}

/**
 * Reads a body whole.
 * @throws Refusal where it is too large, too late, cut, or memory is full; Gone where the client is
 */
export async function readBody(
  request: IncomingMessage,
  memory: Memory,
  tenant: string,
  limits: BodyLimits,
): Promise<Body> {
  let taken = 0;
  const letGo = (): void => {
    memory.give(tenant, taken);
    taken = 0;
  };
  try {
    const bytes = await whole(request, limits, (length) => {
      const answer = memory.take(tenant, length);
      if (answer === 'taken') taken += length;
      return answer;
    });
    return { bytes, letGo };
  } catch (error) {
    letGo();
    throw error;
  }
}

function whole(
  request: IncomingMessage,
  { most, seconds, retryAfterSeconds }: BodyLimits,
  take: (bytes: number) => ReturnType<Memory['take']>,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      request.off('data', data).off('end', done).off('close', gone).off('error', gone);
      settle();
    };
    const fail = (error: Error): void => {
      end(() => {
        request.pause();
        reject(error);
      });
    };
    const data = (chunk: Buffer): void => {
      length += chunk.length;
      if (length > most) {
        fail(tooLarge(most));
        return;
      }
      const answer = take(chunk.length);
      if (answer === 'taken') chunks.push(chunk);
      else fail(full(answer, retryAfterSeconds));
    };
    const done = (): void => {
      end(() => {
        resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, length));
      });
    };
    const gone = (): void => {
      fail(new Gone());
    };
    const timer = setTimeout(() => {
      fail(new Refusal('body-late', `body: got none whole within ${seconds} seconds; send it faster`));
    }, seconds * 1000);
    request.on('data', data).once('end', done).once('close', gone).once('error', gone);
  });
}

const tooLarge = (most: number): Refusal =>
  new Refusal('too-large', `body: allowed at most ${most} bytes; send less at once`);

function full(whose: 'tenant' | 'all', retryAfterSeconds: number): Refusal {
  return whose === 'tenant'
    ? new Refusal('queue-full', 'body: got more bytes than this tenant may have waiting; try again', retryAfterSeconds)
    : new Refusal('memory-full', 'body: got more bytes than the router can hold now; try again', retryAfterSeconds);
}
