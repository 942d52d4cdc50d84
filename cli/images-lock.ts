/** `atoll images lock`: records the digest of every upstream image and chart, where there is a network. */
import { renameSync, writeFileSync } from 'node:fs';
import type { Chart } from '../schema/charts';
import { type ImageLock, imageLockText } from '../schema/image-lock';
import { type Image, upstreamReference } from '../schema/images';
import { archiveDigest, manifestDigest, type RegistryOptions } from './images-registry';

export interface LockImagesArgs {
  readonly images: Readonly<Record<string, Image>>;
  readonly charts: Readonly<Record<string, Chart>>;
  /** The lock as it stands: a digest of the same reference that changed since is a fault. */
  readonly previous: ImageLock;
  /** Ids whose tag is known to have moved, `images/<id>` or `charts/<id>`. @default none */
  readonly acceptMoved?: readonly string[];
  readonly registry?: RegistryOptions;
}

interface Wanted {
  readonly room: 'images' | 'charts';
  readonly id: string;
  readonly reference: string;
  readonly kind: 'manifest' | 'archive';
  readonly resolve: () => Promise<string>;
}

/** What the lock's entry of a chart is read for: the reference without its scheme where a registry holds it. */
export function chartUpstreamReference(id: string, chart: Pick<Chart, 'upstream' | 'version'>): string {
  return chart.upstream.startsWith('oci://')
    ? `${chart.upstream.slice('oci://'.length)}:${chart.version}`
    : `${chart.upstream}/${id}:${chart.version}`;
}

function wanted(args: LockImagesArgs): Wanted[] {
  const list: Wanted[] = [];
  for (const [id, image] of Object.entries(args.images)) {
    const reference = upstreamReference(image);
    if (reference === undefined) continue;
    const resolve = (): Promise<string> => manifestDigest(reference, args.registry);
    list.push({ room: 'images', id, reference, kind: 'manifest', resolve });
  }
  for (const [id, chart] of Object.entries(args.charts)) {
    const reference = chartUpstreamReference(id, chart);
    const oci = chart.upstream.startsWith('oci://');
    const resolve = (): Promise<string> =>
      oci ? manifestDigest(reference, args.registry) : archiveDigest(chart.upstream, id, chart.version, args.registry);
    list.push({ room: 'charts', id, reference, kind: oci ? 'manifest' : 'archive', resolve });
  }
  return list;
}

/**
 * Asks the upstream registries for every digest and returns the whole lock.
 * @throws with every fault at once, one a line: the lock is whole or it is not changed at all.
 */
async function resolveLock(args: LockImagesArgs): Promise<ImageLock> {
  const lock: ImageLock = { charts: {}, images: {} };
  const faults: string[] = [];
  await Promise.all(
    wanted(args).map(async ({ room, id, reference, kind, resolve }) => {
      const path = `${room}/${id}`;
      try {
        const digest = await resolve();
        const before = args.previous[room][id];
        if (before?.reference === reference && before.digest !== digest && args.acceptMoved?.includes(path) !== true) {
          faults.push(
            `${path}: got ${digest} for ${reference}, allowed the recorded ${before.digest}; ` +
              `somebody moved the tag: find out why, then pass --accept-moved ${path}`,
          );
          return;
        }
        if (room === 'images') lock.images[id] = { reference, digest };
        else lock.charts[id] = { reference, digest, kind };
      } catch (error) {
        faults.push(`${path}: ${reference}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }),
  );
  if (faults.length > 0) throw new Error(faults.sort().join('\n'));
  return lock;
}

/** Resolves and writes the lock file whole, by a rename: a reader sees the old file or the new one. */
export async function lockImages(args: LockImagesArgs & { readonly file: string }): Promise<ImageLock> {
  const lock = await resolveLock(args);
  const unfinished = `${args.file}.${process.pid}`;
  writeFileSync(unfinished, imageLockText(lock));
  renameSync(unfinished, args.file);
  return lock;
}
