import { z } from 'zod';
import { BUCKET_PREFIXES, type DataClass } from '../../schema/vocabulary';

/** One object that a message asks to be worked on. */
export interface Call {
  readonly key: string;
  /** @default - the newest one, in a bucket without versions */
  readonly version: string | undefined;
  /** When S3 had it, ISO 8601. */
  readonly recordedAt: string;
}

export type Order =
  | { readonly kind: 'calls'; readonly calls: readonly Call[] }
  /** What S3 sends when a bucket's notifications change. */
  | { readonly kind: 'test' }
  /** The rule that it breaks, without what broke it. */
  | { readonly kind: 'refused'; readonly rule: string };

/**
 * A record, as far as the worker reads it. SNS delivers it raw.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html (2026-11-26)
 */
const recordSchema = z.object({
  eventName: z.string(),
  eventTime: z.iso.datetime(),
  s3: z.object({
    bucket: z.object({ name: z.string() }),
    object: z.object({
      key: z.string().min(1),
      versionId: z.string().min(1).nullish(),
      size: z.number().optional(),
      eTag: z.string().optional(),
      sequencer: z.string().optional(),
    }),
  }),
});
const bodySchema = z.object({ Records: z.array(recordSchema).min(1) });
const testSchema = z.object({ Service: z.string(), Event: z.literal('s3:TestEvent') });

/** `ObjectCreated:Put` in a record, `s3:ObjectCreated:*` where a bucket is told. */
const CREATED = /^(?:s3:)?ObjectCreated:/;

/** Reads the body of a message. One record that is refused refuses all of them: nothing of a forged message is run. */
export function readMessage(body: string, bucket: string, dataClass: DataClass): Order {
  const refused = (rule: string): Order => ({ kind: 'refused', rule });
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return refused('it is no JSON');
  }
  if (testSchema.safeParse(value).success) return { kind: 'test' };
  const parsed = bodySchema.safeParse(value);
  if (!parsed.success) return refused('it is no event of S3');
  const prefix = `${BUCKET_PREFIXES.raw}${dataClass}/`;
  const calls: Call[] = [];
  for (const { eventName, eventTime, s3 } of parsed.data.Records) {
    const key = decoded(s3.object.key);
    if (!CREATED.test(eventName)) return refused('it tells of something else than a new object');
    if (s3.bucket.name !== bucket) return refused('it names another bucket');
    if (key?.startsWith(prefix) !== true || key === prefix)
      return refused("its key is not below the class's raw prefix");
    calls.push({ key, version: s3.object.versionId ?? undefined, recordedAt: eventTime });
  }
  return { kind: 'calls', calls };
}

/** A key in an event is encoded as a form is: a blank is a plus. */
function decoded(key: string): string | undefined {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
