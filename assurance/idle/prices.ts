import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UnreadableOutput } from '../output/unreadable';
import { isValues, shown } from '../output/values';

/**
 * How sure a price is.
 * - `price-list`: read in what a program made of AWS's price list.
 * - `price-page`: read in a transcription of AWS's page.
 * - `second-hand`: somebody quotes AWS.
 * - `memory`: nobody read it up; docs/open-claims.md lists it.
 */
const SURENESS = ['price-list', 'price-page', 'second-hand', 'memory'] as const;
export type Sureness = (typeof SURENESS)[number];

export interface Price {
  readonly usd: number;
  /** What one unit is. */
  readonly unit: string;
  readonly source: string;
  /** Day it was looked up, YYYY-MM-DD. */
  readonly checked: string;
  readonly sure: Sureness;
  /** Where and of when it was seen. */
  readonly seen: string;
}

export interface Prices {
  readonly region: string;
  readonly prices: Readonly<Record<string, Price>>;
}

/** @throws UnreadableOutput where there is no price file of the region, or one is not whole */
export function readPrices(region: string, folder = join(__dirname, 'prices')): Prices {
  const file = join(folder, `${region}.json`);
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const got = error instanceof Error ? error.message : String(error);
    throw new UnreadableOutput([
      `${file}: got no prices (${got}), allowed one file for each region; look its prices up`,
    ]);
  }
  const prices = isValues(value) ? value['prices'] : undefined;
  if (!isValues(value) || value['region'] !== region || value['currency'] !== 'USD' || !isValues(prices))
    throw new UnreadableOutput([`${file}: got no prices of ${region} in USD, allowed those only`]);
  const faults = Object.entries(prices).flatMap(([key, price]) =>
    isPrice(price) ? [] : [`${file}: ${key}: got ${shown(price)}, allowed a price with unit, source, day and sureness`],
  );
  if (faults.length > 0) throw new UnreadableOutput(faults);
  return { region, prices: prices as Prices['prices'] };
}

function isPrice(value: unknown): value is Price {
  if (!isValues(value)) return false;
  const { usd, unit, source, checked, sure, seen } = value;
  return (
    typeof usd === 'number' &&
    usd > 0 &&
    typeof unit === 'string' &&
    /^https:\/\//.test(String(source)) &&
    /^\d{4}-\d\d-\d\d$/.test(String(checked)) &&
    SURENESS.some((each) => each === sure) &&
    typeof seen === 'string'
  );
}
