import { gzipSync } from 'node:zlib';
import { datasetScope, type DatasetScope } from '../../../schema/dataset-scope';
import { type Recipe, type RecipeInput, recipeSchema } from '../../../schema/recipe';
import { build, type BuildOptions, type Built } from '../../../services/dataset-builder/build';
import { sampleEnvironment } from '../../support/sample-environment';
import type { S3Stub } from '../../support/s3-stub';

const env = sampleEnvironment();
const [grant] = env.grants.filter(({ id }) => id === 'notes-quality');
const told = grant && datasetScope(env, grant);
if (told === undefined) throw new Error('the sample has no grant notes-quality');
/** Text of `acme` and `birch`, until 15 January. */
export const scope: DatasetScope = told;
export const ACME = 'atoll-sample-acme-222222222222';
export const BIRCH = 'atoll-sample-birch-222222222222';
export const STORE = 'atoll-sample-team-language-333333333333';

export const DURING = new Date('2026-12-01T08:00:00Z');
export const recipeOf = (over: Partial<RecipeInput> = {}): Recipe =>
  recipeSchema.parse({
    name: 'notes',
    classes: ['text'],
    from: '2026-11-01',
    to: '2026-11-03',
    sample: 1000,
    maxGiB: 1,
    ...over,
  });

/** A secret of each object, which nothing may say. */
export const SECRET = 'pseudonym-of-somebody';
const keyOf = (tenant: string, i: number): string => `raw/text/${SECRET}/${tenant}-${i}.json`;

export interface Stored {
  readonly tenant: string;
  readonly key: string;
  readonly version: string;
}

/** Puts that many raw objects of each tenant, of 100 bytes, and the records of them, on three days and in several files. */
export function fill(stub: S3Stub, count = 12): Stored[] {
  const stored: Stored[] = [];
  for (const [name, account] of [
    [ACME, '222222222222'],
    [BIRCH, '222222222222'],
    [STORE, '333333333333'],
  ] as const)
    stub.bucket(name, account);
  for (const { id: tenant, bucket } of scope.tenants) {
    const lines: Record<string, string[]> = {};
    for (let i = 0; i < count; i++) {
      const day = `2026-11-0${(i % 3) + 1}`;
      const key = keyOf(tenant, i);
      const version = stub.put(bucket, key, 'x'.repeat(100), new Date(`${day}T10:00:00Z`));
      stored.push({ tenant, key, version });
      (lines[`${day}/part-${i % 2}`] ??= []).push(recordLine(key, version, i));
    }
    for (const [place, records] of Object.entries(lines)) {
      const [day = '', part = ''] = place.split('/');
      const text = records.map((line) => `${line}\n`).join('');
      const zipped = part === 'part-1';
      stub.put(
        bucket,
        `derived/text/records/day=${day}/${part}.json${zipped ? '.gz' : ''}`,
        zipped ? gzipSync(text) : text,
      );
    }
  }
  return stored;
}

export const recordLine = (key: string, version: string, i: number): string =>
  JSON.stringify({
    object_key: key,
    object_version: version,
    bytes: 100,
    recorded_at: '2026-11-01 10:00:00',
    duration_seconds: i * 10,
    language: i % 2 === 0 ? 'de-AT' : 'en',
    subject: SECRET,
    text: `what ${SECRET} said`,
  });

/** Builds, and keeps what was reported. */
export async function built(
  stub: S3Stub,
  over: Partial<BuildOptions> = {},
): Promise<Built & { readonly reported: Readonly<Record<string, string | number>>[] }> {
  const reported: Readonly<Record<string, string | number>>[] = [];
  const result = await build({
    client: stub.client(),
    scope,
    recipe: recipeOf(),
    signal: new AbortController().signal,
    now: () => DURING,
    report: (line) => reported.push(line),
    ...over,
  });
  return { ...result, reported };
}
