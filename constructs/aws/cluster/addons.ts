import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct, type IDependable } from 'constructs';
import type { Environment } from '../../../schema/model';
import type { ClusterName } from '../../../schema/vocabulary';
import { acknowledge } from '../acknowledge';
import { cloudWatchObservability, VPC_CNI } from './addon-configuration';
import { ContainerInsights } from './container-insights';
import { PodIdentityRole } from './pod-identity-role';

export interface AddonsProps {
  readonly env: Environment;
  readonly cluster: ClusterName;
  /** Name of the cluster as a reference, so that the add-ons come after it. */
  readonly clusterName: string;
  /** Key of the cluster's log groups. */
  readonly logKey: IKey;
}

/**
 * The EKS add-ons, in two halves around the node group: a node is not ready without the first, and the second has no place to
 * run without a node.
 *
 * No add-on names a version: EKS then takes the default of the cluster's Kubernetes version when the add-on is made, and the
 * versions are data that a synth cannot look up. The price is that an add-on stays at the version it was made with until a
 * person updates it, which each Kubernetes upgrade asks for anyway.
 */
export class Addons extends Construct {
  /** Role of the EBS CSI driver, for the key of the volumes. */
  readonly volumeDriver: PodIdentityRole;
  readonly beforeNodes: readonly eks.CfnAddon[];
  private readonly afterNodes: readonly eks.CfnAddon[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AddonsProps,
  ) {
    super(scope, id);
    this.volumeDriver = this.role('VolumeDriver', 'ebs-csi-controller-sa', 'AmazonEBSCSIDriverPolicyV2');
    this.beforeNodes = this.networking();
    this.afterNodes = this.services();
  }

  /** Puts the second half behind what it needs to run on. */
  runOn(nodes: IDependable): void {
    for (const addon of this.afterNodes) addon.node.addDependency(nodes);
  }

  private networking(): eks.CfnAddon[] {
    // First, since the CNI gets its rights from it.
    const agent = this.addon('eks-pod-identity-agent');
    const cni = this.addon('vpc-cni', {
      configuration: VPC_CNI,
      role: this.role('Cni', 'aws-node', 'AmazonEKS_CNI_Policy'),
    });
    cni.node.addDependency(agent);
    return [agent, cni, this.addon('kube-proxy')];
  }

  private services(): eks.CfnAddon[] {
    const { env, cluster, logKey } = this.props;
    const insights = new ContainerInsights(this, 'ContainerInsights', { env, cluster, logKey });
    return [
      this.addon('coredns'),
      this.addon('aws-ebs-csi-driver', { role: this.volumeDriver }),
      // No role: every volume says `authenticationSource: pod`, so that a mount has its own pod's rights. A role of the driver's
      // would serve every tenant.
      this.addon('aws-mountpoint-s3-csi-driver'),
      this.addon('amazon-cloudwatch-observability', {
        configuration: cloudWatchObservability(env, cluster),
        role: insights.agent,
      }),
    ];
  }

  private addon(addonName: string, options: AddonOptions = {}): eks.CfnAddon {
    const { configuration, role } = options;
    return new eks.CfnAddon(this, addonName, {
      addonName,
      clusterName: this.props.clusterName,
      // What a person changed by hand is drift.
      resolveConflicts: 'OVERWRITE',
      ...(configuration === undefined ? {} : { configurationValues: JSON.stringify(configuration) }),
      ...(role === undefined ? {} : { podIdentityAssociations: [role.addonAssociation] }),
    });
  }

  private role(id: string, serviceAccount: string, awsPolicy: string): PodIdentityRole {
    const { env, cluster } = this.props;
    const role = new PodIdentityRole(this, id, {
      env,
      cluster,
      namespace: 'kube-system',
      serviceAccount,
      description: `Add-on ${serviceAccount} on the ${cluster} cluster of ${env.name}`,
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName(awsPolicy)],
    });
    acknowledge(
      role,
      [`AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${awsPolicy}]`],
      'the policy that AWS writes for this add-on and keeps in step with its versions; one service account of one cluster has it',
    );
    return role;
  }
}

interface AddonOptions {
  readonly configuration?: object;
  readonly role?: PodIdentityRole;
}
