import type { Construct } from 'constructs';
import type { ResearchTeam } from '../../../schema/environment';
import type { Grant } from '../../../schema/grant';
import type { Environment } from '../../../schema/model';
import { labels as labelNames, teamNames } from '../../../schema/names';
import { openSources } from '../../../schema/open-sources';
import { localQueue } from '../api/kueue';
import { labelSet } from '../label-set';
import { restrictedNamespace } from '../namespace/namespace';
import { serviceAccount } from '../namespace/service-account';
import { exits, interfaceEndpoints, replica } from '../network-policies/exits';
import { type EgressRule, type LabelSelector, networkPolicies } from '../network-policies/network-policy';
import { object } from '../object';
import { grantServiceAccount } from './grant-account';
import { grantScopeMap } from './grant-scope-map';
import { teamAccess } from './team-access';
import { teamQuota } from './team-quota';
import { trainingTemplates } from './training-templates';
import { workersService } from './workers-service';

/** A team's namespace on the research cluster: its rights, its bounds, its queue, its templates of trainings, and an account for each of its
 * grants. */
export function teamNamespace(scope: Construct, env: Environment, team: ResearchTeam): void {
  const labels = labelSet({ env, name: 'research', owner: `team/${team.id}` });
  const namespace = teamNames.namespace(team.id);
  const grants = env.grants.filter((grant) => grant.team === team.id);
  restrictedNamespace(scope, {
    name: namespace,
    labels,
    kubernetesVersion: env.clusters.research.kubernetesVersion,
  });
  networkPolicies(scope, {
    namespace,
    labels,
    egress: [
      exits.dns,
      exits.podIdentity,
      interfaceEndpoints(env.network.research),
      exits.publicHttps,
      ...replicasOf(env, grants),
    ],
    circles: circlesOf(grants),
  });
  teamQuota(scope, env, team, labels);
  teamAccess(scope, team, labels);
  workersService(scope, { name: teamNames.workersService, namespace, labels }, team.id);
  trainingTemplates(scope, env, team);
  serviceAccount(scope, { name: teamNames.serviceAccount, namespace, labels });
  for (const grant of grants) {
    grantServiceAccount(scope, env, grant);
    grantScopeMap(scope, env, grant);
  }
  object(
    scope,
    'queue',
    localQueue({ name: teamNames.localQueue, namespace, labels }, { clusterQueue: teamNames.clusterQueue(team.id) }),
  );
}

/**
 * Who meets whom: the ranks of the team's own trainings, and those of each grant's, whose pods admission labels by their account. What
 * a granted pod serves on a port is for the pods of its grant.
 */
const circlesOf = (grants: readonly Grant[]): Readonly<Record<string, LabelSelector>> => ({
  [teamNames.serviceAccount]: { matchExpressions: [{ key: labelNames.grant, operator: 'DoesNotExist' }] },
  ...Object.fromEntries(
    grants.map(({ id }) => [teamNames.grantServiceAccount(id), { matchLabels: { [labelNames.grant]: id } }]),
  ),
});

/**
 * The replicas that a grant of the team opens, each once, for all pods of the team. A network policy knows no date, and what closes a replica
 * to who has another grant or none is the secret.
 */
function replicasOf(env: Environment, grants: readonly Grant[]): EgressRule[] {
  const open = grants.flatMap((grant) => openSources(env, grant).relational);
  return [...new Map(open.map((source) => [`${source.cidrBlock}:${source.port}`, replica(source)])).values()];
}
