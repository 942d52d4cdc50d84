import { z } from 'zod';
import recorded from './images.lock.json';

const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/, "a digest such as 'sha256:' and 64 hexadecimal digits");

/** What was read from an upstream registry, and of which version: an entry of another version does not count. */
const lockedImageSchema = z.strictObject({
  reference: z.string().min(1).describe('Upstream reference with tag that the digest was read for.'),
  digest: digest.describe('Digest of the manifest; of the index of all architectures where there is one.'),
});
export type LockedImage = z.output<typeof lockedImageSchema>;

const lockedChartSchema = z.strictObject({
  reference: z.string().min(1).describe('Upstream reference with version that the digest was read for.'),
  digest: digest.describe("Digest of the OCI manifest, or of the chart's archive."),
  kind: z
    .enum(['manifest', 'archive'])
    .describe(
      "'manifest': an OCI registry holds it. 'archive': a chart repository's index names the .tgz file's digest.",
    ),
});
export type LockedChart = z.output<typeof lockedChartSchema>;

/**
 * The digests of `images.lock.json`, by id. `atoll images lock` is the only thing that writes them, from what the upstream
 * registries answer; an id without an entry is not locked yet and is referred to by its tag.
 */
export const imageLockSchema = z.strictObject({
  charts: z.record(z.string(), lockedChartSchema),
  images: z.record(z.string(), lockedImageSchema),
});
export type ImageLock = z.output<typeof imageLockSchema>;

export const IMAGE_LOCK: ImageLock = imageLockSchema.parse(recorded);

/** The file's text for a lock: ids sorted, so that a change of one image is a change of its own lines. */
export function imageLockText(lock: ImageLock): string {
  const sorted = <T>(entries: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ charts: sorted(lock.charts), images: sorted(lock.images) }, null, 2)}\n`;
}
