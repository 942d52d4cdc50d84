/**
 * The last quarter of a VPC's IPv4 block, such as `10.16.192.0/18` of `10.16.0.0/16`: where the address plan puts the system
 * subnets of every zone, and so the control plane's interfaces. The quarters before it are the zones' isolated subnets, where pods
 * are; its own last sixteenth is `endpointBlock`. The VPC is planned on the other side, in CDK; a test holds the two together.
 */
export const systemBlock = (vpcCidr: string): string => lastPart(vpcCidr, 2);

/**
 * The last sixteenth of a VPC's IPv4 block, such as `10.16.240.0/20` of `10.16.0.0/16`: the subnets of the interface endpoints and
 * of nothing else. No API server, no node and no pod has an address here.
 */
export const endpointBlock = (vpcCidr: string): string => lastPart(vpcCidr, 4);

/** The last block of those that have this many bits more than the given one. */
function lastPart(vpcCidr: string, bits: number): string {
  const [address = '', length = ''] = vpcCidr.split('/');
  const prefix = Number(length) + bits;
  const start = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const first = start + (2 ** bits - 1) * 2 ** (32 - prefix);
  const parts = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
  return `${parts.join('.')}/${prefix}`;
}
