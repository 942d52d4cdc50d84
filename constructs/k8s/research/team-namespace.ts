import type { Construct } from 'constructs';
import type { ResearchTeam } from '../../../schema/environment';
import type { Environment } from '../../../schema/model';
import { teamNames } from '../../../schema/names';
import { localQueue } from '../api/kueue';
import { labelSet } from '../label-set';
import { restrictedNamespace } from '../namespace/namespace';
import { serviceAccount } from '../namespace/service-account';
import { exits, interfaceEndpoints } from '../network-policies/exits';
import { networkPolicies } from '../network-policies/network-policy';
import { object } from '../object';
import { grantServiceAccount } from './grant-account';
import { teamAccess } from './team-access';
import { teamQuota } from './team-quota';
import { workersService } from './workers-service';

/** A team's namespace on the research cluster: its rights, its bounds, its queue, and an account for each of its grants. */
export function teamNamespace(scope: Construct, env: Environment, team: ResearchTeam): void {
  const labels = labelSet({ env, name: 'research', owner: `team/${team.id}` });
  const namespace = teamNames.namespace(team.id);
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
      exits.sameNamespace,
      interfaceEndpoints(env.network.research),
      exits.publicHttps,
    ],
    ingress: [{ from: exits.sameNamespace.to }],
  });
  teamQuota(scope, env, team, labels);
  teamAccess(scope, team, labels);
  workersService(scope, { name: teamNames.workersService, namespace, labels }, team.id);
  serviceAccount(scope, { name: teamNames.serviceAccount, namespace, labels });
  for (const grant of env.grants) {
    if (grant.team === team.id) grantServiceAccount(scope, env, grant);
  }
  object(
    scope,
    'queue',
    localQueue({ name: teamNames.localQueue, namespace, labels }, { clusterQueue: teamNames.clusterQueue(team.id) }),
  );
}
