import type { Environment } from '../../../schema/model';
import { clusterObjectNames, controllerNames, LABEL_PREFIX, registryNames } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';
import { is, USERNAME } from './common-readings';
import { identities } from './identities';
import { type Allowed, podReadings } from './pod-readings';
import { teamReadings } from './team-readings';
import { tenantReadings } from './tenant-readings';

function namespaces(): Allowed {
  const { flux, username } = controllerNames;
  return {
    paths: ['request.operation', 'object.metadata.labels', 'oldObject.metadata.labels', USERNAME],
    literals: [
      '== CREATE',
      '== DELETE',
      `in ${username(flux.namespace, flux.kustomize)}`,
      `in ${username(flux.namespace, flux.helm)}`,
      `in ${identities.addOnManager.username}`,
      `startsWith ${LABEL_PREFIX}`,
      'startsWith pod-security.kubernetes.io/',
    ],
  };
}

/** Namespaces that EKS's add-ons fill with images of AWS's own registries: nobody of a tenant or a team has a right there. */
const ADD_ON_NAMESPACES = ['kube-system', 'amazon-cloudwatch', 'mount-s3'];

/** What each policy of a cluster may go by, by its name. */
export function allowedReadings(environment: Environment, cluster: ClusterName): ReadonlyMap<string, Allowed> {
  const prefix = `${registryNames.host(environment, cluster)}/${registryNames.repository(environment, '')}`;
  const all: Readonly<Record<string, Allowed>> = {
    ...podReadings('images', {
      paths: [
        ...['containers', 'initContainers', 'ephemeralContainers'].map((each) => `${each}[].image`),
        'volumes[].image.reference',
      ],
      literals: [`startsWith ${prefix}`],
      namespaces: {
        demands: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ADD_ON_NAMESPACES }],
      },
    }),
    bindings: { paths: [USERNAME], literals: [is(identities.scheduler)] },
    namespaces: namespaces(),
    ...(cluster === 'production' ? tenantReadings(environment) : teamReadings(environment)),
  };
  return new Map(Object.entries(all).map(([name, allowed]) => [clusterObjectNames.admissionPolicy(name), allowed]));
}
