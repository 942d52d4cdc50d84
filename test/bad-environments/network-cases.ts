import { summariesOf } from '../../schema/load';
import { goodInput } from '../support/good-environment';
import type { BadEnvironment } from './bad-environment';

const LINE = 'environments/test/index.ts:1:';
const PRIVATE = "'10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12' or '192.168.0.0/16'";
const SHARE = 'give the environments accounts of their own; they may share management and audit';
const MANAGEMENT = { management: '100000000001' };
const [EU, MX] = ['region: eu-central-1', 'region: mx-central-1'];

export const networkCases: readonly BadEnvironment[] = [
  {
    name: 'VPCs that overlap',
    input: { 'network.research': '10.0.128.0/17' },
    expected: [
      "environments/test/index.ts:1: network.research: got '10.0.128.0/17', allowed a block without overlap with '10.0.0.0/16' (production); choose a free block",
    ],
  },
  {
    name: "a VPC that overlaps with another environment's",
    options: {
      otherEnvironments: summariesOf({
        'other-us': { network: { research: '10.1.64.0/18' } },
        test: { network: { research: '10.1.0.0/16' } },
      }),
    },
    expected: [
      "environments/test/index.ts:1: network.research: got '10.1.0.0/16', allowed a block without overlap with '10.1.64.0/18' (research of environment 'other-us'); choose a free block",
    ],
  },
  {
    name: 'a block with host bits',
    input: { 'network.research': '10.1.64.0/16' },
    expected: [
      "environments/test/index.ts:1: network.research: got '10.1.64.0/16', allowed the first address of its block, octets 0 to 255; set the host bits to 0",
    ],
  },
  {
    name: 'a block that is too small',
    input: { 'network.research': '10.1.0.0/24' },
    expected: [
      "environments/test/index.ts:1: network.research: got '10.1.0.0/24', allowed an IPv4 block of /16 to /18 such as '10.16.0.0/16'; change it to that form",
    ],
  },
  {
    name: 'one account twice',
    input: { 'accounts.research': '100000000002', researchTeams: [] },
    files: { 'grants/speech-one.yaml': null },
    expected: [
      "environments/test/index.ts:1: accounts.research: got '100000000002', allowed an account that 'production' does not have; give each of the four its own account",
    ],
  },
  {
    name: 'an account id that is too short',
    input: { 'accounts.audit': '1234' },
    expected: [
      "environments/test/index.ts:1: accounts.audit: got '1234', allowed an AWS account id: 12 digits; change it to that form",
    ],
  },
  {
    name: 'a zone of another region',
    input: { 'availabilityZones.1': 'us-east-1b' },
    expected: [
      "environments/test/index.ts:1: availabilityZones[1]: got 'us-east-1b', allowed a zone of region 'eu-central-1'; write 'eu-central-1b'",
    ],
  },
  {
    name: 'a zone twice',
    input: { 'availabilityZones.1': 'eu-central-1a' },
    expected: [
      "environments/test/index.ts:1: availabilityZones[1]: got 'eu-central-1a' again, each zone at most once; remove it",
    ],
  },
  {
    name: 'VPCs with addresses of the internet',
    input: { 'network.production': '52.0.0.0/16', 'network.research': '172.32.0.0/17' },
    expected: [
      `${LINE} network.production: got '52.0.0.0/16', allowed a block within ${PRIVATE}; choose private addresses`,
      `${LINE} network.research: got '172.32.0.0/17', allowed a block within ${PRIVATE}; choose private addresses`,
    ],
  },
  {
    name: 'a region whose registry of add-ons is not known',
    input: {
      region: 'mx-central-1',
      availabilityZones: ['mx-central-1a', 'mx-central-1b'],
    },
    files: { 'tenants/acme.yaml': [[EU, MX]], 'tenants/birch.yaml': [[EU, MX]] },
    expected: [
      `${LINE} region: got 'mx-central-1', allowed one of the 29 regions whose registry of EKS add-ons is known; choose one of schema/add-on-registry.ts, or add its account there from the EKS user guide`,
    ],
  },
  {
    name: "another environment's accounts",
    options: {
      otherEnvironments: summariesOf({
        'other-us': {
          accounts: { ...MANAGEMENT, production: '100000000003', research: '100000000002', audit: '100000000004' },
        },
        'other-eu': { accounts: { ...MANAGEMENT, production: '100000000004', research: '100000000005' } },
      }),
    },
    expected: [
      `${LINE} accounts.audit: got '100000000004', allowed an account that is not the production account of environment 'other-eu'; ${SHARE}`,
      `${LINE} accounts.production: got '100000000002', allowed an account that is not the research account of environment 'other-us'; ${SHARE}`,
      `${LINE} accounts.research: got '100000000003', allowed an account that is not the production account of environment 'other-us'; ${SHARE}`,
    ],
  },
  {
    name: 'a copy of another environment in which the name is changed alone',
    options: { otherEnvironments: summariesOf({ test: goodInput, original: goodInput }) },
    expected: [
      `${LINE} accounts.production: got '100000000002', allowed an account that is not the production account of environment 'original'; ${SHARE}`,
      `${LINE} accounts.research: got '100000000003', allowed an account that is not the research account of environment 'original'; ${SHARE}`,
      `${LINE} network.production: got '10.0.0.0/16', allowed a block without overlap with '10.0.0.0/16' (production of environment 'original'); choose a free block`,
      `${LINE} network.research: got '10.1.0.0/16', allowed a block without overlap with '10.1.0.0/16' (research of environment 'original'); choose a free block`,
    ],
  },
  {
    name: 'an invalid name, and nothing that overlaps with itself',
    input: { name: 'Test_1' },
    options: { otherEnvironments: summariesOf({ test: { ...goodInput, name: 'Test_1' } }) },
    expected: [
      `${LINE} name: got 'Test_1', allowed lower-case letters, digits and hyphens, 3 to 12 characters; change it to that form`,
    ],
  },
  {
    name: 'an overlap beside environments that say nothing readable',
    options: {
      otherEnvironments: summariesOf({
        a: undefined,
        b: { name: 'b' },
        c: { network: null, accounts: 'none' },
        d: { network: { production: 10, research: ['10.1.0.0/16'] }, accounts: { production: 100000000002 } },
        e: { network: { production: '10.1/16', research: '10.1.0.0/33' } },
        f: { network: { production: '10.1.0.0/17' } },
      }),
    },
    expected: [
      `${LINE} network.research: got '10.1.0.0/16', allowed a block without overlap with '10.1.0.0/17' (production of environment 'f'); choose a free block`,
    ],
  },
];
