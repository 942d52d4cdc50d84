import type { Environment } from '../../../schema/model';
import { clusterObjectNames, controllerNames, teamNames, tenantNames } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';
import { type Grant, type Right, type Subject } from './grants';
import { onlyLooks } from './powers';

/** What a subject may do in one scope: at least `needs`, at most that and `may`. */
export interface Declared {
  readonly subject: Subject;
  /** A namespace, or `*` for every one. */
  readonly scope: string;
  readonly needs: readonly Right[];
  /** @default - what it needs and no more */
  readonly may?: (right: Right) => boolean;
}

const APPLY: readonly string[] = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'];
const rights = (verbs: readonly string[], resource: string): Right[] => verbs.map((verb) => ({ verb, resource }));
const looks = (resource: string): Right[] => rights(['get', 'list', 'watch'], resource);

/** Engineers who look at a cluster: everything but Secrets and what a tenant's or a team's pods say. */
function viewers(cluster: ClusterName): Declared[] {
  const subject: Subject = `Group ${clusterObjectNames.viewersGroup}`;
  const { flux, karpenter, keda, kueue } = controllerNames;
  return [
    { subject, scope: '*', needs: looks('/pods'), may: onlyLooks },
    ...[flux, karpenter, kueue, ...(cluster === 'production' ? [keda] : [])].map(({ namespace }) => ({
      subject,
      scope: namespace,
      needs: [{ verb: 'get', resource: '/pods/log' }],
    })),
  ];
}

/**
 * A research team in its own namespace: Jobs for the queue and the templates that they are made of, their output, a port of its workbench. Of a port admission asks whose pod it is; of
 * output nothing does (docs/decisions/0024-what-a-team-shares.md).
 */
const team = (id: string, group: string): Declared => ({
  subject: `Group ${group}`,
  scope: teamNames.namespace(id),
  needs: [
    ...rights(['create', 'delete'], 'batch/jobs'),
    ...looks('batch/jobs'),
    ...looks('batch/cronjobs'),
    ...looks('/pods'),
    ...rights(['get', 'create'], '/pods/portforward'),
    ...rights(['get'], '/pods/log'),
    ...rights(['create', 'delete'], '/configmaps'),
  ],
  may: onlyLooks,
});

/** The account by which Flux applies a tenant's own layer: its workloads, in its namespace. */
export const reconciler = (id: string): Declared => ({
  subject: `ServiceAccount ${controllerNames.flux.namespace}/${tenantNames.reconciler(id)}`,
  scope: tenantNames.namespace(id),
  needs: [...rights(APPLY, 'keda.sh/scaledjobs'), ...rights(APPLY, '/configmaps'), ...rights(APPLY, 'batch/jobs')],
});

/** What subjects of a cluster may do by the environment, tenants' layers apart. */
export function declaredRights(environment: Environment, cluster: ClusterName): readonly Declared[] {
  const teams = cluster === 'research' ? environment.researchTeams.map(({ id, group }) => team(id, group)) : [];
  return [...viewers(cluster), ...teams];
}

const same = (a: Right, b: Right): boolean => a.verb === b.verb && a.resource === b.resource;

/** Whether the environment says that the subject has this right there. */
export const isDeclared = (declared: readonly Declared[], grant: Grant): boolean =>
  declared.some(
    ({ subject, scope, needs, may }) =>
      subject === grant.subject &&
      scope === grant.scope &&
      (needs.some((right) => same(right, grant)) || may?.(grant) === true),
  );

/** The rights that are declared and that nothing gives. */
export const missingRights = ({ subject, scope, needs }: Declared, grants: readonly Grant[]): readonly Right[] =>
  needs.filter(
    (right) => !grants.some((grant) => grant.subject === subject && grant.scope === scope && same(grant, right)),
  );
