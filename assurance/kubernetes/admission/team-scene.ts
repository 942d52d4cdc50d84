import type { Environment } from '../../../schema/model';
import { teamNames } from '../../../schema/names';
import type { Fields } from '../objects/kubernetes-object';
import { type Identity, person } from './identities';
import type { Entrance } from './pod-attacks';
import { honestPod, placed } from './pods';
import { shapes } from './shapes';
import type { Variation } from './variations';

export type Team = Environment['researchTeams'][number];

/** Kueue's own label. @see https://kueue.sigs.k8s.io/docs/tasks/run/jobs/ (2026-11-25) */
export const QUEUE = 'kueue.x-k8s.io/queue-name';
export const queued: Fields = { [QUEUE]: teamNames.localQueue };

export const poolsOf = (environment: Environment): readonly string[] =>
  environment.nodePools.filter(({ cluster }) => cluster === 'research').map(({ name }) => name);

export const entrance = (by: Identity): Entrance => ({
  by,
  shape: shapes.job,
  labels: queued,
  more: { suspend: true },
});

export const member = (team: Team, name = 'member@example.com'): Identity => person(name, team.group);

export function podOf(environment: Environment, serviceAccount: string): Fields | undefined {
  const [pool] = poolsOf(environment);
  return pool === undefined ? undefined : honestPod(environment, 'research', serviceAccount, placed(pool));
}

export const GPU: Variation = {
  what: 'asks for a GPU outside of the queue',
  change: (pod) => ({
    ...pod,
    containers: (pod['containers'] as readonly Fields[]).map((each) => ({
      ...each,
      resources: { limits: { 'nvidia.com/gpu': '1' } },
    })),
  }),
};
