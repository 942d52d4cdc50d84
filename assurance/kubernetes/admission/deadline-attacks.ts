import { longestRuns } from '../../../schema/job-runs';
import type { Environment } from '../../../schema/model';
import { labels as labelNames, teamNames } from '../../../schema/names';
import type { Finding } from '../../finding';
import type { Fields } from '../objects/kubernetes-object';
import type { LabelSelector } from '../objects/label-selector';
import { openWay, type Way } from '../way';
import { type Attempt, rightsLock } from './court';
import { jobOf, jobWrite, marksOf, TEAM_MARKS, type Marks } from './grant-scene';
import type { Battlefield } from './pod-attacks';
import type { Allowed } from './pod-readings';
import { honestPod, placed } from './pods';
import { GPU, member, type Team } from './team-scene';

const ENDS = 'activeDeadlineSeconds';

/** What the policy of ends may go by: the end itself, and the pool, which `team-placement` wants to be one of them. */
export const deadlineReading = (environment: Environment, namespaces: LabelSelector): Allowed => ({
  paths: ['object.spec.activeDeadlineSeconds', `object.spec.template.spec.nodeSelector[${labelNames.pool}]`],
  literals: [
    ...[...longestRuns(environment.nodePools)].flatMap(([pool, seconds]) => [`key ${pool}`, `value ${seconds}`]),
    `[] ${labelNames.pool}`,
    '?: ',
  ],
  namespaces,
});

/** Jobs whose machines nobody would give back, on every pool, of the team's own and of each of its grants: a workbench is such a Job. */
export function deadlineAttacks(
  environment: Environment,
  { court, grants, namespace, owner }: Battlefield,
  team: Team,
): { readonly ways: readonly Way[]; readonly findings: readonly Finding[] } {
  const subject = `research: ${namespace.name}`;
  const ways: Way[] = [];
  const findings: Finding[] = [];
  for (const [pool, longest] of longestRuns(environment.nodePools))
    for (const { who, account, marks, person } of makers(environment, team)) {
      const pod = GPU.change(honestPod(environment, 'research', account, placed(pool)));
      const write = (seconds: number | undefined, operation: Attempt['operation']): Attempt => ({
        ...jobWrite(member(team, person), namespace, ending(jobOf(pod, marks), seconds), operation),
        ...(operation === 'UPDATE' ? { oldObject: ending(jobOf(pod, marks), longest) } : {}),
      });
      for (const [what, seconds] of [
        ['that never ends', undefined],
        ['that ends later than its pool allows', longest + 1],
      ] as const) {
        const changed = write(seconds, 'UPDATE');
        ways.push(
          {
            subject,
            what: `${owner}: a person makes a Job ${who}${what} on pool ${pool}`,
            locks: [court.lock('Jobs', write(seconds, 'CREATE'))],
          },
          {
            subject,
            what: `${owner}: a person makes of a Job ${who}one ${what} on pool ${pool}`,
            locks: [rightsLock(grants, changed), court.lock('Jobs', changed)],
          },
        );
      }
      findings.push(
        ...openWay(
          subject,
          `${owner}: a person makes a Job ${who}that runs as long as pool ${pool} allows`,
          court.refused(write(longest, 'CREATE')),
        ),
      );
    }
  return { ways, findings };
}

interface Maker {
  /** Before what the Job does: nothing, or `of a grant `. */
  readonly who: string;
  readonly account: string;
  readonly marks: Marks;
  readonly person: string;
}

function makers(environment: Environment, team: Team): readonly Maker[] {
  const grants = environment.grants.filter((grant) => grant.team === team.id);
  return [
    { who: '', account: teamNames.serviceAccount, marks: TEAM_MARKS, person: 'member@example.com' },
    ...grants.flatMap(({ id, people: [person] }) =>
      person === undefined
        ? []
        : [{ who: `of grant ${id} `, account: teamNames.grantServiceAccount(id), marks: marksOf(id), person }],
    ),
  ];
}

/** The Job with another end, or with none. */
function ending(job: Fields, seconds: number | undefined): Fields {
  const rest = Object.fromEntries(Object.entries(job['spec'] as Fields).filter(([key]) => key !== ENDS));
  return { ...job, spec: seconds === undefined ? rest : { ...rest, [ENDS]: seconds } };
}
