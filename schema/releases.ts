import { z } from 'zod';
import { compare } from './faults';

/** Content hash of a release, adapter or head. */
export const digestSchema = z.string().regex(/^sha256:[0-9a-f]{64}$/, 'sha256: and 64 hexadecimal digits');

const digests = z.record(z.string(), digestSchema);

/**
 * Which release of each model is in service, as `releases.lock.json` of an environment's folder says it: the flow of a release writes it once a
 * person has approved. A model without an entry is served by nobody.
 */
export const releaseRecordSchema = z.strictObject({
  common: digests.describe('Digests of the models of all tenants, by the id of the model type.'),
  tenants: z.record(z.string(), digests).describe("Digests of tenants' own models, by tenant and model type."),
});
export type ReleaseRecord = z.output<typeof releaseRecordSchema>;

export const NO_RELEASES: ReleaseRecord = { common: {}, tenants: {} };
/** Name of the file in an environment's folder. */
export const RELEASES_FILE = 'releases.lock.json';

/** The file's text: ids sorted, so that one tenant's release is lines of its own and no other's. */
export function releaseRecordText({ common, tenants }: ReleaseRecord): string {
  const sorted = <T>(entries: Readonly<Record<string, T>>): [string, T][] =>
    Object.entries(entries).sort(([a], [b]) => compare(a, b));
  const whole = {
    common: Object.fromEntries(sorted(common)),
    tenants: Object.fromEntries(sorted(tenants).map(([id, own]) => [id, Object.fromEntries(sorted(own))])),
  };
  return `${JSON.stringify(whole, null, 2)}\n`;
}
