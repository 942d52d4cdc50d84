import { z } from 'zod';

const clientCidr = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,3}){3}\/(1[2-9]|2\d|3[0-2])$/, "an IPv4 block of /12 to /32 such as '10.200.0.0/16'");

/**
 * The organisation's network, from which people reach the API servers: EKS calls it the connected network.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html#private-access (2026-11-25)
 */
export const connectedNetworkSchema = z.strictObject({
  transitGatewayId: z
    .string()
    .regex(/^tgw-[0-9a-f]{17}$/, "a transit gateway id such as 'tgw-0123456789abcdef0'")
    .describe(
      'Transit gateway in the region, shared with both accounts before the first deploy (PREREQUISITES.md). A change replaces both ' +
        'attachments, and people are cut off meanwhile. An attachment costs 0.05 $/h, so 73 $ a month for both, and 0.02 $/GB.',
    ),
  cidrBlocks: z
    .array(clientCidr)
    .min(1)
    .max(20)
    .describe(
      "IPv4 blocks of the clients, such as VPN pools, as they arrive in the VPC: AWS Client VPN in a VPC's subnets puts their addresses " +
        "in place of its pool's. 1 to 20 blocks of /12 to /32, private, without overlap with a VPC or the addresses of Services.",
    ),
});
export type ConnectedNetworkSpec = z.output<typeof connectedNetworkSchema>;
