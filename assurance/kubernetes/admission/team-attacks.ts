import type { Environment } from '../../../schema/model';
import { clusterObjectNames, labels as labelNames, teamNames } from '../../../schema/names';
import type { Finding } from '../../finding';
import type { Fields } from '../objects/kubernetes-object';
import { openWay, type Way } from '../way';
import { type Attempt, rightsLock } from './court';
import { account, type Identity, identities, person } from './identities';
import { type Battlefield, type Entrance, honestWay, podAttacks } from './pod-attacks';
import { honestPod, placed, SYSTEM_POOL } from './pods';
import { OTHER_SHAPES, type Shape, shapes } from './shapes';
import { accountAttacks } from './tenant-attacks';
import { COMMON_VARIATIONS, placedElsewhere, type Variation } from './variations';

type Team = Environment['researchTeams'][number];

/** Kueue's own label. @see https://kueue.sigs.k8s.io/docs/tasks/run/jobs/ (2026-11-25) */
const QUEUE = 'kueue.x-k8s.io/queue-name';
const queued: Fields = { [QUEUE]: teamNames.localQueue };

const poolsOf = (environment: Environment): readonly string[] =>
  environment.nodePools.filter(({ cluster }) => cluster === 'research').map(({ name }) => name);

const entrance = (by: Identity): Entrance => ({ by, shape: shapes.job, labels: queued, more: { suspend: true } });

const member = (team: Team, name = 'member@example.com'): Identity => person(name, team.group);

function podOf(environment: Environment, serviceAccount: string): Fields | undefined {
  const [pool] = poolsOf(environment);
  return pool === undefined ? undefined : honestPod(environment, 'research', serviceAccount, placed(pool));
}

const GPU: Variation = {
  what: 'asks for a GPU outside of the queue',
  change: (pod) => ({
    ...pod,
    containers: (pod['containers'] as readonly Fields[]).map((each) => ({
      ...each,
      resources: { limits: { 'nvidia.com/gpu': '1' } },
    })),
  }),
};

function placements(environment: Environment): readonly Variation[] {
  const [pool = ''] = poolsOf(environment);
  return [
    placedElsewhere("asks for the controllers' nodes", { nodeSelector: { [labelNames.pool]: SYSTEM_POOL } }),
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
  return [...jobs, ...pods, ...accountAttacks(field, [...intruders, ['a person of its own', member(team)]])];
}

/** The accounts of the team's grants: each person of a grant starts Jobs with it, and nobody else does. */
export function grantWays(
  environment: Environment,
  field: Battlefield,
  team: Team,
): { attacks: Way[]; findings: Finding[] } {
  const attacks: Way[] = [];
  const findings: Finding[] = [];
  const grants = environment.grants.filter((grant) => grant.team === team.id);
  const people = [...new Set(environment.grants.flatMap((grant) => grant.people))];
  const subject = `research: ${field.namespace.name}`;
  for (const grant of grants) {
    const pod = podOf(environment, teamNames.grantServiceAccount(grant.id));
    if (pod === undefined) continue;
    for (const name of grant.people)
      findings.push(
        ...openWay(
          subject,
          `${field.owner}: ${name} starts a Job as grant ${grant.id}`,
          honestWay(field, entrance(member(team, name)), pod),
        ),
      );
    // A user name that only ends or begins like a person's, and the person's without the prefix that EKS gives it.
    const strangers: readonly (readonly [string, Identity])[] = [
      ...[...people, 'member@example.com', `x${grant.people[0] ?? ''}`, `${grant.people[0] ?? ''}.example`]
        .filter((name) => !grant.people.includes(name))
        .map((name) => [name, member(team, name)] as const),
      ['a user named without its prefix', { username: grant.people[0] ?? '', groups: [team.group] }],
    ];
    for (const [who, by] of strangers) {
      const object = shapes.job.around(pod, queued, { suspend: true });
      const write: Attempt = {
        by,
        operation: 'CREATE',
        group: 'batch',
        version: 'v1',
        resource: 'jobs',
        namespace: field.namespace,
        object,
      };
      attacks.push({
        subject,
        what: `${field.owner}: ${who} starts a Job as grant ${grant.id}, which does not name them`,
        locks: [field.court.lock('Jobs', write)],
      });
    }
    // A kind that admission does not ask for the grant's people: that nobody may write it is all there is.
    for (const shape of OTHER_SHAPES) {
      const write: Attempt = {
        by: member(team),
        operation: 'CREATE',
        group: shape.group,
        version: shape.version,
        resource: shape.resource,
        namespace: field.namespace,
        object: shape.around(pod, queued),
      };
      attacks.push({
        subject,
        what: `${field.owner}: a person whom grant ${grant.id} does not name starts a ${shape.kind} as it`,
        locks: [rightsLock(field.grants, write)],
      });
    }
  }
  return { attacks, findings };
}

/** Every Job of the team's own is let through on every pool, waits, and is started by Kueue. */
export function honestTeam(environment: Environment, field: Battlefield, team: Team): readonly Finding[] {
  const subject = `research: ${field.namespace.name}`;
  return poolsOf(environment).flatMap((pool) => {
    const pod = GPU.change(honestPod(environment, 'research', teamNames.serviceAccount, placed(pool)));
    const waiting = shapes.job.around(pod, queued, { suspend: true });
    const started = field.court.refused({
      by: identities.kueue,
      operation: 'UPDATE',
      group: 'batch',
      version: 'v1',
      resource: 'jobs',
      namespace: field.namespace,
      object: shapes.job.around(pod, queued, { suspend: false }),
      oldObject: waiting,
    });
    const made = field.court.refused({
      by: member(team),
      operation: 'CREATE',
      group: 'batch',
      version: 'v1',
      resource: 'jobs',
      namespace: field.namespace,
      object: waiting,
    });
    const ran = field.court.refused({
      by: identities.jobController,
      operation: 'CREATE',
      group: '',
      version: 'v1',
      resource: 'pods',
      namespace: field.namespace,
      object: {
        ...shapes.pod.around(pod, {}),
        metadata: { name: 'made-up', ownerReferences: [{ apiVersion: 'batch/v1', kind: 'Job', name: 'made-up' }] },
      },
    });
    return [
      ...openWay(subject, `${field.owner}: a person makes a Job for pool ${pool}`, made),
      ...openWay(subject, `${field.owner}: Kueue starts a Job for pool ${pool}`, started),
      ...openWay(subject, `${field.owner}: the Job controller makes a pod for pool ${pool}`, ran),
    ];
  });
}
