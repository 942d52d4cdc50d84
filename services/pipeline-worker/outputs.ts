import { OUTPUT_MAX_BYTES, OUTPUT_MAX_FILES, outputsPrefix } from '../../schema/pipeline-job';
import { recordsPrefix } from '../../schema/records';
import type { DataClass } from '../../schema/vocabulary';
import type { Bucket } from './bucket';
import { eachOf } from './each-of';
import { filesBelow, type FoundFile, RuleBroken } from './files';

/** Puts at once: enough to fill a line with small files, few enough for the memory of a small pod. */
const PUTS_AT_ONCE = 8;
/** S3's own: 1,024 bytes, https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html (2026-11-26). */
const KEY_MAX_BYTES = 1024;
const ANY_ID = /^[0-9a-f]{32}(?=\.|$)/;

const FOLDER = 'ATOLL_OUTPUT';

/**
 * The files of a call, by the rules of its folder: plain files of plain names, no more and no bigger than the limits, each with the input's id
 * as a folder or as its name before the first dot, and with no other id. So the keys of two inputs are never the same.
 * @throws RuleBroken
 */
export async function outputsOf(folder: string, dataClass: DataClass, id: string): Promise<FoundFile[]> {
  const found = await filesBelow(folder, FOLDER, { files: OUTPUT_MAX_FILES, bytes: OUTPUT_MAX_BYTES });
  for (const { path } of found) {
    const segments = path.split('/');
    const ids = segments.flatMap((segment, i) => idOf(segment, i === segments.length - 1));
    if (!ids.includes(id))
      throw new RuleBroken(FOLDER, 'a path without the id of its input', 'ATOLL_INPUT_ID as a folder or as the name');
    if (ids.some((other) => other !== id))
      throw new RuleBroken(FOLDER, 'a path with another id', 'ATOLL_INPUT_ID alone of what is 32 hexadecimal digits');
    if (Buffer.byteLength(outputsPrefix(dataClass) + path) > KEY_MAX_BYTES)
      throw new RuleBroken(FOLDER, 'a longer key', `${KEY_MAX_BYTES} bytes`, 'shorten the path');
  }
  return found;
}

function idOf(segment: string, last: boolean): string[] {
  const [id] = ANY_ID.exec(segment) ?? [];
  return id === undefined || (!last && segment !== id) ? [] : [id];
}

/**
 * Puts the files, records behind all others: what a record names has to be there.
 * @throws what the bucket throws; some files may be there then, and the next run writes the same keys
 */
export async function uploadOutputs(
  bucket: Bucket,
  dataClass: DataClass,
  files: readonly FoundFile[],
  signal: AbortSignal,
): Promise<void> {
  const keyed = files.map((file) => ({ ...file, key: outputsPrefix(dataClass) + file.path }));
  const isRecord = ({ key }: { readonly key: string }): boolean => key.startsWith(recordsPrefix(dataClass));
  for (const some of [keyed.filter((file) => !isRecord(file)), keyed.filter(isRecord)])
    await eachOf(some, PUTS_AT_ONCE, ({ key, file, bytes }) => bucket.upload(key, file, bytes, signal));
}
