/** First and last address of an IPv4 block as numbers. */
export interface Ipv4Block {
  readonly first: number;
  readonly last: number;
}

/** The block that a CIDR names; undefined where it is none, an octet is over 255 or the host bits are not 0. */
export function parseBlock(cidr: string): Ipv4Block | undefined {
  const [, address = '', length = ''] = /^(\d+\.\d+\.\d+\.\d+)\/(\d|[12]\d|3[0-2])$/.exec(cidr) ?? [];
  if (address === '') return undefined;
  const octets = address.split('.').map(Number);
  if (octets.some((octet) => octet > 255)) return undefined;
  const first = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  const size = 2 ** (32 - Number(length));
  return first % size === 0 ? { first, last: first + size - 1 } : undefined;
}

export const overlaps = (a: Ipv4Block, b: Ipv4Block): boolean => a.last >= b.first && b.last >= a.first;

/** Whether all of `inner` lies in `outer`. */
const holds = (outer: Ipv4Block, inner: Ipv4Block): boolean => outer.first <= inner.first && inner.last <= outer.last;

/**
 * Blocks that no route leads to from the internet, of which an organisation's networks have their addresses.
 * @see https://www.rfc-editor.org/rfc/rfc1918 and https://www.rfc-editor.org/rfc/rfc6598 (2026-11-25)
 */
export const PRIVATE_BLOCKS = ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16'] as const;

/** Whether all of the block lies in one of `PRIVATE_BLOCKS`. */
export function isPrivate(block: Ipv4Block): boolean {
  return PRIVATE_BLOCKS.some((cidr) => {
    const outer = parseBlock(cidr);
    return outer !== undefined && holds(outer, block);
  });
}
