import type { Environment } from '../../../../schema/model';
import { registryNames } from '../../../../schema/names';
import type { ClusterName } from '../../../../schema/vocabulary';
import type { KubernetesObject } from '../../object';
import { celString } from './cel';
import { podShapes } from './pod-shape';
import { policy } from './policy';

/** Namespaces that EKS add-ons fill with images of AWS' own registries; only EKS and cluster administrators write there. */
const ADD_ON_NAMESPACES = ['kube-system', 'amazon-cloudwatch', 'mount-s3'];

/** Images of all containers (init and ephemeral ones too) and image volumes come from the environment's own registry. */
export function imagePolicies(env: Environment, cluster: ClusterName): readonly KubernetesObject[] {
  const prefix = `${registryNames.host(env, cluster)}/${registryNames.repository(env, '')}`;
  return podShapes(cluster).flatMap(({ id, rules, pod }) =>
    policy({
      env,
      name: `images-${id}`,
      rules,
      namespaceSelector: {
        matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ADD_ON_NAMESPACES }],
      },
      variables: {
        images: [
          `${pod}.containers.map(c, c.image)`,
          `(has(${pod}.initContainers) ? ${pod}.initContainers.map(c, c.image) : [])`,
          `(has(${pod}.ephemeralContainers) ? ${pod}.ephemeralContainers.map(c, c.image) : [])`,
          `(has(${pod}.volumes) ? ${pod}.volumes.filter(v, has(v.image)).map(v, v.image.reference) : [])`,
        ].join(' + '),
      },
      validations: [
        {
          expression: `variables.images.all(i, i.startsWith(${celString(prefix)}))`,
          message: `images come from ${prefix} only; add the image to the image list`,
        },
      ],
    }),
  );
}
