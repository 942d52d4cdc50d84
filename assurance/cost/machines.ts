import { EACH_NODE } from '../../schema/system-load';
import { HOURS } from '../idle/bill';
import type { Book, Entry } from './book';
import type { Pool, PricedType } from './pools';

/** What one pod asks of a machine. */
export interface PodSize {
  readonly cpuMillis: number;
  readonly memoryMiB: number;
  readonly gpus: number;
}

/**
 * What spot machines cost of their price on demand, at most as far as was seen: 36 to 57 % of it, as a mean of a region's zones, for c7i.xlarge,
 * g6.2xlarge and g6e.xlarge in us-east-1 and eu-central-1. It changes by the hour.
 * @see https://github.com/skypilot-org/skypilot-catalog/blob/00148f2af3672e2229b4f7bf8157d5a3f36e3c35/catalogs/v8/aws/vms.csv (2026-11-26)
 */
export const SPOT_SHARE = 0.6;
const SPOT = { of: SPOT_SHARE, unit: `hour, spot, as ${SPOT_SHARE * 100} % of on demand` };

const fits = (type: PricedType, pod: PodSize): boolean =>
  type.gpus >= pod.gpus &&
  type.freeCpuMillis >= pod.cpuMillis + EACH_NODE.cpuMillis &&
  type.freeMemoryMiB >= pod.memoryMiB + EACH_NODE.memoryMiB;

/** The machine that a pod gets: the cheapest of its pool that has it and the daemons of every node free. */
export const cheapestFor = (pool: Pool, pod: PodSize): PricedType | undefined =>
  pool.types.find((type) => fits(type, pod));

/** The machine that it gets when the cheaper families are sold out: of each family the cheapest that fits, of these the dearest. */
export function dearestFor(pool: Pool, pod: PodSize): PricedType | undefined {
  const seen = new Set<string>();
  return pool.types
    .filter((type) => {
      if (!fits(type, pod) || seen.has(type.family)) return false;
      seen.add(type.family);
      return true;
    })
    .at(-1);
}

/** Charges machines of a pool and their volumes, by the hour. @param always whether on-demand prices count: spot may not be had */
export function chargeMachines(
  book: Book,
  pool: Pool,
  type: PricedType,
  hours: number,
  entry: Entry,
  always = false,
): void {
  book.vcpuHours.set(pool.name, (book.vcpuHours.get(pool.name) ?? 0) + hours * type.vcpus);
  book.charge(entry, `instance ${type.name}`, hours, pool.spot && !always ? SPOT : undefined);
  chargeVolumes(book, pool, hours, entry);
}

function chargeVolumes(book: Book, { volumes }: Pool, hours: number, entry: Entry): void {
  const what = `volumes of ${entry.what}`;
  book.charge({ ...entry, what }, 'volume-gp3', (hours / HOURS) * volumes.gib);
  if (volumes.extraThroughput > 0)
    book.charge({ ...entry, what }, 'volume-gp3-throughput', (hours / HOURS) * volumes.extraThroughput);
}

/** What the volumes of one machine cost an hour, as `chargeMachines` charges them. */
export function hourlyVolumesUsd({ volumes }: Pool, { prices: { prices } }: Book): number {
  const monthly =
    volumes.gib * (prices['volume-gp3']?.usd ?? 0) +
    volumes.extraThroughput * (prices['volume-gp3-throughput']?.usd ?? 0);
  return monthly / HOURS;
}
