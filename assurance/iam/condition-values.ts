import { NotUnderstood } from './not-understood';

/** IPv4 addresses from `first` to `last`, each as one number. */
export interface AddressRange {
  readonly first: number;
  readonly last: number;
}

/** @throws NotUnderstood where it is no decimal number */
export function numberOf(where: string, value: string): number {
  if (/^-?\d+(?:\.\d+)?$/.test(value)) return Number(value);
  throw new NotUnderstood([`${where}: got '${value}', allowed a decimal number`]);
}

const ISO = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2}))?$/;

/**
 * Whole seconds since 1970 of a date: ISO 8601 or a number of seconds
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date, 2026-11-25).
 * @throws NotUnderstood where it is neither, or has a part of a second
 */
export function secondsOf(where: string, value: string): number {
  const seconds = /^\d+$/.test(value) ? Number(value) : ISO.test(value) ? Date.parse(value) / 1000 : NaN;
  if (Number.isSafeInteger(seconds)) return seconds;
  throw new NotUnderstood([`${where}: got '${value}', allowed a date such as 2027-01-31T00:00:00Z`]);
}

/**
 * The addresses of an IPv4 block or of one address.
 * @throws NotUnderstood where it is none; IPv6 is not encoded
 */
export function addresses(where: string, value: string): AddressRange {
  const [address = '', length = '32', ...rest] = value.split('/');
  const number = addressOf(address);
  if (number === undefined || rest.length > 0 || !/^\d{1,2}$/.test(length) || Number(length) > 32)
    throw new NotUnderstood([`${where}: got '${value}', allowed an IPv4 address or block`]);
  const size = 2 ** (32 - Number(length));
  const first = Math.floor(number / size) * size;
  return { first, last: first + size - 1 };
}

/** An IPv4 address as one number; none where it is not one. */
export function addressOf(value: string): number | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(value)?.slice(1).map(Number);
  if (parts === undefined || parts.some((part) => part > 255)) return undefined;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

export const addressText = (address: number): string =>
  [24, 16, 8, 0].map((shift) => String(Math.floor(address / 2 ** shift) % 256)).join('.');
