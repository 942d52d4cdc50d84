import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { decoded } from '../../../services/dataset-builder/manifest';
import { S3Stub } from '../../support/s3-stub';
import {
  ACME,
  BIRCH,
  built,
  DURING,
  fill,
  recipeOf,
  recordLine,
  scope,
  SECRET,
  type Stored,
  STORE,
} from './sample-data';

let stub: S3Stub;
let stored: Stored[];
beforeEach(async () => {
  stub = await S3Stub.start();
  stored = fill(stub);
});
afterEach(async () => {
  expect(stub.unknown).toEqual([]);
  await stub.stop();
});

const keysOf = (objects: readonly { readonly key: string }[]): string[] => objects.map(({ key }) => key).sort();

describe('a dataset', () => {
  test('names the version of every object that was recorded on its days, over all pages and files, compressed ones too', async () => {
    const { manifest, path, reported } = await built(stub);
    expect(manifest.objects.map(({ tenant, key, version }) => ({ tenant, key, version }))).toEqual(
      stored.toSorted((a, b) => (a.tenant + a.key < b.tenant + b.key ? -1 : 1)),
    );
    expect(manifest).toMatchObject({
      name: 'notes',
      environment: 'sample',
      grant: 'notes-quality',
      purpose: 'quality-assurance',
      ticket: 'DATA-124',
      end: '2027-01-16T00:00:00Z',
      tenants: ['acme', 'birch'],
      limits: { objects: 1000, bytes: 1_073_741_824 },
      totals: { objects: 24, bytes: 2400 },
    });
    expect(reported).toEqual([
      { event: 'listed', tenant: 'acme', class: 'text', seen: 12, matched: 12, unreadable: 0 },
      { event: 'listed', tenant: 'birch', class: 'text', seen: 12, matched: 12, unreadable: 0 },
      { event: 'written', objects: 24, bytes: 2400, unreadable: 0 },
    ]);
    const [bytes = ''] = stub.bodies(STORE)[`datasets/notes-quality/${path}`] ?? [];
    expect(decoded(Buffer.from(bytes), path.slice('notes/'.length, -'.json'.length))).toEqual(manifest);
    expect(bytes).not.toContain(ACME);
  });

  test('is the same, and written once, for the same recipe and data', async () => {
    const first = await built(stub, { recipe: recipeOf({ sample: 7 }) });
    const again = await built(stub, { recipe: recipeOf({ sample: 7 }) });
    const other = await built(stub, { recipe: recipeOf({ sample: 7, seed: 1 }) });
    expect(again.path).toBe(first.path);
    expect(first.manifest.totals.objects).toBe(7);
    expect(keysOf(other.manifest.objects)).not.toEqual(keysOf(first.manifest.objects));
    const bodies = stub.bodies(STORE);
    expect(Object.keys(bodies).sort()).toEqual(
      [first.path, other.path].map((path) => `datasets/notes-quality/${path}`).sort(),
    );
    for (const versions of Object.values(bodies)) expect(versions).toHaveLength(1);
  });

  test('stops at its volume limit', async () => {
    const { manifest } = await built(stub, { recipe: recipeOf({ maxGiB: 0.001, sample: 1000 }) });
    expect(manifest.totals.objects).toBe(24);
    const big = stub.put(ACME, 'raw/text/big.json', 'x');
    const line = JSON.stringify({ object_key: 'raw/text/big.json', object_version: big, bytes: 2_000_000 });
    stub.put(ACME, 'derived/text/records/day=2026-11-02/big.json', line);
    const limited = await built(stub, { recipe: recipeOf({ maxGiB: 0.001, sample: 1000 }) });
    expect(limited.manifest.totals.objects).toBeLessThan(25);
    expect(keysOf(limited.manifest.objects)).not.toContain('raw/text/big.json');
    expect(limited.manifest.totals.bytes).toBeLessThanOrEqual(limited.manifest.limits.bytes);
  });

  test('takes the tenants, days and filters of its recipe', async () => {
    const { manifest } = await built(stub, {
      recipe: recipeOf({
        tenants: ['birch'],
        from: '2026-11-02',
        to: '2026-11-02',
        filters: { languages: ['DE'], minSeconds: 30, maxSeconds: 200 },
      }),
    });
    // Of those on the second day (1, 4, 7, 10) the even ones are German, and last ten times their number.
    expect(keysOf(manifest.objects)).toEqual([10, 4].map((i) => `raw/text/${SECRET}/birch-${i}.json`).sort());
    expect(stub.requests.join('\n')).not.toContain(ACME);
  });

  test('of raw objects names the newest versions by the day of their arrival, and none that was deleted', async () => {
    const [first, second] = stored.filter(({ tenant }) => tenant === 'acme');
    if (first === undefined || second === undefined) throw new Error('got no object, expected twelve');
    const newer = stub.put(ACME, first.key, 'newer', new Date('2026-11-03T00:00:00Z'));
    stub.put(ACME, second.key, undefined, new Date('2026-11-03T00:00:00Z'));
    stub.put(ACME, 'raw/text/later.json', 'later', new Date('2026-11-04T00:00:00Z'));
    stub.put(ACME, 'raw/audio/other.wav', 'other', new Date('2026-11-02T00:00:00Z'));
    const { manifest } = await built(stub, { recipe: recipeOf({ origin: 'raw', tenants: ['acme'] }) });
    expect(manifest.totals.objects).toBe(11);
    expect(manifest.objects.find(({ key }) => key === first.key)?.version).toBe(newer);
    expect(keysOf(manifest.objects)).not.toContain(second.key);
    expect(keysOf(manifest.objects).every((key) => key.startsWith('raw/text/') && !key.includes('later'))).toBe(true);
  });

  test('counts lines that are no record, or name what is no raw object of the class, and takes none of them', async () => {
    const lines = [
      '{',
      '[]',
      'null',
      '{"object_key":"raw/text/a"}',
      recordLine('raw/audio/a.wav', 'v', 1),
      recordLine('models/x', 'v', 1),
    ];
    stub.put(ACME, 'derived/text/records/day=2026-11-01/odd.json', `${lines.join('\n')}\n`);
    const { manifest, reported } = await built(stub);
    expect(manifest.totals.objects).toBe(24);
    expect(reported.at(-1)).toEqual({ event: 'written', objects: 24, bytes: 2400, unreadable: lines.length });
  });

  test('reads a file again whose answer broke off, and takes nothing twice', async () => {
    stub.broken.set('derived/text/records/day=2026-11-01/part-0.json', 2);
    expect((await built(stub)).manifest.totals.objects).toBe(24);
    stub.broken.set('derived/text/records/day=2026-11-01/part-0.json', 3);
    await expect(built(stub)).rejects.toThrow(
      /^tenants: got \w+ while text of 'acme' was listed, allowed an answer of S3; run it again$/,
    );
  });

  test('reads no raw object, and says no key and no text', async () => {
    const { reported, path } = await built(stub);
    expect(stub.requests.filter((request) => /\/raw\/./.test(request))).toEqual([]);
    expect(JSON.stringify([reported, path])).not.toContain(SECRET);
  });
});

describe('no dataset is built', () => {
  const nothingWritten = (): void => {
    expect(stub.bodies(STORE)).toEqual({});
  };

  test('after the grant has ended, not even a list is asked for', async () => {
    await expect(built(stub, { now: () => new Date('2027-01-16T00:00:00Z') })).rejects.toMatchObject({
      exitCode: 3,
      message:
        "grant: got 'notes-quality', which ended at 2027-01-16T00:00:00Z, allowed a grant that is open; ask for a new one with a ticket of its own",
    });
    expect(stub.requests).toEqual([]);
  });

  test('where the grant ends meanwhile', async () => {
    const times = [DURING, new Date('2027-01-16T00:00:01Z')];
    await expect(built(stub, { now: () => times.shift() ?? DURING })).rejects.toMatchObject({ exitCode: 3 });
    nothingWritten();
  });

  test('where tenants are closed, and every one of them is named', async () => {
    stub.closed.add(ACME).add(BIRCH);
    await expect(built(stub)).rejects.toMatchObject({
      exitCode: 3,
      message:
        "tenants: got no access to 'acme', 'birch', allowed tenants that are active and not being erased; take them out of the recipe, or wait until they are open",
    });
    nothingWritten();
  });

  test('where a bucket is of another account than it should be', async () => {
    await expect(built(stub, { scope: { ...scope, account: '999999999999' } })).rejects.toMatchObject({ exitCode: 3 });
    const foreign = { ...scope, store: { ...scope.store, account: '999999999999' } };
    await expect(built(stub, { scope: foreign })).rejects.toMatchObject({
      exitCode: 3,
      message:
        'store: got AccessDenied while the manifest was written, allowed an answer of S3; ask whether the grant has ended',
    });
    nothingWritten();
  });

  test('where nothing matches', async () => {
    await expect(built(stub, { recipe: recipeOf({ from: '2025-01-01', to: '2025-01-02' }) })).rejects.toMatchObject({
      exitCode: 4,
      message: "recipe: got no object of 'notes' within its days, filters and maxGiB, allowed at least 1; widen it",
    });
    nothingWritten();
  });
});
