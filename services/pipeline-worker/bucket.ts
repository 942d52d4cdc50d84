import { constants, createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { answerOf, Closed, Unreachable } from './errors';

/** How often a file is moved before the bucket counts as unreachable: the SDK repeats no body that is a stream, neither way. */
const MOVES = 4;
const FIRST_PAUSE_MS = 500;

export interface Got {
  readonly bytes: number;
  /** Empty in a bucket without versions. */
  readonly version: string;
}

/** The tenant's bucket. Every call names its owner, and none says a word of encryption: the bucket's own key is its default. */
export class Bucket {
  constructor(
    private readonly client: S3Client,
    readonly name: string,
    /** 12 digits; S3 refuses where another account owns a bucket of that name. */
    private readonly account: string,
  ) {}

  /**
   * Streams one object into a file. It asks for the newest version, since the right to read is of that alone.
   * @param version of the event, where it says one
   * @returns undefined where the object is no more, or was overwritten since: the newer version has an event of its own
   * @throws Closed, or Unreachable; the signal's reason where that fired
   */
  async download(
    key: string,
    version: string | undefined,
    file: string,
    signal: AbortSignal,
  ): Promise<Got | undefined> {
    const get = async (): Promise<Got | undefined> => {
      const got = await this.client.send(new GetObjectCommand(this.place(key)), { abortSignal: signal });
      if (version !== undefined && got.VersionId !== undefined && got.VersionId !== version) {
        (got.Body as Readable).destroy();
        return undefined;
      }
      const target = createWriteStream(file);
      await pipeline(got.Body as Readable, target, { signal });
      return { bytes: target.bytesWritten, version: got.VersionId ?? version ?? '' };
    };
    return this.answered(signal, () => repeated(get, signal));
  }

  /** @returns undefined where there is none, or it may not be read @throws Unreachable */
  async readText(key: string, signal: AbortSignal): Promise<string | undefined> {
    try {
      return await this.answered(signal, async () => {
        const got = await this.client.send(new GetObjectCommand(this.place(key)), { abortSignal: signal });
        return got.Body?.transformToString('utf8');
      });
    } catch (error) {
      if (error instanceof Closed) return undefined;
      throw error;
    }
  }

  /** @throws Closed, or Unreachable */
  async writeText(key: string, text: string, signal: AbortSignal): Promise<void> {
    await this.answered(signal, () =>
      this.client.send(new PutObjectCommand({ ...this.place(key), Body: text, ContentType: 'application/json' }), {
        abortSignal: signal,
      }),
    );
  }

  /** Puts a file, which no symbolic link may stand for. @throws Closed, or Unreachable */
  async upload(key: string, file: string, bytes: number, signal: AbortSignal): Promise<void> {
    const put = (): Promise<unknown> => {
      const Body = createReadStream(file, { flags: (constants.O_RDONLY | constants.O_NOFOLLOW) as unknown as string });
      return this.client
        .send(new PutObjectCommand({ ...this.place(key), Body, ContentLength: bytes }), { abortSignal: signal })
        .finally(() => Body.destroy());
    };
    await this.answered(signal, () => repeated(put, signal));
  }

  private place(key: string): { Bucket: string; Key: string; ExpectedBucketOwner: string } {
    return { Bucket: this.name, Key: key, ExpectedBucketOwner: this.account };
  }

  private async answered<T>(signal: AbortSignal, ask: () => Promise<T>): Promise<T | undefined> {
    try {
      return await ask();
    } catch (error) {
      if (signal.aborted) throw error;
      const answer = answerOf(error);
      if (answer === 'gone') return undefined;
      throw answer === 'closed' ? new Closed() : new Unreachable('bucket', error);
    }
  }
}

async function repeated<T>(move: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let pause = FIRST_PAUSE_MS, left = MOVES - 1; ; pause *= 2, left -= 1) {
    try {
      return await move();
    } catch (error) {
      if (signal.aborted || left === 0 || answerOf(error) !== 'fault') throw error;
      await wait(pause, undefined, { signal });
    }
  }
}
