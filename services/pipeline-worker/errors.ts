/** What an AWS service's refusal means here. */
export type Answer = 'gone' | 'closed' | 'fault';

/**
 * Codes by which S3 says that an object or a version is no more. `MethodNotAllowed` answers who asks for a version that is a delete marker.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html (2026-11-26)
 */
const GONE = ['NoSuchKey', 'NoSuchVersion', 'NotFound', 'MethodNotAllowed'];
/**
 * One object may not be read or written: its key of encryption is disabled, it is archived, or the role may not. Without the right to list,
 * S3 answers for an object that is no more in the same way, so that this is a reason to try again and not to end.
 */
const CLOSED = [
  'AccessDenied',
  'Forbidden',
  'InvalidObjectState',
  'KMS.DisabledException',
  'KMS.KMSInvalidStateException',
];

export function answerOf(error: unknown): Answer {
  const kind = kindOf(error);
  if (GONE.includes(kind)) return 'gone';
  return CLOSED.includes(kind) ? 'closed' : 'fault';
}

/**
 * The message is no longer this worker's: it is deleted, visible again, or received by another. SQS says `InvalidParameterValue` of a receipt
 * whose time is over, for which its reference names no code.
 * @see https://repost.aws/knowledge-center/sqs-receipt-handle-error (2026-11-26)
 */
export function isLostReceipt(error: unknown): boolean {
  return /(?:^|\.)(?:ReceiptHandleIsInvalid|MessageNotInflight|InvalidParameterValue)/.test(kindOf(error));
}

/** The error's kind without what it says: messages of AWS name buckets and keys. */
export function kindOf(error: unknown): string {
  const { name, code } = fieldsOf(error);
  if (typeof code === 'string' && (name === undefined || name === 'Error')) return code;
  return typeof name === 'string' ? name : 'an error';
}

function fieldsOf(error: unknown): { readonly name?: unknown; readonly code?: unknown } {
  return typeof error === 'object' && error !== null ? error : {};
}

/** No answer of the queue or the bucket, after the SDK's own retries: the worker ends, and a further Job tries again. */
export class Unreachable extends Error {
  constructor(what: 'queue' | 'bucket', cause: unknown) {
    super(
      `${what}: got ${kindOf(cause)}, allowed an answer; look at the role's rights and the way to the service, the messages are in the queue again`,
      { cause },
    );
    this.name = 'Unreachable';
  }
}

/** One object may not be read or written. */
export class Closed extends Error {
  constructor() {
    super('bucket: got a refusal of one object');
    this.name = 'Closed';
  }
}
