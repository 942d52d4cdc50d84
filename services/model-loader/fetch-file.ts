import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ReleaseFile } from '../../schema/release-manifest';
import { PART_BYTES, type Place, type Source } from './bucket';
import { LeftOut } from './errors';

/** Parts of one file that are asked for ahead of the one that is written. */
const AHEAD = 4;

/**
 * Fetches a file by parts and hashes what it writes. A file that is there was hashed before; one that a loader before this left unfinished is
 * hashed and gone on with.
 * @returns bytes that came over the network
 * @throws LeftOut
 */
export async function fetchFile(
  source: Source,
  place: Place,
  { bytes, sha256 }: ReleaseFile,
  target: string,
): Promise<number> {
  const unfinished = `${target}.unfinished`;
  if (await isThere(target)) return 0;
  await mkdir(dirname(target), { recursive: true });
  const hash = createHash('sha256');
  const begin = await goOn(unfinished, bytes, hash);
  const came = await append(source, place, { begin, bytes }, unfinished, hash);
  if (hash.digest('hex') === sha256) {
    await rename(unfinished, target);
    return came;
  }
  await rm(unfinished, { force: true });
  // What was left unfinished may be to blame.
  if (begin > 0) return came + (await fetchFile(source, place, { path: '', bytes, sha256 }, target));
  throw new LeftOut('damaged');
}

/** @returns how many whole parts are there already, in bytes; they are in the hash */
async function goOn(file: string, bytes: number, hash: Hash): Promise<number> {
  const size = (await isThere(file)) ? (await stat(file)).size : 0;
  const begin = Math.floor(Math.min(size, bytes) / PART_BYTES) * PART_BYTES;
  if (begin > 0) for await (const chunk of createReadStream(file, { end: begin - 1 })) hash.update(chunk as Buffer);
  return begin;
}

async function append(
  source: Source,
  place: Place,
  { begin, bytes }: { readonly begin: number; readonly bytes: number },
  file: string,
  hash: Hash,
): Promise<number> {
  const handle = await open(file, begin === 0 ? 'w' : 'r+');
  const coming: Promise<Uint8Array>[] = [];
  try {
    await handle.truncate(begin);
    let next = begin;
    let written = begin;
    while (written < bytes) {
      for (; next < bytes && coming.length < AHEAD; next += PART_BYTES)
        coming.push(quiet(source.part(place, next, Math.min(next + PART_BYTES, bytes))));
      const part = await (coming.shift() as Promise<Uint8Array>);
      if (part.length !== Math.min(PART_BYTES, bytes - written)) throw new LeftOut('damaged');
      hash.update(part);
      await handle.write(part, 0, part.length, written);
      written += part.length;
    }
    return written - begin;
  } finally {
    await Promise.allSettled(coming);
    await handle.close();
  }
}

/** A part that fails is heard of when it is its turn. */
function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
