import { InvalidArgumentError } from 'commander';
import { z } from 'zod';

/** An option that is a day of the calendar. */
export function day(value: string): string {
  const parsed = z.iso.date().safeParse(value);
  if (!parsed.success) throw new InvalidArgumentError(`got '${value}', allowed a day as YYYY-MM-DD`);
  return parsed.data;
}
