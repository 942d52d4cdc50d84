import type { Environment } from '../../../schema/model';
import { clusterObjectNames, controllerNames, labels, tenantNames } from '../../../schema/names';
import { PIPELINES, TENANT_SERVICE_ACCOUNTS } from '../../../schema/vocabulary';
import {
  accounts,
  is,
  labelled,
  PLACEMENT_LITERALS,
  PLACEMENT_PATHS,
  TOKEN_REQUESTS,
  USERNAME,
} from './common-readings';
import { identities } from './identities';
import { CREDENTIAL_FIELDS } from './keda-attacks';
import { type Allowed, podReadings } from './pod-readings';

/** The text before and after the tenant's id in the URL of its queue. */
function aroundTenant(environment: Environment): string[] {
  return PIPELINES.flatMap((pipeline) => tenantNames.queueUrl(environment, '|', pipeline).split('|'));
}

function triggers(environment: Environment): Allowed {
  const trigger = 'object.spec.triggers[]';
  return {
    paths: [
      `namespaceObject.metadata.labels[${labels.tenant}]`,
      `${trigger}.type`,
      `${trigger}.metadata[]`,
      `${trigger}.metadata[queueURL]`,
      `${trigger}.metadata[awsRegion]`,
      `${trigger}.authenticationRef.name`,
      `${trigger}.authenticationRef.kind`,
      'object.spec.minReplicaCount',
    ],
    literals: [
      `[] ${labels.tenant}`,
      '[] queueURL',
      '[] awsRegion',
      '?: ',
      '!= ',
      ...aroundTenant(environment).map((text) => `+ ${text}`),
      '== aws-sqs-queue',
      // What a trigger may say: none of it leads KEDA's credentials elsewhere, and the queue and the region are compared.
      ...['queueURL', 'awsRegion', 'queueLength', 'activationQueueLength', 'scaleOnInFlight', 'scaleOnDelayed'].map(
        (key) => `in ${key}`,
      ),
      `== ${environment.region}`,
      `== ${clusterObjectNames.sqsAuthentication}`,
      'in ',
      'in TriggerAuthentication',
      '== 0',
    ],
  };
}

/** What the policies of tenants' namespaces may go by. */
export function tenantReadings(environment: Environment): Readonly<Record<string, Allowed>> {
  const namespaces = labelled(labels.tenant);
  const nothing: Allowed = { paths: [], literals: ['is false'] };
  return {
    'tenant-jobs': {
      paths: [USERNAME, 'request.namespace'],
      literals: [
        is(identities.keda),
        `+ ${controllerNames.username(controllerNames.flux.namespace, '')}`,
        '+ -reconciler',
      ],
      namespaces,
    },
    'tenant-pods': { paths: [USERNAME], literals: [is(identities.jobController)], namespaces },
    'scaledjob-triggers': triggers(environment),
    'trigger-authentications': {
      paths: [
        ...['provider', 'roleArn', 'identityOwner'].map((each) => `object.spec.podIdentity.${each}`),
        ...CREDENTIAL_FIELDS.map((each) => `object.spec.${each}`),
      ],
      literals: ['== aws'],
      namespaces,
    },
    'scaled-objects': { ...nothing, namespaces },
    'cluster-trigger-authentications': nothing,
    ...podReadings('tenant-placement', {
      paths: PLACEMENT_PATHS,
      whenMade: true,
      more: [
        `namespaceObject.metadata.labels[${labels.tenant}]`,
        `namespaceObject.metadata.labels[${labels.isolation}]`,
      ],
      literals: [
        `[] ${labels.tenant}`,
        `[] ${labels.isolation}`,
        '== dedicated',
        ...environment.nodePools.flatMap(({ name, cluster, workload }) =>
          cluster === 'production' && workload !== 'serving' ? [`in ${name}`, `?: ${name}`] : [],
        ),
        ...PLACEMENT_LITERALS,
      ],
      namespaces,
    }),
    ...accounts(TENANT_SERVICE_ACCOUNTS, namespaces),
    'token-requests': { ...TOKEN_REQUESTS, namespaces },
  };
}
