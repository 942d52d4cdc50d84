/** Why a model is left out, as logs say it. */
export type Reason =
  /** No answer of S3, after retries. */
  | 'unreachable'
  /** S3 may not be asked for it: the server's role, the bucket, the key or the endpoint refuses, or another account owns the bucket. */
  | 'refused'
  /** An object is not there. */
  | 'missing'
  /** Bytes are not those of the digest. */
  | 'damaged'
  /** The manifest: its form, its owner, kinds of files, files, their size. */
  | 'format'
  | 'owner'
  | 'kind'
  | 'files'
  | 'size'
  /** Weights or a description of an adapter that the server would not start with. */
  | 'weights'
  /** The server did not load it; its own log says why. */
  | 'not-loaded';

export class LeftOut extends Error {
  constructor(readonly reason: Reason) {
    super(`release: got one that is ${reason}`);
    this.name = 'LeftOut';
  }
}

/**
 * Codes by which S3 says that an object is no more.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html (2026-11-26)
 */
const MISSING = ['NoSuchKey', 'NoSuchBucket', 'NotFound', 'MethodNotAllowed'];
/** Refusals that another try does not change. `InvalidRange`: an object shorter than the manifest says. */
const REFUSED = [
  'AccessDenied',
  'Forbidden',
  'InvalidObjectState',
  'KMS.DisabledException',
  'KMS.KMSInvalidStateException',
];

/** What an error of a request to S3 means; undefined where another try may help. */
export function reasonOf(error: unknown): Reason | undefined {
  const kind = kindOf(error);
  if (MISSING.includes(kind)) return 'missing';
  if (REFUSED.includes(kind)) return 'refused';
  return kind === 'InvalidRange' ? 'damaged' : undefined;
}

/** The error's kind without what it says: messages name buckets and keys. */
export function kindOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'an error';
  const { name, code } = error as { readonly name?: unknown; readonly code?: unknown };
  if (typeof code === 'string' && (name === undefined || name === 'Error')) return code;
  return typeof name === 'string' ? name : 'an error';
}
