import type { BadEnvironment } from './bad-environment';

const LINE = 'environments/test/index.ts:1: doors.product';
const CONNECTED = { transitGatewayId: 'tgw-0123456789abcdef0', cidrBlocks: ['10.200.0.0/16'] };
const certificate = (region: string, account: string): string =>
  `arn:aws:acm:${region}:${account}:certificate/0a1b2c3d-0000-4000-8000-00000000000a`;

/** A product with a door, in an environment that callers have a way to. */
const product = (over: Record<string, string | string[]> = {}): NonNullable<BadEnvironment['input']> => ({
  'network.connectedNetwork': CONNECTED,
  doors: {
    product: {
      domainName: 'router.example.com',
      certificateArn: certificate('eu-central-1', '100000000002'),
      cidrBlocks: ['10.80.0.0/20'],
      ...over,
    },
  },
});

const OWN = "name the product's own addresses, which are private";

/** People's door, which has nothing behind it as long as there is nothing of the kind. */
const people = (over: Record<string, string | string[]> = {}): NonNullable<BadEnvironment['input']> => ({
  'network.connectedNetwork': CONNECTED,
  doors: {
    people: {
      domainName: 'research.example.com',
      certificateArn: certificate('eu-central-1', '100000000003'),
      signIn: {
        issuer: 'https://login.example.com',
        authorizationEndpoint: 'https://login.example.com/authorize',
        tokenEndpoint: 'https://sign-in.example.com/token',
        userInfoEndpoint: 'https://sign-in.example.com/userinfo',
        clientId: 'atoll-test',
        clientSecretArn: 'arn:aws:secretsmanager:eu-central-1:100000000003:secret:sign-in-Ab12Cd',
        cidrBlocks: ['10.90.4.0/28'],
        ...over,
      },
    },
  },
});

const PEOPLE = 'environments/test/index.ts:1: doors.people';
const NOTHING = `${PEOPLE}: got a door with nothing behind it, allowed where something is; leave it out until there is`;

export const doorCases: readonly BadEnvironment[] = [
  {
    name: "people's door with nothing behind it",
    input: people(),
    expected: [NOTHING],
  },
  {
    name: "a sign-in in a client's block, whose secret is production's",
    input: people({
      cidrBlocks: ['10.200.4.0/28'],
      clientSecretArn: 'arn:aws:secretsmanager:eu-central-1:100000000002:secret:sign-in-Ab12Cd',
    }),
    expected: [
      `${PEOPLE}.signIn.cidrBlocks[0]: got '10.200.4.0/28', allowed a block without overlap with '10.200.0.0/16' (network.connectedNetwork.cidrBlocks[0]); name the sign-in's own addresses, which are private`,
      `${PEOPLE}.signIn.clientSecretArn: got 'arn:aws:secretsmanager:eu-central-1:100000000002:secret:sign…', allowed one of region 'eu-central-1' in account '100000000003'; make it in the research account, where the load balancer is`,
      NOTHING,
    ],
  },
  {
    name: 'a sign-in without TLS',
    input: people({ tokenEndpoint: 'http://sign-in.example.com/token' }),
    expected: [
      `${PEOPLE}.signIn.tokenEndpoint: got 'http://sign-in.example.com/token', allowed an address such as 'https://idp.example.com/oauth2/token'; change it to that form`,
      NOTHING,
    ],
  },
  {
    name: 'a door that nobody has a way to',
    input: { ...product(), 'network.connectedNetwork': null },
    expected: [
      `${LINE}: got a door of an environment without network.connectedNetwork, allowed where callers have a way to the VPC; name the transit gateway, or leave the door out`,
    ],
  },
  {
    name: 'a certificate of another region',
    input: product({ certificateArn: certificate('us-east-1', '100000000002') }),
    expected: [
      `${LINE}.certificateArn: got '${certificate('us-east-1', '100000000002').slice(0, 60)}…', allowed one of region 'eu-central-1' in account '100000000002'; make it in the production account, where the load balancer is`,
    ],
  },
  {
    name: "a certificate of research's account",
    input: product({ certificateArn: certificate('eu-central-1', '100000000003') }),
    expected: [
      `${LINE}.certificateArn: got '${certificate('eu-central-1', '100000000003').slice(0, 60)}…', allowed one of region 'eu-central-1' in account '100000000002'; make it in the production account, where the load balancer is`,
    ],
  },
  {
    name: 'something else than a certificate',
    input: product({ certificateArn: 'arn:aws:iam::100000000002:server-certificate/router' }),
    expected: [
      `${LINE}.certificateArn: got 'arn:aws:iam::100000000002:server-certificate/router', allowed the ARN of a certificate of ACM with its id; change it to that form`,
    ],
  },
  {
    name: 'a door for everybody',
    input: product({ cidrBlocks: ['0.0.0.0/0'] }),
    expected: [
      `${LINE}.cidrBlocks[0]: got '0.0.0.0/0', allowed an IPv4 block of /16 to /32 such as '10.80.0.0/20'; change it to that form`,
    ],
  },
  {
    name: 'a door for a public block',
    input: product({ cidrBlocks: ['203.0.113.0/24'] }),
    expected: [
      `${LINE}.cidrBlocks[0]: got '203.0.113.0/24', allowed a block within '10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12' or '192.168.0.0/16'; ${OWN}`,
    ],
  },
  {
    name: 'a door for pods, for people, and for one block twice',
    input: product({ cidrBlocks: ['10.0.16.0/20', '10.200.7.0/24', '10.80.0.0/20', '10.80.4.0/24'] }),
    expected: [
      `${LINE}.cidrBlocks[0]: got '10.0.16.0/20', allowed a block without overlap with '10.0.0.0/16' (production); ${OWN}`,
      `${LINE}.cidrBlocks[1]: got '10.200.7.0/24', allowed a block without overlap with '10.200.0.0/16' (network.connectedNetwork.cidrBlocks[0]); ${OWN}`,
      `${LINE}.cidrBlocks[3]: got '10.80.4.0/24', allowed a block without overlap with '10.80.0.0/20' (cidrBlocks[2]); remove one of the two`,
    ],
  },
  {
    name: 'a door under an address instead of a name',
    input: product({ domainName: '10.0.0.1' }),
    expected: [
      `${LINE}.domainName: got '10.0.0.1', allowed a host name such as 'router.example.com'; change it to that form`,
    ],
  },
];
