import { S3ServiceException } from '@aws-sdk/client-s3';

/** What S3's refusal of a request means here. */
export type Answer = 'gone' | 'closed' | 'there' | 'fault';

/**
 * Codes by which S3 says that an object or a version is no more. With the right to list, which grants have, none of them hides a refusal.
 * `MethodNotAllowed` answers who asks for a version that is a delete marker.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html (2026-11-25)
 */
const GONE = ['NoSuchKey', 'NoSuchVersion', 'NotFound', 'MethodNotAllowed'];
/** Who asks may not: the tenant is suspended or erasing, or the grant has ended. A key that is disabled or going answers by KMS's codes. */
const CLOSED = ['AccessDenied', 'Forbidden', 'NoSuchBucket', 'KMS.DisabledException', 'KMS.KMSInvalidStateException'];

export function answerOf(error: unknown): Answer {
  if (!(error instanceof S3ServiceException)) return 'fault';
  if (GONE.includes(error.name)) return 'gone';
  if (CLOSED.includes(error.name)) return 'closed';
  return error.name === 'PreconditionFailed' ? 'there' : 'fault';
}

/** The error's kind without what it says: S3's own messages name buckets and keys. */
export function kindOf(error: unknown): string {
  const { name } = fieldsOf(error);
  return typeof name === 'string' ? name : 'an error';
}

/** Of a body that breaks off on its way: no request of the SDK, which would repeat it. */
const BROKEN: readonly unknown[] = ['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ERR_STREAM_PREMATURE_CLOSE'];

export function isBrokenOff(error: unknown): boolean {
  const { code, message } = fieldsOf(error);
  return BROKEN.includes(code) || message === 'aborted';
}

function fieldsOf(error: unknown): { readonly name?: unknown; readonly code?: unknown; readonly message?: unknown } {
  return typeof error === 'object' && error !== null ? error : {};
}
