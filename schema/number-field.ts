import { z } from 'zod';

/** What a number counts, and its bounds. */
export interface Range {
  /** As it stands behind a number, such as `GiB` or `US dollars a month`. */
  readonly unit: string;
  readonly min: number;
  readonly max: number;
}

/** A whole number. Its description ends in unit and bounds, made of the bounds themselves: words cannot fall behind numbers. */
export function wholeNumber(says: string, range: Range): z.ZodNumber {
  return z
    .number()
    .int()
    .min(range.min)
    .max(range.max)
    .describe(`${says} ${boundsOf(range)}`);
}

/** A whole number with a default, which ends the description too. */
export function wholeNumberOr(fallback: number, says: string, range: Range): z.ZodDefault<z.ZodNumber> {
  return wholeNumber(says, range)
    .default(fallback)
    .describe(`${says} ${boundsOf(range)} Default ${figure(fallback)}.`);
}

/** A number that may have a fraction. */
export function amount(says: string, range: Range): z.ZodNumber {
  return z
    .number()
    .min(range.min)
    .max(range.max)
    .describe(`${says} ${boundsOf(range)}`);
}

const boundsOf = ({ unit, min, max }: Range): string => `${figure(min)} to ${figure(max)} ${unit}.`;
const figure = (value: number): string => value.toLocaleString('en-US');
