import type { Environment } from '../../schema/model';
import { labels as labelNames, teamNames } from '../../schema/names';
import type { Finding } from '../finding';
import { deadlineAttacks } from './admission/deadline-attacks';
import { grantAttacks } from './admission/grant-attacks';
import { account, person } from './admission/identities';
import { namespaceAttacks } from './admission/namespace-attacks';
import type { Battlefield } from './admission/pod-attacks';
import { honestPod, placed } from './admission/pods';
import { queueAttacks, teamPodAttacks, teamUserAttacks } from './admission/team-attacks';
import { proveTemplates } from './admission/team-templates';
import { grantWays, honestTeam } from './admission/team-ways';
import { workbenchWays } from './admission/workbench-ways';
import { type Cluster, identityLock } from './cluster';
import { namespaceFaults } from './controllers/namespace-object';
import { teamServiceFaults } from './controllers/team-service';
import { accountFaults, withName } from './controllers/tenant-namespace';
import { commonDestinations } from './destinations';
import { networkPolicies } from './network/policies';
import { reachWithin } from './network/within-team';
import { zonesFor } from './network/zones';
import { reachByAddress, reachByLabels, reachedByAddress, type Room } from './network/reach';
import { NotUnderstood } from './not-understood';
import { type KubernetesObject, nameOf } from './objects/kubernetes-object';
import { controllerFindings, type RoomProof } from './tenant-proof';
import { closedWay, finding, openWay } from './way';

type Team = Environment['researchTeams'][number];

const KINDS: readonly string[] = [
  'ConfigMap',
  'CronJob',
  'LimitRange',
  'LocalQueue',
  'Namespace',
  'NetworkPolicy',
  'ResourceQuota',
  'Role',
  'RoleBinding',
  'Service',
  'ServiceAccount',
];

/** A team's namespace with all that the network's proof asks of it. */
export function teamRoom(
  environment: Environment,
  cluster: Cluster,
  team: Team,
  objects: readonly KubernetesObject[],
): Room {
  const name = teamNames.namespace(team.id);
  const written = objects.find(({ kind, metadata }) => kind === 'Namespace' && metadata.name === name);
  const namespace = { name, labels: withName(name, written?.metadata.labels ?? {}) };
  const pool = environment.nodePools.find((each) => each.cluster === 'research');
  const honest =
    pool === undefined ? undefined : honestPod(environment, 'research', teamNames.serviceAccount, placed(pool.name));
  const identity = identityLock(cluster, namespace, honest, []);
  return {
    owner: `team ${team.id}`,
    cluster: 'research',
    namespace,
    policies: networkPolicies(objects).filter((policy) => policy.namespace === name),
    identity,
    // The ranks of a training listen to each other: reaching one gives no more than its port, and none of its rights.
    listens: [identity],
  };
}

/** Everything of one team but the pairs with others. @param cluster with the bindings of every team among its grants */
export function proveTeam(
  environment: Environment,
  cluster: Cluster,
  team: Team,
  objects: readonly KubernetesObject[],
): RoomProof {
  const room = teamRoom(environment, cluster, team, objects);
  const field: Battlefield = {
    court: cluster.court,
    grants: cluster.grants,
    namespace: room.namespace,
    owner: room.owner,
  };
  const byAddress = reachByAddress(room, zonesFor(cluster.zones, team.id), cluster.vpc, cluster.metadata);
  const byLabels = [
    ...commonDestinations(cluster, room, 'team').map((to) => reachByLabels(room, to)),
    ...reachWithin(environment, room, team),
  ];
  const grants = grantWays(environment, field, team);
  const within = grantAttacks(environment, field, team);
  const deadlines = deadlineAttacks(environment, field, team);
  const workbenches = workbenchWays(environment, field, team);
  const ways = [
    ...teamPodAttacks(environment, field, team),
    ...queueAttacks(environment, field, team),
    ...teamUserAttacks(environment, field, team),
    ...grants.attacks,
    ...within.ways,
    ...deadlines.ways,
    ...workbenches.ways,
    ...namespaceAttacks(field, [
      ['a person of the team', person('member@example.com', team.group)],
      ['a pod of its own', account(room.namespace.name, teamNames.serviceAccount)],
    ]),
    ...byAddress.ways,
    ...reachedByAddress(room, cluster.zones),
    ...byLabels.flatMap((each) => each.ways),
  ];
  return {
    ways,
    findings: [
      ...ways.flatMap(closedWay),
      ...grants.findings,
      ...within.findings,
      ...deadlines.findings,
      ...workbenches.findings,
      ...honestTeam(environment, field, team),
      ...proveTemplates(environment, field, team, objects),
      ...proveTeamNamespace(environment, team, objects),
      ...byAddress.findings,
      ...byLabels.flatMap((each) => each.findings),
      ...controllerFindings(field),
    ],
  };
}

/** The objects of a team's file: its namespace and what is in it, an account for each of its grants, and no other. */
function proveTeamNamespace(
  environment: Environment,
  { id }: Team,
  objects: readonly KubernetesObject[],
): readonly Finding[] {
  const home = teamNames.namespace(id);
  const findings: Finding[] = [];
  for (const object of objects) {
    const { kind, metadata } = object;
    const subject = `research: ${nameOf(object)}`;
    if (!KINDS.includes(kind))
      throw new NotUnderstood(
        subject,
        `got the kind ${kind}, allowed ${KINDS.join(', ')}; what it opens is not known here`,
      );
    if ((kind === 'Namespace' ? metadata.name : metadata.namespace) !== home)
      findings.push(
        finding(
          'open',
          subject,
          `team ${id}: its file reaches beyond ${home}, applied by Flux as itself: got open, expected closed`,
        ),
      );
    if (kind === 'ServiceAccount') findings.push(...accountFaults(`team ${id}`, 'research', object));
    if (kind === 'Service') findings.push(...teamServiceFaults(id, object));
  }
  const namespace = objects.find(({ kind, metadata }) => kind === 'Namespace' && metadata.name === home);
  findings.push(
    ...(namespace === undefined
      ? openWay(`research: ${home}`, `team ${id} has a namespace`, 'there is none')
      : namespaceFaults(environment, 'research', `team ${id}`, namespace, { [labelNames.team]: id })),
  );
  const accounts = objects
    .filter(({ kind, metadata }) => kind === 'ServiceAccount' && metadata.namespace === home)
    .map(({ metadata }) => metadata.name);
  const declared = [
    teamNames.serviceAccount,
    ...environment.grants.filter(({ team }) => team === id).map((grant) => teamNames.grantServiceAccount(grant.id)),
  ];
  return [
    ...findings,
    ...declared
      .filter((name) => !accounts.includes(name))
      .flatMap((name) => openWay(`research: ${home}`, `pods of team ${id} run as ${name}`, 'there is no such account')),
    ...accounts
      .filter((name) => !declared.includes(name))
      .map((name) =>
        finding(
          'open',
          `research: ServiceAccount ${home}/${name}`,
          `team ${id}: got an account ${name}, expected ${declared.join(', ')} only`,
        ),
      ),
  ];
}
