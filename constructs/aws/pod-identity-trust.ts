import { arn } from '../../schema/arns';
import type { Environment } from '../../schema/model';
import type { ClusterName } from '../../schema/vocabulary';
import { type Conditions, type PolicyDocument, policyDocument } from './statement';

export interface PodIdentityTrustProps {
  readonly env: Environment;
  readonly cluster: ClusterName;
  readonly namespace: string;
  readonly serviceAccount: string | readonly string[];
  /** What must hold besides. @default - nothing */
  readonly where?: Conditions;
}

/** Who becomes a role by EKS Pod Identity: pods of this cluster that run as the account in the namespace. @param sid who they are */
export function podIdentityTrust(sid: string, props: PodIdentityTrustProps): PolicyDocument {
  const { env, cluster, namespace, serviceAccount, where = {} } = props;
  const clusterArn = arn.cluster(env, cluster);
  return policyDocument({
    Sid: sid,
    Effect: 'Allow',
    Principal: { Service: 'pods.eks.amazonaws.com' },
    Action: ['sts:AssumeRole', 'sts:TagSession'],
    Condition: {
      ArnEquals: { 'aws:SourceArn': clusterArn },
      StringEquals: {
        'aws:SourceAccount': env.accounts[cluster],
        'aws:RequestTag/eks-cluster-arn': clusterArn,
        'aws:RequestTag/kubernetes-namespace': namespace,
        'aws:RequestTag/kubernetes-service-account': serviceAccount,
      },
      ...where,
    },
  });
}
