import type { Environment } from '../../../schema/model';
import { teamNames } from '../../../schema/names';
import type { Finding } from '../../finding';
import { openWay, type Way } from '../way';
import { type Attempt, rightsLock } from './court';
import { type Identity, identities } from './identities';
import { grantWay, jobOf, jobWrite, marksOf } from './grant-scene';
import type { Battlefield } from './pod-attacks';
import { honestPod, placed } from './pods';
import { OTHER_SHAPES, shapes } from './shapes';
import { GPU, member, podOf, poolsOf, queued, type Team } from './team-scene';

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
          grantWay(field, member(team, name), grant.id, pod),
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
      const write = jobWrite(by, field.namespace, jobOf(pod, marksOf(grant.id)), 'CREATE');
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
