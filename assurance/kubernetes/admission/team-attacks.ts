import type { Environment } from '../../../schema/model';
import { clusterObjectNames, teamNames } from '../../../schema/names';
import type { Fields } from '../objects/kubernetes-object';
import type { Way } from '../way';
import { type Attempt, rightsLock } from './court';
import { account, type Identity, identities, person } from './identities';
import { type Battlefield, podAttacks } from './pod-attacks';
import { placed } from './pods';
import { GPU, entrance, member, podOf, poolsOf, QUEUE, queued, type Team } from './team-scene';
import { OTHER_SHAPES, type Shape, shapes } from './shapes';
import { accountAttacks } from './account-attacks';
import { COMMON_VARIATIONS, CONTROLLERS_NODES, placedElsewhere, type Variation } from './variations';

function placements(environment: Environment): readonly Variation[] {
  const [pool = ''] = poolsOf(environment);
  return [
    placedElsewhere("asks for the controllers' nodes", CONTROLLERS_NODES),
    placedElsewhere("asks for a tenant's nodes", placed(pool, 'zqother')),
  ];
}

/** Every attack on the way to a pod in the team's namespace. */
export function teamPodAttacks(environment: Environment, field: Battlefield, team: Team): readonly Way[] {
  const honest = podOf(environment, teamNames.serviceAccount);
  if (honest === undefined) return [];
  const gone: Variation = {
    what: 'runs as the account of a grant that is not there',
    change: (pod) => ({ ...pod, serviceAccountName: teamNames.grantServiceAccount('zqother') }),
  };
  return [
    ...[...COMMON_VARIATIONS, ...placements(environment), gone].flatMap((variation) =>
      podAttacks(field, [entrance(member(team))], honest, variation),
    ),
    ...deviceAttacks(field, team, honest),
  ];
}

/** Devices past the queue: by another kind than a Job, and by a pod that says it is a Job's. */
function deviceAttacks({ court, grants, namespace, owner }: Battlefield, team: Team, honest: Fields): readonly Way[] {
  const pod = GPU.change(honest);
  const init = { ...honest, initContainers: pod['containers'] };
  const ownedByJob = { metadata: { ownerReferences: [{ apiVersion: 'batch/v1', kind: 'Job', name: 'made-up' }] } };
  const write = (shape: Shape, by: Identity, object: Fields, operation: Attempt['operation'] = 'CREATE'): Attempt => ({
    by,
    operation,
    group: shape.group,
    version: shape.version,
    resource: shape.resource,
    namespace,
    object,
  });
  const subject = `research: ${namespace.name}`;
  const others = OTHER_SHAPES.flatMap((shape) =>
    [pod, init].flatMap((each) =>
      (['CREATE', 'UPDATE'] as const).map((operation): Way => {
        const made = write(shape, member(team), shape.around(each, queued), operation);
        return {
          subject,
          what: `${owner}: a pod that ${GPU.what}, by a ${shape.kind} (${operation})`,
          locks: [rightsLock(grants, made), court.lock(`${shape.kind}s`, made)],
        };
      }),
    ),
  );
  const stray = [
    ['of a Deployment', identities.replicaSetController, shapes.pod.around(pod, {})],
    ["of the Job controller's that belongs to no Job", identities.jobController, shapes.pod.around(pod, {})],
  ] as const;
  const unowned = stray.map(([what, by, object]): Way => {
    const made = write(shapes.pod, by, object);
    return { subject, what: `${owner}: a pod ${what} with a GPU`, locks: [court.lock('Pods', made)] };
  });
  const forged = write(shapes.pod, member(team), { ...shapes.pod.around(honest, {}), ...ownedByJob });
  return [
    ...others,
    ...unowned,
    {
      subject,
      what: `${owner}: a pod that a person makes and calls a Job's`,
      locks: [rightsLock(grants, forged), court.lock('Pods', forged)],
    },
  ];
}

/** Jobs past the queue. */
export function queueAttacks(
  environment: Environment,
  { court, grants, namespace, owner }: Battlefield,
  team: Team,
): readonly Way[] {
  const pod = podOf(environment, teamNames.serviceAccount);
  if (pod === undefined) return [];
  const job = (labels: Fields, suspend?: boolean): Fields =>
    shapes.job.around(pod, labels, suspend === undefined ? {} : { suspend });
  const made: readonly (readonly [string, Fields])[] = [
    ['without a queue', job({}, true)],
    ['in another queue', job({ [QUEUE]: 'other' }, true)],
    ['that runs at once', job(queued, false)],
    ['that does not say whether it runs', job(queued)],
  ];
  const by = member(team);
  const base = { by, group: 'batch', version: 'v1', resource: 'jobs', namespace } as const;
  const unsuspended: Attempt = {
    ...base,
    operation: 'UPDATE',
    object: job(queued, false),
    oldObject: job(queued, true),
  };
  const moved: Attempt = {
    ...base,
    operation: 'UPDATE',
    object: job({ [QUEUE]: 'other' }, true),
    oldObject: job(queued, true),
  };
  const subject = `research: ${namespace.name}`;
  return [
    ...made.map(([what, object]): Way => ({
      subject,
      what: `${owner}: a person makes a Job ${what}`,
      locks: [court.lock('Jobs', { ...base, operation: 'CREATE', object })],
    })),
    ...(
      [
        ['starts a Job that waits', unsuspended],
        ['moves a Job to another queue', moved],
      ] as const
    ).map(([what, attempt]): Way => ({
      subject,
      what: `${owner}: a person ${what}`,
      locks: [rightsLock(grants, attempt), court.lock('Jobs', attempt)],
    })),
  ];
}

/** People of other teams, viewers and pods, who may start nothing there and hold no token. */
export function teamUserAttacks(environment: Environment, field: Battlefield, team: Team): readonly Way[] {
  const { court, grants, namespace, owner } = field;
  const pod = podOf(environment, teamNames.serviceAccount);
  if (pod === undefined) return [];
  const others = environment.researchTeams.filter(({ group }) => group !== team.group);
  const intruders: readonly (readonly [string, Identity])[] = [
    ['a viewer', person('viewer@example.com', clusterObjectNames.viewersGroup)],
    ['a pod of its own', account(namespace.name, teamNames.serviceAccount)],
    ...others.map((other) => [`a person of team ${other.id}`, member(other)] as const),
  ];
  // A Job of another team's is refused to its person by RBAC alone: the queue is no less a queue for who fills it.
  const jobs = intruders.map(([who, by]): Way => {
    const write: Attempt = {
      by,
      operation: 'CREATE',
      group: 'batch',
      version: 'v1',
      resource: 'jobs',
      namespace,
      object: shapes.job.around(pod, queued, { suspend: true }),
    };
    return {
      subject: `research: ${namespace.name}`,
      what: `${owner}: ${who} makes a Job`,
      locks: [rightsLock(grants, write)],
    };
  });
  const pods = [...intruders, ['a person of its own', member(team)] as const].map(([who, by]): Way => {
    const write: Attempt = {
      by,
      operation: 'CREATE',
      group: '',
      version: 'v1',
      resource: 'pods',
      namespace,
      object: shapes.pod.around(pod, {}),
    };
    return {
      subject: `research: ${namespace.name}`,
      what: `${owner}: ${who} makes a pod`,
      locks: [rightsLock(grants, write), court.lock('Pods', write)],
    };
  });
  return [...jobs, ...pods, ...accountAttacks(field, [...intruders, ['a person of its own', member(team)]], pod)];
}
