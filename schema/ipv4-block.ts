/** First and last address of an IPv4 block as numbers. */
export interface Ipv4Block {
  readonly first: number;
  readonly last: number;
}

/** The block that a CIDR names; undefined where an octet is over 255 or the host bits are not 0. */
export function parseBlock(cidr: string): Ipv4Block | undefined {
  const [address = '', length = ''] = cidr.split('/');
  const octets = address.split('.').map(Number);
  if (octets.some((octet) => octet > 255)) return undefined;
  const first = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  const size = 2 ** (32 - Number(length));
  return first % size === 0 ? { first, last: first + size - 1 } : undefined;
}

export const overlaps = (a: Ipv4Block, b: Ipv4Block): boolean => a.last >= b.first && b.last >= a.first;

/** Whether all of `inner` lies in `outer`. */
export const holds = (outer: Ipv4Block, inner: Ipv4Block): boolean =>
  outer.first <= inner.first && inner.last <= outer.last;
