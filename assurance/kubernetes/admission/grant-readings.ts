import type { Environment } from '../../../schema/model';
import { controllerNames, labels, personUsername, teamNames } from '../../../schema/names';
import { labelled, USERNAME } from './common-readings';
import type { Allowed } from './pod-readings';

const NAMES = ['object.metadata.name', 'object.metadata.generateName'];
const RESERVED = `startsWith ${teamNames.grantNames}`;
/** Between a grant's account and the rest of a name. */
const DELIMITER = '+ --';

/** Where a pod is given a ConfigMap. @param pod path of its spec */
const givenMaps = (pod: string): string[] => [
  `${pod}.volumes[].configMap.name`,
  `${pod}.volumes[].projected.sources[].configMap.name`,
  ...['containers', 'initContainers'].flatMap((list) => [
    `${pod}.${list}[].env[].valueFrom.configMapKeyRef.name`,
    `${pod}.${list}[].envFrom[].configMapRef.name`,
  ]),
];

/** What the policies that keep a grant's pods to its people may go by. */
export function grantReadings(environment: Environment): Readonly<Record<string, Allowed>> {
  const namespaces = labelled(labels.team);
  const { flux, username } = controllerNames;
  const people = [
    ...environment.grants.map(({ id }) => `key ${teamNames.grantServiceAccount(id)}`),
    ...environment.grants.flatMap((grant) => grant.people.map((each) => `value ${personUsername(each)}`)),
  ];
  const marked = (pod: string, marks: string): Allowed => ({
    paths: [`${pod}.serviceAccountName`, ...NAMES, marks, ...givenMaps(pod)],
    literals: [
      `== ${teamNames.serviceAccount}`,
      RESERVED,
      DELIMITER,
      `[] ${labels.grant}`,
      `+ ${teamNames.grantNames}`,
    ],
    namespaces,
  });
  return {
    'grant-use': {
      paths: ['object.spec.template.spec.serviceAccountName', USERNAME],
      literals: [`== ${teamNames.serviceAccount}`, ...people],
      namespaces,
    },
    'grant-jobs': marked('object.spec.template.spec', 'object.spec.template.metadata.labels'),
    'grant-pods': marked('object.spec', 'object.metadata.labels'),
    'grant-doors': { paths: ['request.name', USERNAME], literals: [RESERVED, DELIMITER, ...people], namespaces },
    'grant-maps': {
      paths: [...NAMES, 'oldObject.metadata.name', 'request.operation', USERNAME],
      literals: [
        RESERVED,
        DELIMITER,
        '== DELETE',
        `in ${username(flux.namespace, flux.kustomize)}`,
        `in ${username(flux.namespace, flux.helm)}`,
        `startsWith ${username('kube-system', '')}`,
        ...people,
      ],
      namespaces,
    },
  };
}
