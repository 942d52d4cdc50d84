import type { Construct } from 'constructs';
import type { ResearchTeam } from '../../../schema/environment';
import { teamNames } from '../../../schema/names';
import { boundRole, type PolicyRule, type Verb } from '../namespace/role';

const READ: readonly Verb[] = ['get', 'list', 'watch'];

/**
 * A queued Job is the one way to a machine, so Jobs are all that people make. No `exec`: what ran would be in no log; a workbench is
 * reached by a forwarded port, of which admission asks whose it is, and the audit log names who opened it; output is read by all of the team
 * (docs/decisions/0024-what-a-team-shares.md). No `patch` of Jobs: it could unsuspend what Kueue holds.
 */
const RULES: readonly PolicyRule[] = [
  { apiGroups: ['batch'], resources: ['jobs'], verbs: [...READ, 'create', 'delete'] },
  // `kubectl create job --from` reads a template; nobody but Flux writes one.
  { apiGroups: ['batch'], resources: ['cronjobs'], verbs: READ },
  { apiGroups: [''], resources: ['pods', 'events', 'configmaps', 'resourcequotas'], verbs: READ },
  { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
  // A forward over WebSocket is a get, the older SPDY one a create.
  { apiGroups: [''], resources: ['pods/portforward'], verbs: ['get', 'create'] },
  { apiGroups: [''], resources: ['configmaps'], verbs: ['create', 'delete'] },
  { apiGroups: ['kueue.x-k8s.io'], resources: ['localqueues', 'workloads'], verbs: READ },
];

/** The rights of a team's group, in the team's namespace only. */
export function teamAccess(scope: Construct, team: ResearchTeam, labels: Readonly<Record<string, string>>): void {
  boundRole(scope, { name: 'team', namespace: teamNames.namespace(team.id), labels }, RULES, [
    { kind: 'Group', name: team.group, apiGroup: 'rbac.authorization.k8s.io' },
  ]);
}
