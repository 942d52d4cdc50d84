import { and, type Formula, or } from './formula';
import { matches } from './match';
import { literal } from './pattern';
import type { SessionTags } from './session-tags';
import type { Association, Role } from './world';

/** The service that opens sessions for pods. */
export const POD_IDENTITY = 'pods.eks.amazonaws.com';

/**
 * Tags of a session that EKS Pod Identity opens; no other can be added
 * (https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html, 2026-11-25).
 */
export const POD_TAGS = [
  'eks-cluster-arn',
  'eks-cluster-name',
  'kubernetes-namespace',
  'kubernetes-service-account',
  'kubernetes-pod-name',
  'kubernetes-pod-uid',
] as const;

/** The session is of a pod that one of the associations names. */
export function isAssociated(role: Role, associations: readonly Association[], tags: SessionTags): Formula {
  return or(
    ...associations
      .filter((one) => one.role === role.arn)
      .map(({ clusterArn, clusterName, namespace, serviceAccount }) =>
        and(
          ...Object.entries({
            'eks-cluster-arn': clusterArn,
            'eks-cluster-name': clusterName,
            'kubernetes-namespace': namespace,
            'kubernetes-service-account': serviceAccount,
          }).map(([tag, text]) => matches(tags.value(tag), literal(text))),
        ),
      ),
  );
}
