import type { Environment } from '../../../../schema/model';
import { controllerNames, LABEL_PREFIX } from '../../../../schema/names';
import type { KubernetesObject } from '../../object';
import { celList, celString } from './cel';
import { policy } from './policy';

const { flux, username } = controllerNames;

/** Flux as itself: it applies what was reviewed. A tenant's own layer is applied as another account. */
export const FLUX_USERS = [username(flux.namespace, flux.kustomize), username(flux.namespace, flux.helm)];

/** EKS's own manager of add-ons, which makes their namespaces, Pod Security labels included (the name is from memory: docs/open-claims.md). */
const ADD_ON_MANAGER = 'eks:addon-manager';

/**
 * Every other policy takes tenant, isolation and team from the namespace's labels, so nobody but Flux sets, changes or removes
 * them, Pod Security's included, and nobody else deletes a namespace that has any. Add-ons' namespaces have none of ours, and their
 * manager may label them for Pod Security.
 */
export function namespacePolicies(env: Environment): readonly KubernetesObject[] {
  const kept = (prefix: string): string =>
    [
      ['before', 'after'],
      ['after', 'before'],
    ]
      .map(
        ([from, to]) =>
          `variables.${from}.all(k, !k.startsWith(${celString(prefix)}) || (k in variables.${to} && variables.${to}[k] == variables.${from}[k]))`,
      )
      .join(' && ');
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
        expression: `request.userInfo.username in ${celList(FLUX_USERS)} || (${kept(LABEL_PREFIX)})`,
        message: 'labels under atoll.dev, and namespaces that have them, are changed by Flux only',
      },
      {
        expression: `request.userInfo.username in ${celList([...FLUX_USERS, ADD_ON_MANAGER])} || (${kept('pod-security.kubernetes.io/')})`,
        message: 'labels under pod-security.kubernetes.io, and namespaces that have them, are changed by Flux only',
      },
    ],
  });
}
