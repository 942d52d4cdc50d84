import { z } from 'zod';
import { compare } from '../faults';

const server = z.string().regex(/^[a-z][a-z0-9-]*[a-z]-(?:0|[1-9]\d{0,2})$/, "a server such as 'triton-0'");
const servers = z.record(z.string(), server);

/**
 * On which server each model lies, as `placement.lock.json` of an environment's folder says it: the only memory that placing has.
 * `atoll placement lock` writes it, people review it, and nothing that stands in it ever moves by itself.
 * docs/decisions/0026-where-models-lie.md
 */
export const placementRecordSchema = z.strictObject({
  common: servers.describe('Servers of the models of all tenants, by the id of the model type.'),
  tenants: z
    .record(z.string(), servers)
    .describe(
      "Servers of tenants' own models, by tenant and model type; of a tenant with dedicated serving also those of its copies of common models.",
    ),
});
export type PlacementRecord = z.output<typeof placementRecordSchema>;

export const NO_PLACEMENTS: PlacementRecord = { common: {}, tenants: {} };
/** Name of the file in an environment's folder. */
export const PLACEMENT_FILE = 'placement.lock.json';

/** The file's text: ids sorted, so that one tenant more is lines of its own and no other's. */
export function placementRecordText({ common, tenants }: PlacementRecord): string {
  const sorted = <T>(entries: Readonly<Record<string, T>>): [string, T][] =>
    Object.entries(entries).sort(([a], [b]) => compare(a, b));
  const whole = {
    common: Object.fromEntries(sorted(common)),
    tenants: Object.fromEntries(sorted(tenants).map(([id, own]) => [id, Object.fromEntries(sorted(own))])),
  };
  return `${JSON.stringify(whole, null, 2)}\n`;
}
