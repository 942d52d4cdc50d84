/** Why a request gets no answer of a model, as clients and logs see it. */
export type Reason =
  | 'not-found'
  | 'unauthenticated'
  | 'keys-unavailable'
  | 'forbidden'
  | 'encoding'
  | 'too-large'
  | 'queue-full'
  | 'memory-full'
  | 'body-late'
  | 'body-broken'
  | 'invalid'
  | 'hold-deadline'
  | 'stopping'
  | 'upstream-failed'
  | 'upstream-late'
  | 'fault';

const STATUS: Readonly<Record<Reason, number>> = {
  'not-found': 404,
  unauthenticated: 401,
  'keys-unavailable': 503,
  forbidden: 403,
  encoding: 415,
  'too-large': 413,
  'queue-full': 429,
  'memory-full': 503,
  'body-late': 408,
  'body-broken': 400,
  invalid: 400,
  'hold-deadline': 503,
  stopping: 503,
  'upstream-failed': 502,
  'upstream-late': 504,
  fault: 500,
};

/** What Retry-After says where no pool is known that says it. */
const RETRY_SECONDS = 5;

/** A request that is refused. Its message is for the client and names nothing of another tenant. */
export class Refusal extends Error {
  readonly status: number;
  readonly retryAfter: number | undefined;

  /** @param retrySeconds what Retry-After says with 429 and 503. @default 5 */
  constructor(
    readonly reason: Reason,
    message: string,
    retrySeconds: number = RETRY_SECONDS,
  ) {
    super(message);
    this.name = 'Refusal';
    this.status = STATUS[reason];
    this.retryAfter = this.status === 429 || this.status === 503 ? retrySeconds : undefined;
  }

  get headers(): Record<string, string> {
    return {
      'content-type': 'application/json',
      ...(this.retryAfter === undefined ? {} : { 'retry-after': String(this.retryAfter) }),
      ...(this.reason === 'unauthenticated' ? { 'www-authenticate': 'Bearer' } : {}),
    };
  }

  get body(): string {
    return JSON.stringify({ error: { code: this.reason, message: this.message } });
  }
}

/** The client has gone: there is nobody to answer. */
export class Gone extends Error {
  constructor() {
    super('the client has gone');
    this.name = 'Gone';
  }
}
