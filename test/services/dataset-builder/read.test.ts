import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { encoded, type Manifest } from '../../../services/dataset-builder/manifest';
import { fetchManifest, Reading, type ReadOptions } from '../../../services/dataset-builder/read';
import { S3Stub } from '../../support/s3-stub';
import { ACME, BIRCH, built, DURING, fill, recipeOf, scope, SECRET, type Stored, STORE } from './sample-data';

let stub: S3Stub;
let stored: Stored[];
let path: string;
let manifest: Manifest;
beforeEach(async () => {
  stub = await S3Stub.start();
  stored = fill(stub, 6);
  ({ path, manifest } = await built(stub));
});
afterEach(async () => {
  expect(stub.unknown).toEqual([]);
  await stub.stop();
});

const options = (over: Partial<ReadOptions> = {}): ReadOptions => ({
  client: stub.client(),
  scope,
  signal: new AbortController().signal,
  now: () => DURING,
  ...over,
});

async function readAll(reading: Reading): Promise<Record<string, string>> {
  const read: Record<string, string> = {};
  for await (const { tenant, key, body } of reading) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) chunks.push(chunk as Uint8Array);
    read[`${tenant} ${key}`] = Buffer.concat(chunks).toString();
  }
  return read;
}

describe('a dataset that is read', () => {
  test('gives every version that its manifest names, be there a newer one', async () => {
    const [first] = stored;
    stub.put(ACME, first?.key ?? '', 'newer');
    const fetched = await fetchManifest(path, options());
    expect(fetched).toEqual(manifest);
    const read = await readAll(new Reading(fetched, options()));
    expect(Object.keys(read).sort()).toEqual(stored.map(({ tenant, key }) => `${tenant} ${key}`).sort());
    expect(new Set(Object.values(read))).toEqual(new Set(['x'.repeat(100)]));
  });

  test('leaves out what is gone, and says how many of which tenant', async () => {
    for (const { tenant, key, version } of stored.slice(0, 2))
      stub.erase(tenant === 'acme' ? ACME : BIRCH, key, version);
    const reading = new Reading(manifest, options());
    expect(Object.keys(await readAll(reading))).toHaveLength(10);
    expect(reading.gone).toEqual({ acme: 2 });
    expect(Object.keys(await readAll(reading))).toHaveLength(10);
    expect(reading.gone).toEqual({ acme: 2 });
  });

  test('ends with the grant, in the middle too', async () => {
    let reads = 0;
    const now = (): Date => (reads++ < 3 ? DURING : new Date('2027-01-16T00:00:00Z'));
    await expect(readAll(new Reading(manifest, options({ now })))).rejects.toMatchObject({ exitCode: 3 });
    expect(stub.requests.filter((request) => request.includes('/raw/'))).toHaveLength(3);
    await expect(fetchManifest(path, options({ now }))).rejects.toMatchObject({ exitCode: 3 });
  });

  test('ends at a tenant that is closed, without a word of its objects', async () => {
    stub.closed.add(BIRCH);
    const error: unknown = await readAll(new Reading(manifest, options())).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      exitCode: 3,
      message: "tenants: got no access to 'birch', allowed an active tenant; read on when it is open",
    });
    expect(String(error)).not.toContain(SECRET);
  });

  test('ends at its volume limit, whatever its manifest says of sizes', async () => {
    const small = { ...manifest, limits: { ...manifest.limits, bytes: 250 } };
    await expect(readAll(new Reading(small, options()))).rejects.toMatchObject({
      message: 'manifest: got more than its 250 bytes, allowed its limit; build it with a greater maxGiB',
    });
  });
});

describe('a manifest', () => {
  test('of another grant, or of a tenant that the grant does not open, is not read', () => {
    const { tenants } = scope;
    expect(() => new Reading(manifest, options({ scope: { ...scope, grant: 'speech-eval' } }))).toThrow(
      "manifest: got one of grant 'notes-quality' of sample, allowed 'speech-eval' of sample and its tenants; build it with this grant",
    );
    const fewer = { ...scope, tenants: tenants.slice(0, 1) };
    expect(() => new Reading(manifest, options({ scope: fewer }))).toThrow(/^manifest: got one of grant/);
    const forged = { ...manifest, tenants: ['acme'] };
    return expect(readAll(new Reading(forged, options({ scope: fewer })))).rejects.toThrow(
      'manifest: got an object of a tenant that it does not list; build it again',
    );
  });

  test('lies under the hash of its bytes, and a changed one is refused', async () => {
    const key = `datasets/notes-quality/${path}`;
    const [bytes = ''] = stub.bodies(STORE)[key] ?? [];
    stub.put(STORE, key, bytes.replace('notes', 'mails'));
    await expect(fetchManifest(path, options())).rejects.toThrow(
      /^manifest: got bytes of the hash [0-9a-f]{64}, allowed/,
    );
    await expect(fetchManifest('../../x', options())).rejects.toThrow(
      "manifest: got '../../x', allowed <name>/<hash>.json; name it as the builder did",
    );
    await expect(fetchManifest(path.replace(/\w{8}\.json/, '00000000.json'), options())).rejects.toThrow(
      "manifest: got NoSuchKey, allowed one of the grant's own folder; build the dataset again",
    );
  });

  test.each([
    ['more objects than its totals', (m: Manifest) => ({ ...m, totals: { ...m.totals, objects: 1 } })],
    ['more bytes than its limits', (m: Manifest) => ({ ...m, limits: { ...m.limits, bytes: 1 } })],
    ['another form', (m: Manifest) => ({ ...m, format: 'atoll-dataset/2' as 'atoll-dataset/1' })],
    ['a key that there is not', (m: Manifest) => ({ ...m, bucket: ACME })],
  ])('with %s is refused', async (_, change) => {
    const { bytes, hash } = encoded(change(manifest));
    stub.put(STORE, `datasets/notes-quality/notes/${hash}.json`, bytes);
    await expect(fetchManifest(`notes/${hash}.json`, options())).rejects.toThrow(
      /^manifest: got .*; build the dataset again$/,
    );
  });

  test('has an object a line, in the order of their places, and the same bytes each time', () => {
    const { bytes, hash } = encoded(manifest);
    expect(encoded(manifest).hash).toBe(hash);
    const lines = bytes
      .toString()
      .split('\n')
      .filter((line) => line.startsWith('    {"tenant"'));
    expect(lines).toHaveLength(12);
    expect(lines).toEqual(lines.toSorted());
    expect(manifest.recipe).toEqual(recipeOf());
  });
});
