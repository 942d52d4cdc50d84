import { summariesOf } from '../../schema/load';
import type { BadEnvironment } from './bad-environment';

const LINE = 'environments/test/index.ts:1: network.connectedNetwork';

/** An environment that people reach from these blocks. */
const from = (...cidrBlocks: readonly string[]): NonNullable<BadEnvironment['input']> => ({
  'network.connectedNetwork': { transitGatewayId: 'tgw-0123456789abcdef0', cidrBlocks },
});

export const connectedNetworkCases: readonly BadEnvironment[] = [
  {
    name: 'clients in the block of an own VPC',
    input: from('10.200.0.0/16', '10.0.64.0/20'),
    expected: [
      `${LINE}.cidrBlocks[1]: got '10.0.64.0/20', allowed a block without overlap with '10.0.0.0/16' (production); name the clients' blocks alone`,
    ],
  },
  {
    name: 'clients in a block around both VPCs',
    input: from('10.0.0.0/12'),
    expected: [
      `${LINE}.cidrBlocks[0]: got '10.0.0.0/12', allowed a block without overlap with '10.0.0.0/16' (production); name the clients' blocks alone`,
      `${LINE}.cidrBlocks[0]: got '10.0.0.0/12', allowed a block without overlap with '10.1.0.0/16' (research); name the clients' blocks alone`,
    ],
  },
  {
    name: "clients in the block of another environment's VPC",
    input: from('10.16.0.0/16'),
    options: {
      otherEnvironments: summariesOf({
        'other-us': { network: { research: '10.16.0.0/16' } },
        test: { network: { research: '10.1.0.0/16' } },
      }),
    },
    expected: [
      `${LINE}.cidrBlocks[0]: got '10.16.0.0/16', allowed a block without overlap with '10.16.0.0/16' (research of environment 'other-us'); name the clients' blocks alone`,
    ],
  },
  {
    name: 'clients where Services have their addresses',
    input: from('172.16.0.0/12', '10.100.7.0/24'),
    expected: [
      `${LINE}.cidrBlocks[0]: got '172.16.0.0/12', allowed a block without overlap with '172.20.0.0/16' (addresses of Services); name narrower blocks, or give clients other addresses`,
      `${LINE}.cidrBlocks[1]: got '10.100.7.0/24', allowed a block without overlap with '10.100.0.0/16' (addresses of Services); name narrower blocks, or give clients other addresses`,
    ],
  },
  {
    name: 'clients with public addresses',
    input: from('203.0.113.0/24'),
    expected: [
      `${LINE}.cidrBlocks[0]: got '203.0.113.0/24', allowed a block within '10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12' or '192.168.0.0/16'; name the private addresses by which clients come through the transit gateway`,
    ],
  },
  {
    name: 'clients everywhere',
    input: from('0.0.0.0/0'),
    expected: [
      `${LINE}.cidrBlocks[0]: got '0.0.0.0/0', allowed an IPv4 block of /12 to /32 such as '10.200.0.0/16'; change it to that form`,
    ],
  },
  {
    name: 'a block of clients twice',
    input: from('10.200.0.0/16', '192.168.7.0/24', '10.200.128.0/17'),
    expected: [
      `${LINE}.cidrBlocks[2]: got '10.200.128.0/17', allowed a block without overlap with '10.200.0.0/16' (cidrBlocks[0]); remove one of the two`,
    ],
  },
  {
    name: 'a block of clients with host bits',
    input: from('10.200.0.1/16'),
    expected: [
      `${LINE}.cidrBlocks[0]: got '10.200.0.1/16', allowed the first address of its block, octets 0 to 255; set the host bits to 0`,
    ],
  },
  {
    name: 'a connected network without clients',
    input: from(),
    expected: [`${LINE}.cidrBlocks: got a list of 0, at least 1 in the list; add to it`],
  },
  {
    name: 'an attachment where the transit gateway is asked for',
    input: {
      'network.connectedNetwork': {
        transitGatewayId: 'tgw-attach-0123456789abcdef0',
        cidrBlocks: ['10.200.0.0/16'],
      },
    },
    expected: [
      `${LINE}.transitGatewayId: got 'tgw-attach-0123456789abcdef0', allowed a transit gateway id such as 'tgw-0123456789abcdef0'; change it to that form`,
    ],
  },
];
