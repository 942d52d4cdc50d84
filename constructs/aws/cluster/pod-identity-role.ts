import * as iam from 'aws-cdk-lib/aws-iam';
import * as eks from 'aws-cdk-lib/aws-eks';
import { Construct } from 'constructs';
import type { Environment } from '../../../schema/model';
import { arn } from '../../../schema/arns';
import type { ClusterName } from '../../../schema/vocabulary';

export interface PodIdentityRoleProps {
  readonly env: Environment;
  readonly cluster: ClusterName;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly description: string;
  /** Name from `schema/names.ts`. @default - CloudFormation makes one; for add-ons, whose role nobody else names */
  readonly roleName?: string;
  readonly managedPolicies?: readonly iam.IManagedPolicy[];
  /** One customer-managed policy per entry, each under 6,144 characters; the key is the construct's id. @default - none */
  readonly policies?: Readonly<Record<string, iam.PolicyStatement[]>>;
}

/**
 * A role that one service account of one cluster gets by EKS Pod Identity, and nothing else: the trust pins account, cluster,
 * namespace and service account by the session tags that EKS sets
 * (https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html, 2026-11-24).
 */
export class PodIdentityRole extends Construct {
  readonly role: iam.Role;
  readonly namespace: string;
  readonly serviceAccount: string;

  constructor(scope: Construct, id: string, props: PodIdentityRoleProps) {
    super(scope, id);
    const { env, cluster, namespace, serviceAccount } = props;
    this.namespace = namespace;
    this.serviceAccount = serviceAccount;
    const principal = new iam.ServicePrincipal('pods.eks.amazonaws.com', {
      conditions: {
        StringEquals: {
          'aws:SourceAccount': env.accounts[cluster],
          'aws:RequestTag/eks-cluster-arn': arn.cluster(env, cluster),
          'aws:RequestTag/kubernetes-namespace': namespace,
          'aws:RequestTag/kubernetes-service-account': serviceAccount,
        },
      },
    });
    // Made before the role, so that whoever waits for the role gets one that has its rights.
    const policies = Object.entries(props.policies ?? {}).map(
      ([name, statements]) => new iam.ManagedPolicy(this, name, { statements }),
    );
    this.role = new iam.Role(this, 'Role', {
      description: props.description,
      // Pod Identity always tags the session, so both actions are one right.
      assumedBy: new iam.SessionTagsPrincipal(principal),
      ...(props.roleName === undefined ? {} : { roleName: props.roleName }),
      managedPolicies: [...(props.managedPolicies ?? []), ...policies],
    });
  }

  /** The pair in which an add-on names it; EKS then makes the association itself. */
  get addonAssociation(): eks.CfnAddon.PodIdentityAssociationProperty {
    return { roleArn: this.role.roleArn, serviceAccount: this.serviceAccount };
  }

  /** The association, for a service account that no add-on owns. */
  associate(clusterName: string): eks.CfnPodIdentityAssociation {
    return new eks.CfnPodIdentityAssociation(this, 'Association', {
      clusterName,
      namespace: this.namespace,
      serviceAccount: this.serviceAccount,
      roleArn: this.role.roleArn,
    });
  }
}
