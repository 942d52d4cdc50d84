import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import {
  CHECKPOINT_MAX_BYTES,
  CHECKPOINT_MAX_FILES,
  checkpointsPrefix,
  FILE_MAX_BYTES,
} from '../../schema/pipeline-job';
import type { DataClass } from '../../schema/vocabulary';
import type { Bucket } from './bucket';
import { eachOf } from './each-of';
import { Closed } from './errors';
import { filesBelow } from './files';

const AT_ONCE = 8;

/** What a checkpoint is made of. Files lie under their own hash: a manifest never names one that a later interruption has written over. */
const manifestSchema = z.strictObject({
  files: z
    .array(
      z.strictObject({
        path: z.string().regex(/^[^./\\\p{C}][^/\\\p{C}]*(?:\/[^./\\\p{C}][^/\\\p{C}]*)*$/u),
        bytes: z.number().int().min(0).max(FILE_MAX_BYTES),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .max(CHECKPOINT_MAX_FILES),
});
type Manifest = z.output<typeof manifestSchema>;

/** The checkpoint of one input in the bucket: a manifest under a known key, so that nothing is listed. */
export class Checkpoint {
  private readonly prefix: string;
  /** Whether the manifest in the bucket names files, as far as is known. */
  private kept = false;

  constructor(
    private readonly bucket: Bucket,
    dataClass: DataClass,
    id: string,
    private readonly folder: string,
  ) {
    this.prefix = `${checkpointsPrefix(dataClass)}${id}/`;
  }

  /**
   * Fills the folder. A manifest that is not there, may not be read or is damaged is no checkpoint, and the call begins anew.
   * @returns how many files there are
   */
  async restore(signal: AbortSignal): Promise<number> {
    const manifest = await this.manifest(signal);
    if (manifest === undefined || manifest.files.length === 0) return 0;
    this.kept = true;
    try {
      await eachOf(manifest.files, AT_ONCE, async (one) => {
        const file = join(this.folder, one.path);
        await mkdir(dirname(file), { recursive: true });
        const got = await this.bucket.download(this.fileKey(one.sha256), undefined, file, signal);
        if (got === undefined || (await hashOf(file)) !== one.sha256) throw new Closed();
      });
    } catch (error) {
      if (!(error instanceof Closed)) throw error;
      await rm(this.folder, { recursive: true });
      await mkdir(this.folder);
      return 0;
    }
    return manifest.files.length;
  }

  /**
   * Keeps what is in the folder, the manifest last.
   * @returns how many files; with none in it, what was kept before stays
   * @throws RuleBroken, and what the bucket throws
   */
  async save(signal: AbortSignal): Promise<number> {
    const limits = { files: CHECKPOINT_MAX_FILES, bytes: CHECKPOINT_MAX_BYTES };
    const found = await filesBelow(this.folder, 'ATOLL_CHECKPOINT', limits);
    if (found.length === 0) return 0;
    const files: Manifest['files'] = [];
    await eachOf(found, AT_ONCE, async ({ path, file, bytes }) => {
      const sha256 = await hashOf(file);
      await this.bucket.upload(this.fileKey(sha256), file, bytes, signal);
      files.push({ path, bytes, sha256 });
    });
    await this.write({ files: files.sort((a, b) => (a.path < b.path ? -1 : 1)) }, signal);
    return files.length;
  }

  /** Says that there is none, once the call is done. The worker may delete nothing: the files stay, under a manifest without them. */
  async clear(signal: AbortSignal): Promise<void> {
    if (this.kept) await this.write({ files: [] }, signal);
  }

  private async manifest(signal: AbortSignal): Promise<Manifest | undefined> {
    const text = await this.bucket.readText(`${this.prefix}manifest.json`, signal);
    if (text === undefined) return undefined;
    try {
      return manifestSchema.safeParse(JSON.parse(text)).data;
    } catch {
      return undefined;
    }
  }

  private write(manifest: Manifest, signal: AbortSignal): Promise<void> {
    return this.bucket.writeText(`${this.prefix}manifest.json`, JSON.stringify(manifest), signal);
  }

  private fileKey(sha256: string): string {
    return `${this.prefix}files/${sha256}`;
  }
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
