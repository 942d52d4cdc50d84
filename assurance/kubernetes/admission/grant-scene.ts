import { labels as labelNames, teamNames } from '../../../schema/names';
import type { Fields, Labels } from '../objects/kubernetes-object';
import type { Attempt, Namespace } from './court';
import { type Identity, identities } from './identities';
import { type Battlefield, refusedStep } from './pod-attacks';
import { shapes } from './shapes';
import { queued } from './team-scene';

/** By what a Job and its pods show whose they are. */
export interface Marks {
  readonly name: string;
  readonly labels: Labels;
}

/** The marks that a grant's Jobs and pods must have. */
export const marksOf = (grant: string): Marks => ({
  name: `${teamNames.grantPrefix(grant)}made-up`,
  labels: { [labelNames.grant]: grant },
});

/** Marks of Jobs and pods of the team's own. */
export const TEAM_MARKS: Marks = { name: 'made-up', labels: {} };

/** A suspended Job in the queue, whose pods have these labels. */
export function jobOf(pod: Fields, { name, labels }: Marks): Fields {
  const job = shapes.job.around(pod, queued, { suspend: true });
  return {
    ...job,
    metadata: { name, labels: queued },
    spec: { ...(job['spec'] as Fields), template: { metadata: { labels }, spec: pod } },
  };
}

/** The pod that the Job controller makes of it. */
export const podOfJob = (pod: Fields, { name, labels }: Marks): Fields => ({
  ...shapes.pod.around(pod, {}),
  metadata: {
    name: `${name}-x7k2p`,
    labels,
    ownerReferences: [{ apiVersion: 'batch/v1', kind: 'Job', name }],
  },
});

type Operation = Attempt['operation'];

export const jobWrite = (by: Identity, namespace: Namespace, object: Fields, operation: Operation): Attempt => ({
  by,
  operation,
  group: 'batch',
  version: 'v1',
  resource: 'jobs',
  namespace,
  object,
});

/** A write or a CONNECT of the core group. */
export const coreWrite = (
  by: Identity,
  namespace: Namespace,
  resource: string,
  object: Fields | null,
  operation: Operation,
): Attempt => ({ by, operation, group: '', version: 'v1', resource, namespace, object });

/** What refuses a Job of a grant, or its pod; undefined where both are let through. */
export function grantWay(
  { court, namespace }: Battlefield,
  by: Identity,
  grant: string,
  pod: Fields,
): string | undefined {
  const marks = marksOf(grant);
  return refusedStep(court, [
    ['Job', jobWrite(by, namespace, jobOf(pod, marks), 'CREATE')],
    ['Pod', coreWrite(identities.jobController, namespace, 'pods', podOfJob(pod, marks), 'CREATE')],
  ]);
}
