import type { EnvironmentInput } from '../schema/environment';

type Doors = NonNullable<EnvironmentInput['doors']>;

/** What of each environment listens for those outside of its clusters. `dev` has no connected network, and so no door. */
export const DOORS = {
  staging: {
    product: {
      domainName: 'router.staging.example.com',
      certificateArn: 'arn:aws:acm:us-east-1:100000000021:certificate/e0527bd3-a918-4d6c-b3f4-5068f1c2ae97',
      cidrBlocks: ['10.82.0.0/20'],
    },
  },
  prodUs: {
    product: {
      domainName: 'router.us.example.com',
      certificateArn: 'arn:aws:acm:us-east-1:100000000031:certificate/7c1e9b52-64d0-4f1a-9a37-2be58c0d41f6',
      cidrBlocks: ['10.80.0.0/20'],
    },
  },
  prodEu: {
    product: {
      domainName: 'router.eu.example.com',
      certificateArn: 'arn:aws:acm:eu-central-1:100000000041:certificate/19f4a6d8-3b72-4c5e-8e01-d7a2c9360b84',
      cidrBlocks: ['10.81.0.0/20'],
    },
  },
} satisfies Record<string, Doors>;
