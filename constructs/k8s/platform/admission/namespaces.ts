import type { Environment } from '../../../../schema/model';
import { controllerNames } from '../../../../schema/names';
import type { KubernetesObject } from '../../object';
import { celList } from './cel';
import { policy } from './policy';

const { flux, username } = controllerNames;

/** Flux as itself: it applies what was reviewed. A tenant's own layer is applied as another account. */
const FLUX_USERS = [username(flux.namespace, flux.kustomize), username(flux.namespace, flux.helm)];

/**
 * Every other policy takes tenant, isolation and team from the namespace's labels, so nobody but Flux sets, changes or removes
 * them, Pod Security's included, and nobody else deletes a namespace that has any.
 */
export function namespacePolicies(env: Environment): readonly KubernetesObject[] {
  const guarded = "(k.startsWith('atoll.dev/') || k.startsWith('pod-security.kubernetes.io/'))";
  const kept = (from: string, to: string): string =>
    `variables.${from}.all(k, !${guarded} || (k in variables.${to} && variables.${to}[k] == variables.${from}[k]))`;
  return policy({
    env,
    name: 'namespaces',
    rules: [
      { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE', 'DELETE'], resources: ['namespaces'] },
    ],
    variables: {
      before: "request.operation == 'CREATE' || !has(oldObject.metadata.labels) ? {} : oldObject.metadata.labels",
      after: "request.operation == 'DELETE' || !has(object.metadata.labels) ? {} : object.metadata.labels",
    },
    validations: [
      {
        expression: `request.userInfo.username in ${celList(FLUX_USERS)} || (${kept('before', 'after')} && ${kept('after', 'before')})`,
        message:
          'labels under atoll.dev and pod-security.kubernetes.io, and namespaces that have them, are changed by Flux only',
      },
    ],
  });
}
