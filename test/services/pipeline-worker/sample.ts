import type { Stage } from '../../../schema/pipeline-job';

export const ID = 'a'.repeat(32);
export const BUCKET = 'a-bucket';

/** A record of S3 as a queue gets it. */
export function eventRecord(key: string, over: { bucket?: string; version?: string; name?: string } = {}): object {
  return {
    eventVersion: '2.5',
    eventSource: 'aws:s3',
    eventTime: '2026-11-25T10:00:00.000Z',
    eventName: over.name ?? 'ObjectCreated:Put',
    s3: {
      bucket: { name: over.bucket ?? BUCKET },
      object: {
        key,
        size: 3,
        eTag: 'e',
        sequencer: '00',
        ...(over.version === undefined ? {} : { versionId: over.version }),
      },
    },
  };
}

export const eventBody = (...records: readonly object[]): string => JSON.stringify({ Records: records });

/** A stage that is a script for Node. */
export const nodeStage = (name: string, script: string, timeoutSeconds = 60): Stage => ({
  name,
  command: [process.execPath, '-e', script],
  timeoutSeconds,
});

export const VARIABLES: Readonly<Record<string, string>> = {
  ATOLL_TENANT: 'acme',
  ATOLL_PIPELINE: 'text',
  ATOLL_QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/123456789012/a-queue',
  ATOLL_BUCKET: BUCKET,
  ATOLL_ACCOUNT: '123456789012',
  AWS_REGION: 'us-east-1',
  TMPDIR: '/scratch',
  ATOLL_STAGES: JSON.stringify([{ name: 'read', command: ['read-it'] }]),
};
