/**
 * The last quarter of a VPC's IPv4 block, such as `10.16.192.0/18` of `10.16.0.0/16`: where the address plan puts the system
 * subnets of every zone, and so the interface endpoints. The quarters before it are the zones' isolated subnets, where pods are.
 * The VPC is planned on the other side, in CDK; a test holds the two together.
 */
export function systemBlock(vpcCidr: string): string {
  const [address = '', length = ''] = vpcCidr.split('/');
  const prefix = Number(length) + 2;
  const first = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0) + 3 * 2 ** (32 - prefix);
  const parts = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
  return `${parts.join('.')}/${prefix}`;
}
