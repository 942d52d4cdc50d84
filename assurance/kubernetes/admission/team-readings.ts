import type { Environment } from '../../../schema/model';
import { controllerNames, labels, teamNames } from '../../../schema/names';
import {
  accounts,
  is,
  labelled,
  PLACEMENT_LITERALS,
  PLACEMENT_PATHS,
  TOKEN_REQUESTS,
  USERNAME,
} from './common-readings';
import { deadlineReading } from './deadline-attacks';
import { grantReadings } from './grant-readings';
import { identities } from './identities';
import { type Allowed, podReadings } from './pod-readings';
import { QUEUE } from './team-scene';

/** What the policies of teams' namespaces may go by. */
export function teamReadings(environment: Environment): Readonly<Record<string, Allowed>> {
  const namespaces = labelled(labels.team);
  const grantAccounts = environment.grants.map(({ id }) => teamNames.grantServiceAccount(id));
  const devices = ['containers', 'initContainers'].flatMap((list) =>
    ['limits', 'requests'].map((each) => `${list}[].resources.${each}[]`),
  );
  const queued = podReadings('queued', { paths: devices, literals: ['contains /'], namespaces });
  const of = (name: string): Allowed => queued[name] ?? { paths: [], literals: [] };
  return {
    'queued-cronjobs': {
      ...of('queued-cronjobs'),
      paths: [...of('queued-cronjobs').paths, 'object.spec.suspend'],
    },
    'queued-templates': {
      ...of('queued-templates'),
      paths: [...of('queued-templates').paths, 'object.kind'],
      literals: ['contains /', '== Job'],
    },
    'queued-pods': {
      paths: [
        ...of('queued-pods').paths,
        USERNAME,
        'object.metadata.ownerReferences[].apiVersion',
        'object.metadata.ownerReferences[].kind',
      ],
      literals: [
        'contains /',
        `startsWith ${controllerNames.username('kube-system', '')}`,
        is(identities.jobController),
        '== batch/v1',
        '== Job',
      ],
      namespaces,
    },
    'queued-jobs': {
      paths: [
        `object.metadata.labels[${QUEUE}]`,
        'request.operation',
        'object.spec.suspend',
        'oldObject.spec.suspend',
        USERNAME,
      ],
      literals: [`[] ${QUEUE}`, `== ${teamNames.localQueue}`, '!= CREATE', '!= UPDATE', is(identities.kueue)],
      namespaces,
    },
    'job-deadlines': deadlineReading(environment, namespaces),
    ...grantReadings(environment),
    ...podReadings('team-placement', {
      paths: PLACEMENT_PATHS,
      whenMade: true,
      literals: [
        ...environment.nodePools.flatMap(({ name, cluster }) => (cluster === 'research' ? [`in ${name}`] : [])),
        ...PLACEMENT_LITERALS,
      ],
      namespaces,
    }),
    ...accounts([teamNames.serviceAccount, ...grantAccounts], namespaces),
    'token-requests': { ...TOKEN_REQUESTS, namespaces },
  };
}
