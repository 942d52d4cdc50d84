import type { EnvironmentInput } from '../../schema/environment';
import type { Environment } from '../../schema/model';
import { controllerNames } from '../../schema/names';
import { PEOPLE_SERVICES, type PeopleService } from '../../schema/people-services';
import { doorsInput } from './doors-environment';
import { sampleEnvironment } from './sample-environment';

/** Two things behind people's door, in a namespace that there is: the platform has nothing of the kind yet. */
export const behindTheDoor: readonly PeopleService[] = [
  {
    name: 'runs',
    namespace: controllerNames.kueue.namespace,
    app: 'runs',
    port: 5000,
    nodePort: 30500,
    healthPath: '/health',
  },
  {
    name: 'labels',
    namespace: controllerNames.kueue.namespace,
    app: 'labels',
    port: 8080,
    nodePort: 30501,
    healthPath: '/version',
  },
];

const ENDPOINT = 'https://sign-in.example.com/oauth2';

export const peopleDoorInput = {
  ...doorsInput,
  doors: {
    people: {
      domainName: 'research.sample.example.com',
      certificateArn: 'arn:aws:acm:eu-central-1:333333333333:certificate/0a1b2c3d-0000-4000-8000-00000000000b',
      signIn: {
        issuer: 'https://login.example.com',
        authorizationEndpoint: 'https://login.example.com/oauth2/authorize',
        tokenEndpoint: `${ENDPOINT}/token`,
        userInfoEndpoint: `${ENDPOINT}/userinfo`,
        clientId: 'atoll-sample',
        clientSecretArn: 'arn:aws:secretsmanager:eu-central-1:333333333333:secret:atoll/sign-in-Ab12Cd',
        cidrBlocks: ['10.90.4.0/28'],
      },
    },
  },
} satisfies Partial<EnvironmentInput>;

/**
 * The sample environment with people's door, and something behind it from then on: in no other environment of the process, since none of them
 * names that door.
 */
export function peopleDoorEnvironment(): Environment {
  const services = PEOPLE_SERVICES as PeopleService[];
  services.splice(0, services.length, ...behindTheDoor);
  return sampleEnvironment({ input: peopleDoorInput });
}
