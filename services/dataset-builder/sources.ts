import { createGunzip } from 'node:zlib';
import type { Readable } from 'node:stream';
import {
  GetObjectCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  type ObjectVersion,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { DatasetScope } from '../../schema/dataset-scope';
import { daysOf, type Recipe } from '../../schema/recipe';
import { recordsPrefix } from '../../schema/records';
import { BUCKET_PREFIXES, type DataClass } from '../../schema/vocabulary';
import type { Entry } from './draw';
import { forEachLimited } from './limited';
import { linesOf } from './lines';
import { passes, recordOf } from './record';
import { isBrokenOff } from './s3-errors';

/** Where the objects of one tenant's class come from, and who takes them. */
export interface Listing {
  readonly client: S3Client;
  readonly scope: DatasetScope;
  readonly recipe: Recipe;
  readonly tenant: DatasetScope['tenants'][number];
  readonly dataClass: DataClass;
  readonly signal: AbortSignal;
  readonly take: (entry: Entry) => void;
}

/** What was seen of one tenant's class. */
export interface Seen {
  /** Records or objects of the days of the recipe. */
  seen: number;
  /** Those that passed its filters. */
  matched: number;
  /** Lines that are no record. */
  unreadable: number;
}

/** Files of records that are read at once: S3 answers each in some 100 ms, and one file's lines take less. */
const FILES_AT_ONCE = 8;
/** Times that a file is read before its fault is the Job's: the SDK repeats requests, and not a body that breaks off. */
const FILE_TRIES = 3;

/** Entries by the pipeline's records, day by day. */
export async function listRecords(listing: Listing): Promise<Seen> {
  const seen: Seen = { seen: 0, matched: 0, unreadable: 0 };
  for (const day of daysOf(listing.recipe)) {
    await forEachLimited(filesOf(listing, day), FILES_AT_ONCE, async (key) => {
      const file = await readFile(listing, key);
      seen.seen += file.seen;
      seen.matched += file.matched;
      seen.unreadable += file.unreadable;
    });
  }
  return seen;
}

async function* filesOf(listing: Listing, day: string): AsyncGenerator<string> {
  const { client, scope, tenant, dataClass, signal } = listing;
  const pages = paginateListObjectsV2(
    { client },
    { Bucket: tenant.bucket, ExpectedBucketOwner: scope.account, Prefix: `${recordsPrefix(dataClass)}day=${day}/` },
    { abortSignal: signal },
  );
  for await (const { Contents = [] } of pages) for (const { Key } of Contents) if (Key !== undefined) yield Key;
}

/** Reads a file of records; again from its start where its body breaks off, since what was taken twice counts once. */
async function readFile(listing: Listing, key: string): Promise<Seen> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await readOnce(listing, key);
    } catch (error) {
      if (!isBrokenOff(error) || listing.signal.aborted || attempt >= FILE_TRIES) throw error;
    }
  }
}

async function readOnce(listing: Listing, key: string): Promise<Seen> {
  const { client, scope, tenant, dataClass, recipe, signal, take } = listing;
  const request = { Bucket: tenant.bucket, ExpectedBucketOwner: scope.account, Key: key };
  const { Body } = await client.send(new GetObjectCommand(request), { abortSignal: signal });
  const seen: Seen = { seen: 0, matched: 0, unreadable: 0 };
  for await (const line of linesOf(plain(Body as Readable, key))) {
    if (line === '') continue;
    const record = line === undefined ? undefined : recordOf(line, tenant.id, dataClass);
    if (record === undefined) {
      seen.unreadable += 1;
      continue;
    }
    seen.seen += 1;
    if (!passes(record, recipe)) continue;
    seen.matched += 1;
    const { key: raw, version, bytes } = record;
    take({ tenant: tenant.id, key: raw, version, bytes });
  }
  return seen;
}

/** Athena reads compressed files by their ending, and so does this. */
function plain(body: Readable, key: string): AsyncIterable<Uint8Array> {
  if (!key.endsWith('.gz')) return body;
  const gunzip = createGunzip();
  body.on('error', (error) => gunzip.destroy(error));
  return body.pipe(gunzip);
}

/** Entries by the objects themselves: the newest version of each, where it is no delete marker, by the day of its arrival. */
export async function listRaw(listing: Listing): Promise<Seen> {
  const { tenant, recipe, take } = listing;
  const seen: Seen = { seen: 0, matched: 0, unreadable: 0 };
  for await (const { Key, VersionId, Size = 0, IsLatest, LastModified } of versionsOf(listing)) {
    const day = LastModified?.toISOString().slice(0, 10) ?? '';
    if (IsLatest !== true || day < recipe.from || day > recipe.to) continue;
    if (Key === undefined || VersionId === undefined || Key.endsWith('/')) continue;
    seen.seen += 1;
    seen.matched += 1;
    take({ tenant: tenant.id, key: Key, version: VersionId, bytes: Size });
  }
  return seen;
}

/** Page by page: the SDK has no paginator of versions. */
async function* versionsOf({ client, scope, tenant, dataClass, signal }: Listing): AsyncGenerator<ObjectVersion> {
  let next: { readonly KeyMarker?: string; readonly VersionIdMarker?: string } | undefined = {};
  while (next !== undefined) {
    const page: ListObjectVersionsCommandOutput = await client.send(
      new ListObjectVersionsCommand({
        Bucket: tenant.bucket,
        ExpectedBucketOwner: scope.account,
        Prefix: `${BUCKET_PREFIXES.raw}${dataClass}/`,
        ...next,
      }),
      { abortSignal: signal },
    );
    yield* page.Versions ?? [];
    const { NextKeyMarker, NextVersionIdMarker } = page;
    next =
      page.IsTruncated === true && NextKeyMarker !== undefined
        ? {
            KeyMarker: NextKeyMarker,
            ...(NextVersionIdMarker === undefined ? {} : { VersionIdMarker: NextVersionIdMarker }),
          }
        : undefined;
  }
}
