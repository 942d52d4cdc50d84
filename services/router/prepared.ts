/** What a model server is sent. */
export interface Rendered {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** A request that was read and found right; it is rendered when it is its turn, for the routes of that moment. */
export interface Prepared {
  /** Whether the client asked for the count of tokens at the end of a stream; where it did not, that is for the router alone. */
  readonly wantsUsage: boolean;
  /** @param model name at the servers @param salt of the tenant's part of their prefix cache */
  readonly render: (model: string, salt: string) => Rendered;
}

/** Takes what is wrong with a body: where, what is allowed, and the remedy. Values are the tenant's, and are not repeated. */
export type BodyFault = (path: string, allowed: string, remedy: string) => void;

/** One JSON object of a body; undefined for anything else. */
export function objectOf(bytes: Buffer): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(bytes.toString('utf8')) as unknown;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reports every key that is not allowed. */
export function checkKeys(
  value: Readonly<Record<string, unknown>>,
  allowed: readonly string[],
  at: string,
  report: BodyFault,
): void {
  for (const key of Object.keys(value))
    if (!allowed.includes(key)) report(`${at}${shortKey(key)}`, `allowed ${allowed.join(', ')}`, 'remove it');
}

/** A key is the client's word, so that no more of it is said than it takes to find it. */
const shortKey = (key: string): string => (/^[\w.-]{1,64}$/.test(key) ? key : 'a key');
