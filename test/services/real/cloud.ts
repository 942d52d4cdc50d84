import { randomUUID } from 'node:crypto';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { Stage } from '../../../schema/pipeline-job';
import { run } from '../../../services/pipeline-worker/run';
import type { Timing } from '../../../services/pipeline-worker/timing';
import { temporaryFolder } from '../../support/temporary';
import { eventBody, eventRecord } from '../pipeline-worker/sample';

const endpoint = process.env['ATOLL_TEST_ENDPOINT'];
if (endpoint === undefined)
  throw new Error('ATOLL_TEST_ENDPOINT: got nothing, allowed that of a server; npm run test:services');

/** What moto takes everybody for. */
const ACCOUNT = '123456789012';
const REGION = 'us-east-1';
/** Variables by which a process reaches the server, as a pod reaches AWS. */
export const AWS_VARIABLES = {
  AWS_ENDPOINT_URL: endpoint,
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_REGION: REGION,
};
const settings = { endpoint, region: REGION, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
export const s3 = new S3Client(settings);
export const sqs = new SQSClient(settings);

/** Short, so that a test can wait for all of them. */
export const SHORT: Timing = { visibility: 4, wait: 1, retry: 2, stageGrace: 5, grace: 20 };

export interface Ran {
  readonly code: number;
  readonly lines: readonly Readonly<Record<string, unknown>>[];
  readonly complaints: readonly string[];
}

/** A bucket with versions, a queue and its dead letters, as a tenant has them. */
export class Cloud {
  private constructor(
    readonly bucket: string,
    readonly queue: string,
    readonly deadLetters: string,
    readonly queueArn: string,
  ) {}

  static async start(): Promise<Cloud> {
    const name = `test-${randomUUID()}`;
    await s3.send(new CreateBucketCommand({ Bucket: name }));
    await s3.send(new PutBucketVersioningCommand({ Bucket: name, VersioningConfiguration: { Status: 'Enabled' } }));
    const deadLetters = await queueOf(`${name}-dead`, {});
    const redrive = JSON.stringify({ deadLetterTargetArn: await arnOf(deadLetters), maxReceiveCount: 5 });
    const queue = await queueOf(name, { RedrivePolicy: redrive, VisibilityTimeout: '4' });
    return new Cloud(name, queue, deadLetters, await arnOf(queue));
  }

  /** Puts an object and tells the queue of it, as S3 does. @returns its version */
  async call(key: string, body = 'abc'): Promise<string> {
    const version = await this.put(key, body);
    await this.send(eventBody(eventRecord(encodeURIComponent(key), { bucket: this.bucket, version })));
    return version;
  }

  async put(key: string, body: string): Promise<string> {
    const { VersionId = '' } = await s3.send(new PutObjectCommand({ Bucket: this.bucket, Key: key, Body: body }));
    return VersionId;
  }

  async send(body: string): Promise<void> {
    await sqs.send(new SendMessageCommand({ QueueUrl: this.queue, MessageBody: body }));
  }

  /** Keys below prefixes, without one below those that a pipeline writes, with the number of their versions. */
  async keys(...prefixes: string[]): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const Prefix of prefixes.length === 0 ? ['derived/', 'checkpoints/'] : prefixes) {
      const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: this.bucket, Prefix }));
      for (const { Key = '' } of Versions) counts[Key] = (counts[Key] ?? 0) + 1;
    }
    return counts;
  }

  /** When each object below a prefix was put. */
  async times(prefix: string): Promise<Record<string, number>> {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: this.bucket, Prefix: prefix }));
    return Object.fromEntries(Contents.map(({ Key = '', LastModified }) => [Key, LastModified?.getTime() ?? 0]));
  }

  async text(key: string): Promise<string> {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }));
    return (await Body?.transformToString()) ?? '';
  }

  /** How many messages can be received, and how many are hidden. */
  async waiting(queue = this.queue): Promise<{ visible: number; hidden: number }> {
    const { Attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: queue,
        AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
      }),
    );
    return {
      visible: Number(Attributes['ApproximateNumberOfMessages']),
      hidden: Number(Attributes['ApproximateNumberOfMessagesNotVisible']),
    };
  }

  /** What another receiver gets within a second. */
  async receive(queue = this.queue): Promise<Message[]> {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queue,
        WaitTimeSeconds: 1,
        VisibilityTimeout: 0,
        MessageSystemAttributeNames: ['ApproximateReceiveCount'],
      }),
    );
    return Messages;
  }

  variables(stages: readonly Stage[]): Record<string, string> {
    return {
      ATOLL_TENANT: 'acme',
      ATOLL_PIPELINE: 'text',
      ATOLL_QUEUE_URL: this.queue,
      ATOLL_BUCKET: this.bucket,
      ATOLL_ACCOUNT: ACCOUNT,
      TMPDIR: temporaryFolder(),
      HOME: temporaryFolder(),
      PATH: process.env['PATH'] ?? '',
      ATOLL_STAGES: JSON.stringify(stages),
      ...AWS_VARIABLES,
    };
  }

  /** Runs a worker in this process until it ends. */
  async work(
    stages: readonly Stage[],
    over: Partial<Timing> = {},
    signal = new AbortController().signal,
  ): Promise<Ran> {
    const lines: Readonly<Record<string, unknown>>[] = [];
    const complaints: string[] = [];
    const code = await run({
      variables: this.variables(stages),
      signal,
      write: (line) => lines.push(JSON.parse(line) as Readonly<Record<string, unknown>>),
      complain: (line) => complaints.push(line),
      clients: { s3, sqs },
      timing: { ...SHORT, ...over },
    });
    return { code, lines, complaints };
  }
}

async function queueOf(name: string, Attributes: Record<string, string>): Promise<string> {
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes }));
  return QueueUrl;
}

async function arnOf(queue: string): Promise<string> {
  const asked = new GetQueueAttributesCommand({ QueueUrl: queue, AttributeNames: ['QueueArn'] });
  return (await sqs.send(asked)).Attributes?.['QueueArn'] ?? '';
}
