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

const endpoint = z
  .string()
  .max(500)
  .regex(
    /^https:\/\/[a-z0-9.-]+\.[a-z]{2,63}(\/[\w.~%-]+)*\/?$/,
    "an address such as 'https://idp.example.com/oauth2/token'",
  );

const providerCidr = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,3}){3}\/(2\d|3[0-2])$/, "an IPv4 block of /20 to /32 such as '10.90.4.0/28'");

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html#oidc-requirements (2026-11-26) */
const signInSchema = z.strictObject({
  issuer: endpoint.describe("Issuer of the organisation's sign-in by OpenID Connect, as its tokens say it."),
  authorizationEndpoint: endpoint.describe('Where people are sent to sign in; their browsers alone go there.'),
  tokenEndpoint: endpoint.describe(
    'Where the load balancer changes a code for a token. Public DNS must answer for its host, with an address in cidrBlocks, and its ' +
      "certificate must be a public one. Of a sign-in on the internet this is a front of it in the organisation's network.",
  ),
  userInfoEndpoint: endpoint.describe('Where the load balancer asks who it is; reached as tokenEndpoint is.'),
  clientId: z
    .string()
    .regex(/^[\w.:/-]{1,200}$/, 'an id of 1 to 200 letters, digits and ._:/-')
    .describe('Id of the application that the sign-in has for this door.'),
  clientSecretArn: z
    .string()
    .regex(
      /^arn:aws:secretsmanager:[a-z]{2}-[a-z]+-\d:\d{12}:secret:[\w/+=.@-]+-[A-Za-z0-9]{6}$/,
      'the ARN of a secret with its six random characters',
    )
    .describe(
      "ARN of the secret of Secrets Manager in the research account and the region whose field `clientSecret` is the application's secret. " +
        'CloudFormation reads it at a deploy, and again when something else of the sign-in changes; the template has its ARN alone.',
    ),
  cidrBlocks: z
    .array(providerCidr)
    .min(1)
    .max(10)
    .describe(
      'IPv4 blocks where tokenEndpoint and userInfoEndpoint answer: 1 to 10 blocks of /20 to /32, private, without overlap with each ' +
        "other, a VPC, people's clients or the addresses of Services. Reached over the transit gateway of network.connectedNetwork.",
    ),
});

const peopleDoorSchema = z.strictObject({
  domainName: domainName.describe(
    'Domain below which each thing behind the door has its host name, such as mlflow.<domainName>, at most 253 characters, in a zone of ' +
      "the organisation's.",
  ),
  certificateArn: certificateArn.describe(
    'ARN of the certificate for *.domainName in ACM, in the research account and the region; it must be issued before the deploy.',
  ),
  signIn: signInSchema.describe("The organisation's sign-in: no request gets past the load balancer without it."),
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
  people: peopleDoorSchema
    .optional()
    .describe(
      "People's way to what runs in the research cluster for them and has an address: a load balancer that signs them in, at the price of the " +
        "product's. Needs network.connectedNetwork, whose clients alone it lets in, and something behind it. Default none.",
    ),
});

export type PeopleDoorSpec = z.output<typeof peopleDoorSchema>;
export type ProductDoorSpec = z.output<typeof productDoorSchema>;
