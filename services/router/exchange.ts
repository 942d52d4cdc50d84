import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { Dispatcher } from 'undici';
import type { Rendered } from './prepared';
import { type AnswerReader, answerReader, type Tokens } from './usage';

export interface Exchange {
  readonly connections: Dispatcher;
  readonly path: string;
  readonly rendered: Rendered;
  /** Of this router: a server that takes a client's would let two tenants' requests meet. */
  readonly requestId: string;
  readonly answerSeconds: number;
  readonly silenceSeconds: number;
  readonly wantsUsage: boolean;
  /** Fires when the client has gone. */
  readonly signal: AbortSignal;
  /** Headers of the router's own for the answer. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface Outcome {
  /**
   * `answered`: in full. `unreached`: nothing was sent, so that it may be sent again. `late`, `failed`: no answer began, and the client has
   * none yet. `cut`: the answer, or its reader, ended on the way.
   */
  readonly end: 'answered' | 'unreached' | 'late' | 'failed' | 'cut';
  readonly status?: number;
  readonly bytes: number;
  readonly tokens?: Tokens;
}

/** Headers of an answer that a client sees. */
const PASSED = ['content-type', 'inference-header-content-length', 'retry-after'] as const;

/** Sends one request to a model server and its answer to the client, piece by piece as it comes. */
export function exchange(ask: Exchange, reply: ServerResponse): Promise<Outcome> {
  return new Promise((resolve) => {
    const { connections, path, rendered, signal } = ask;
    let controller: Dispatcher.DispatchController | undefined;
    let reader: AnswerReader | undefined;
    let status: number | undefined;
    let bytes = 0;
    const abort = (): void => {
      controller?.abort(signal.reason as Error);
    };
    const resume = (): void => {
      controller?.resume();
    };
    const end = (how: Outcome['end']): void => {
      signal.removeEventListener('abort', abort);
      reply.off('drain', resume);
      const tokens = reader?.tokens();
      resolve({
        end: how,
        bytes,
        ...(status === undefined ? {} : { status }),
        ...(tokens === undefined ? {} : { tokens }),
      });
    };
    const write = (chunk: Buffer | undefined): void => {
      if (chunk === undefined || reply.destroyed) return;
      bytes += chunk.length;
      if (!reply.write(chunk)) controller?.pause();
    };
    signal.addEventListener('abort', abort, { once: true });
    reply.on('drain', resume);
    connections.dispatch(
      {
        path,
        method: 'POST',
        headers: { ...rendered.headers, 'x-request-id': ask.requestId },
        body: rendered.body,
        headersTimeout: ask.answerSeconds * 1000,
        bodyTimeout: ask.silenceSeconds * 1000,
      },
      {
        onRequestStart: (started) => {
          controller = started;
          if (signal.aborted) abort();
        },
        onResponseStart: (_, code, headers) => {
          // 103 and its like are hints and no answers.
          if (code < 200) return;
          status = code;
          reader = answerReader(typeOf(headers), ask.wantsUsage);
          reply.writeHead(code, { ...passedHeaders(headers, reader), ...ask.headers });
          // The beginning of a stream is news by itself; of another answer it would be a packet more.
          if (isStream(headers)) reply.flushHeaders();
        },
        onResponseData: (_, chunk) => {
          write(reader === undefined ? chunk : reader.take(chunk));
        },
        onResponseEnd: () => {
          write(reader?.end());
          reply.end();
          end('answered');
        },
        onResponseError: (_, error) => {
          if (status !== undefined || signal.aborted) {
            // An end would look like that of the whole answer.
            reply.destroy();
            end('cut');
          } else if (controller === undefined) end('unreached');
          else end(codeOf(error) === 'UND_ERR_HEADERS_TIMEOUT' ? 'late' : 'failed');
        },
      },
    );
  });
}

function passedHeaders(headers: IncomingHttpHeaders, reader: AnswerReader | undefined): Record<string, string> {
  const passed = PASSED.flatMap((name) => {
    const value = headers[name];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  const length = headers['content-length'];
  // A reader of a stream leaves an event out.
  const counted = length !== undefined && !(reader !== undefined && isStream(headers));
  return { ...Object.fromEntries(passed), ...(counted ? { 'content-length': length } : {}) };
}

const isStream = (headers: IncomingHttpHeaders): boolean => typeOf(headers).startsWith('text/event-stream');

function typeOf({ 'content-type': type }: IncomingHttpHeaders): string {
  return typeof type === 'string' ? type : '';
}

const codeOf = (error: Error): unknown => (error as NodeJS.ErrnoException).code;
