import { z } from 'zod';

const callerCidr = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,3}){3}\/(1[6-9]|2\d|3[0-2])$/, "an IPv4 block of /16 to /32 such as '10.80.0.0/20'");

const certificateArn = z
  .string()
  .regex(
    /^arn:aws:acm:[a-z]{2}-[a-z]+-\d:\d{12}:certificate\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    'the ARN of a certificate of ACM with its id',
  );

const domainName = z
  .string()
  .max(253)
  .regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/, "a host name such as 'router.example.com'");

const productDoorSchema = z.strictObject({
  domainName: domainName.describe(
    "Host name by which the product calls the router, at most 253 characters, in a zone of the organisation's: the certificate is for it, " +
      "and PREREQUISITES.md says what it points at. Of the product's choice; it is no part of any other name.",
  ),
  certificateArn: certificateArn.describe(
    'ARN of the certificate for domainName in ACM, in the production account and the region; it must be issued before the deploy. ' +
      'ACM renews it by itself while its record of validation stays in DNS.',
  ),
  cidrBlocks: z
    .array(callerCidr)
    .min(1)
    .max(20)
    .describe(
      'IPv4 blocks from which the product calls, as they arrive in the VPC by the transit gateway of network.connectedNetwork: 1 to 20 blocks of ' +
        "/16 to /32, private, without overlap with each other, a VPC, people's clients or the addresses of Services. Nobody else gets an " +
        'answer at the door; who gets one shows a token besides.',
    ),
});

/**
 * What listens for those outside of the clusters. Every door is optional and has an address inside of the VPC only.
 * docs/decisions/0032-the-doors.md
 */
export const doorsSchema = z.strictObject({
  product: productDoorSchema
    .optional()
    .describe(
      "The product's own way to the router of the production cluster: a load balancer with TLS, about 16 $ a month in us-east-1 and 20 $ in " +
        'eu-central-1 before traffic, idle or not. Needs network.connectedNetwork. Default none: pods of the cluster alone call the router.',
    ),
});

export type ProductDoorSpec = z.output<typeof productDoorSchema>;
