import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { isLostReceipt, Unreachable } from './errors';

export interface Message {
  /** The same at every receive, unlike the receipt. */
  readonly id: string;
  /** Of this receive: only the newest one is sure to delete the message. */
  readonly receipt: string;
  readonly body: string;
  /** How often it was received, this time included. */
  readonly receives: number;
}

/** What the worker does with its queue. Each throws Unreachable where there is no answer. */
export interface Queue {
  /** Waits for one message. @returns undefined where none came */
  receive(): Promise<Message | undefined>;
  /** Hides the message for so many seconds from now; 0 shows it at once. @returns false where it is no longer this worker's */
  hide(receipt: string, seconds: number): Promise<boolean>;
  /**
   * Deletes the message. SQS may say yes to an old receipt and keep the message, and may deliver a deleted one again: a second run writes
   * the same keys. @returns false where it is no longer this worker's
   * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessage.html (2026-11-26)
   */
  delete(receipt: string): Promise<boolean>;
}

export interface SqsQueueProps {
  readonly client: SQSClient;
  readonly url: string;
  /** Seconds that a receive waits, 0 to 20. */
  readonly wait: number;
  /** Seconds that a received message is hidden. */
  readonly visibility: number;
}

export function sqsQueue({ client, url, wait, visibility }: SqsQueueProps): Queue {
  const answered = async (asked: Promise<unknown>): Promise<boolean> => {
    try {
      await asked;
      return true;
    } catch (error) {
      if (isLostReceipt(error)) return false;
      throw new Unreachable('queue', error);
    }
  };
  return {
    async receive() {
      const { Messages = [] } = await client
        .send(
          new ReceiveMessageCommand({
            QueueUrl: url,
            // One in flight: a second Job shares the rest, and a machine that goes away returns one.
            MaxNumberOfMessages: 1,
            WaitTimeSeconds: wait,
            VisibilityTimeout: visibility,
            MessageSystemAttributeNames: ['ApproximateReceiveCount'],
          }),
        )
        .catch((error: unknown) => {
          throw new Unreachable('queue', error);
        });
      const [message] = Messages;
      if (message?.MessageId === undefined || message.ReceiptHandle === undefined) return undefined;
      return {
        id: message.MessageId,
        receipt: message.ReceiptHandle,
        body: message.Body ?? '',
        receives: Number(message.Attributes?.ApproximateReceiveCount ?? 1),
      };
    },
    hide: (receipt, seconds) =>
      answered(
        client.send(
          new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle: receipt, VisibilityTimeout: seconds }),
        ),
      ),
    delete: (receipt) => answered(client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: receipt }))),
  };
}
