import type { EnvironmentInput } from '../../schema/environment';
import type { Environment } from '../../schema/model';
import { sampleEnvironment, sampleInput } from './sample-environment';

/** What the sample environment has besides, that the product and people reach it. */
export const doorsInput = {
  network: {
    ...sampleInput.network,
    connectedNetwork: { transitGatewayId: 'tgw-0123456789abcdef0', cidrBlocks: ['10.200.0.0/16'] },
  },
  doors: {
    product: {
      domainName: 'router.sample.example.com',
      certificateArn: 'arn:aws:acm:eu-central-1:222222222222:certificate/0a1b2c3d-0000-4000-8000-00000000000a',
      cidrBlocks: ['10.80.0.0/20', '10.81.4.0/24'],
    },
  },
} satisfies Partial<EnvironmentInput>;

/** The sample environment with every door. */
export const doorsEnvironment = (): Environment => sampleEnvironment({ input: doorsInput });
