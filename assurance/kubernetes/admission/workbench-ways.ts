import { LONGEST_RUN_SECONDS } from '../../../schema/job-runs';
import type { Environment } from '../../../schema/model';
import { clusterObjectNames, registryNames, teamNames } from '../../../schema/names';
import type { Finding } from '../../finding';
import type { Fields } from '../objects/kubernetes-object';
import { openWay, type Way } from '../way';
import { type Attempt, rightsLock } from './court';
import { coreWrite, jobOf, jobWrite, type Marks, marksOf, podOfJob, TEAM_MARKS } from './grant-scene';
import { type Identity, identities } from './identities';
import type { Battlefield } from './pod-attacks';
import { container, honestPod, placed } from './pods';
import { GPU, member, type Team } from './team-scene';
import { COMMON_VARIATIONS } from './variations';

/** 8 hexadecimal digits, as every workbench has its own. */
const MARK = '0a1b2c3d';

/** Whose a workbench is. */
interface Owner {
  /** Before `workbench`: `grant x's ` or nothing. */
  readonly whose: string;
  readonly account: string;
  readonly marks: Marks;
  readonly people: readonly string[];
  /** Volumes of what the grant opens. */
  readonly volumes: readonly Fields[];
}

/**
 * Workbenches of a team, of its own and of each grant, on every pool for them: their person has all that it takes to work in one, and nobody
 * else comes in by the API server, or gets one with what a workbench must not have.
 */
export function workbenchWays(
  environment: Environment,
  field: Battlefield,
  team: Team,
): { readonly ways: readonly Way[]; readonly findings: readonly Finding[] } {
  const pools = environment.nodePools.filter(
    ({ cluster, workload }) => cluster === 'research' && workload === 'workbench',
  );
  const ways: Way[] = [];
  const findings: Finding[] = [];
  for (const { name: pool, gpuLimit } of pools)
    for (const owner of ownersOf(environment, team)) {
      const pod = workbenchPod(environment, owner, pool, gpuLimit > 0);
      const scene = { field, owner, pod, pool };
      findings.push(...owner.people.flatMap((name) => works(scene, member(team, name), name)));
      ways.push(...strangers(scene, environment, team));
      const [first] = owner.people;
      if (first !== undefined) ways.push(...wrongOnes(scene, member(team, first)));
    }
  return { ways, findings };
}

function ownersOf(environment: Environment, team: Team): readonly Owner[] {
  return [
    {
      whose: '',
      account: teamNames.serviceAccount,
      marks: { ...TEAM_MARKS, name: teamNames.workbench(undefined, MARK) },
      people: ['member@example.com'],
      volumes: [],
    },
    ...environment.grants
      .filter((grant) => grant.team === team.id)
      .map(({ id, people }) => ({
        whose: `grant ${id}'s `,
        account: teamNames.grantServiceAccount(id),
        marks: { ...marksOf(id), name: teamNames.workbench(id, MARK) },
        people,
        volumes: [{ name: 'scope', configMap: { name: teamNames.grantScope(id) } }],
      })),
  ];
}

function workbenchPod(environment: Environment, { account, volumes }: Owner, pool: string, gpu: boolean): Fields {
  const image = `${registryNames.host(environment, 'research')}/${registryNames.repository(environment, 'workbench')}:1`;
  const pod = {
    ...honestPod(environment, 'research', account, placed(pool)),
    priorityClassName: clusterObjectNames.workbenchPriorityClass,
    containers: [{ ...container(image), env: [{ name: 'ATOLL_WORKBENCH', value: 'jupyter' }] }],
    volumes: [
      ...volumes,
      { name: 'home', emptyDir: { sizeLimit: '1Gi' } },
      { name: 'shared-memory', emptyDir: { medium: 'Memory', sizeLimit: '1Gi' } },
    ],
  };
  return gpu ? GPU.change(pod) : pod;
}

interface Scene {
  readonly field: Battlefield;
  readonly owner: Owner;
  readonly pod: Fields;
  readonly pool: string;
}

const subjectOf = ({ namespace }: Battlefield): string => `research: ${namespace.name}`;

/** A workbench that runs as long as it may. */
function jobOfWorkbench(pod: Fields, marks: Marks, suspend: boolean): Fields {
  const job = jobOf(pod, marks);
  const spec = { ...(job['spec'] as Fields), suspend, activeDeadlineSeconds: LONGEST_RUN_SECONDS.workbench };
  return { ...job, spec };
}

const enters = (by: Identity, { namespace }: Battlefield, { name }: Marks): Attempt => ({
  ...coreWrite(by, namespace, 'pods/portforward', {}, 'CONNECT'),
  name: `${name}-x7k2p`,
});

/** What keeps somebody from what they try: their rights, or a policy. Undefined where nothing does. */
function hindrance({ court, grants }: Battlefield, attempt: Attempt): string | undefined {
  const rights = rightsLock(grants, attempt);
  return rights.broken === undefined ? 'RBAC gives no right to it' : court.refused(attempt);
}

/** A person makes a workbench, Kueue starts it, its pod is made, and the person opens a port of it. */
function works({ field, owner: { whose, marks }, pod, pool }: Scene, by: Identity, name: string): readonly Finding[] {
  const { court, namespace, owner } = field;
  const waiting = jobOfWorkbench(pod, marks, true);
  const started = jobWrite(identities.kueue, namespace, jobOfWorkbench(pod, marks, false), 'UPDATE');
  const steps: readonly (readonly [string, string | undefined])[] = [
    [`${name} makes ${whose}workbench`, hindrance(field, jobWrite(by, namespace, waiting, 'CREATE'))],
    [`Kueue starts ${whose}workbench`, court.refused({ ...started, oldObject: waiting })],
    [
      `the pod of ${whose}workbench is made`,
      court.refused(coreWrite(identities.jobController, namespace, 'pods', podOfJob(pod, marks), 'CREATE')),
    ],
    [`${name} opens a port of ${whose}workbench`, hindrance(field, enters(by, field, marks))],
  ];
  return steps.flatMap(([what, refused]) => openWay(subjectOf(field), `${owner}: ${what} on pool ${pool}`, refused));
}

/** People of other teams. Those of the team that a grant does not name are tried by `grant-attacks` and `team-ways`. */
function strangers(
  { field, owner: { whose, marks }, pod, pool }: Scene,
  environment: Environment,
  team: Team,
): readonly Way[] {
  return environment.researchTeams
    .filter(({ group }) => group !== team.group)
    .flatMap((other) => {
      const by = member(other);
      const made = jobWrite(by, field.namespace, jobOfWorkbench(pod, marks, true), 'CREATE');
      const entered = enters(by, field, marks);
      const guarded = whose !== '';
      const way = (what: string, attempt: Attempt, kind: string): Way => ({
        subject: subjectOf(field),
        what: `${field.owner}: a person of team ${other.id} ${what} ${whose}workbench on pool ${pool}`,
        locks: [rightsLock(field.grants, attempt), ...(guarded ? [field.court.lock(kind, attempt)] : [])],
      });
      return [way('makes', made, 'Jobs'), way('opens a port of', entered, 'connections to pods')];
    });
}

/** What a workbench must not have, asked for by its own person. */
function wrongOnes({ field, owner: { whose, marks }, pod, pool }: Scene, by: Identity): readonly Way[] {
  const { court, namespace, owner } = field;
  return COMMON_VARIATIONS.map(({ what, change, podsOnly }): Way => {
    const changed = change(pod);
    const job = jobWrite(by, namespace, jobOfWorkbench(changed, marks, true), 'CREATE');
    const made = coreWrite(identities.jobController, namespace, 'pods', podOfJob(changed, marks), 'CREATE');
    return {
      subject: subjectOf(field),
      what: `${owner}: ${whose}workbench on pool ${pool} ${what}`,
      locks: [...(podsOnly === true ? [] : [court.lock('Jobs', job)]), court.lock('Pods', made)],
    };
  });
}
