import { setTimeout as wait } from 'node:timers/promises';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { LeftOut, reasonOf } from './errors';
import { Lanes } from './lanes';

/** Bytes of one request, and how many are under way at once: together what is in memory. S3 gives a connection about 90 MB/s. */
export const PART_BYTES = 8 * 2 ** 20;
const PARTS_AT_ONCE = 16;
const TRIES = 5;

export interface Place {
  readonly bucket: string;
  readonly key: string;
}

/** Reads objects by parts, with retries, of buckets that one account owns. */
export class Source {
  private readonly lanes = new Lanes(PARTS_AT_ONCE);

  constructor(
    private readonly client: S3Client,
    /** 12 digits; S3 refuses where another account owns the bucket. */
    private readonly account: string,
    private readonly pauseMs: number,
    private readonly signal: AbortSignal,
  ) {}

  /**
   * The bytes from one offset to another, the latter not among them; fewer where the object ends before.
   * @throws LeftOut; the signal's reason where that fired
   */
  part({ bucket, key }: Place, from: number, to: number): Promise<Uint8Array> {
    return this.lanes.use(async () => {
      for (let pause = this.pauseMs, left = TRIES - 1; ; pause *= 2, left -= 1) {
        this.signal.throwIfAborted();
        try {
          const asked = {
            Bucket: bucket,
            Key: key,
            ExpectedBucketOwner: this.account,
            Range: `bytes=${from}-${to - 1}`,
          };
          const got = await this.client.send(new GetObjectCommand(asked), { abortSignal: this.signal });
          const bytes = (await got.Body?.transformToByteArray()) ?? new Uint8Array();
          // One that ignores the range would send the whole object.
          if (bytes.length > to - from) throw new LeftOut('damaged');
          return bytes;
        } catch (error) {
          if (this.signal.aborted || error instanceof LeftOut) throw error;
          const reason = reasonOf(error);
          if (reason !== undefined) throw new LeftOut(reason);
          if (left === 0) throw new LeftOut('unreachable');
          await wait(pause, undefined, { signal: this.signal });
        }
      }
    });
  }
}
