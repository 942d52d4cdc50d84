import { longestRuns } from '../../../../schema/job-runs';
import type { Environment } from '../../../../schema/model';
import { labels } from '../../../../schema/names';
import type { KubernetesObject } from '../../object';
import { celString } from './cel';
import { policy } from './policy';

const POOL = celString(labels.pool);
const SELECTOR = 'object.spec.template.spec.nodeSelector';

/**
 * Every Job of a team ends: a machine whose person has gone home, or whose training hangs, is paid until somebody looks. What a Job may take
 * goes by the pool that it names, of which `team-placement` says that it must be one. Kubernetes counts from the moment at which Kueue starts it.
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-termination-and-cleanup (2026-11-26)
 */
export function deadlines(env: Environment): readonly KubernetesObject[] {
  const runs = [...longestRuns(env.nodePools)].map(([pool, seconds]) => `${celString(pool)}: ${seconds}`);
  return policy({
    env,
    name: 'job-deadlines',
    rules: [{ apiGroups: ['batch'], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['jobs'] }],
    namespaceSelector: { matchExpressions: [{ key: labels.team, operator: 'Exists' }] },
    variables: {
      longest: `{${runs.join(', ')}}`,
      pool: `has(${SELECTOR}) && ${POOL} in ${SELECTOR} ? ${SELECTOR}[${POOL}] : ''`,
    },
    validations: [
      {
        expression:
          'has(object.spec.activeDeadlineSeconds) && variables.pool in variables.longest && ' +
          'object.spec.activeDeadlineSeconds <= variables.longest[variables.pool]',
        message: `activeDeadlineSeconds: required, at most what the workload of the pool under ${labels.pool} may take`,
      },
    ],
  });
}
