import { Duration, RemovalPolicy, Size, Validations } from 'aws-cdk-lib';
import { KubectlV36Layer } from '@aws-cdk/lambda-layer-kubectl-v36';

import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Environment } from '../../../schema/model';
import { clusterNames } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';
import { acknowledge } from '../acknowledge';
import { KubernetesHandlerRole } from './kubernetes-handler-role';
import { LogKey } from './log-key';
import { RetainedKey } from './retained-key';

export interface ControlPlaneProps {
  readonly env: Environment;
  readonly cluster: ClusterName;
  readonly vpc: ec2.IVpc | ec2.Vpc;
  readonly systemSubnets: ec2.SubnetSelection;
}

/** The EKS cluster itself: API server, its key and logs, and the handler by which a deploy bootstraps Flux. No node yet. */
export class ControlPlane extends Construct {
  readonly cluster: EksCluster;
  readonly handler: KubernetesHandlerRole;
  /** Key of the cluster's log groups. */
  readonly logKey: IKey;

  constructor(scope: Construct, id: string, props: ControlPlaneProps) {
    super(scope, id);
    const { env, cluster } = props;
    const secrets = new RetainedKey(this, 'SecretsKey', {
      alias: clusterNames.secretsKeyAlias(env, cluster),
      description: `Secrets of the ${cluster} cluster of ${env.name}`,
      account: env.accounts[cluster],
    });
    this.logKey = new LogKey(this, 'LogKey', { env, cluster }).key;
    const role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('eks.amazonaws.com'),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonEKSClusterPolicy')],
    });
    acknowledge(
      role,
      ['AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AmazonEKSClusterPolicy]'],
      'EKS asks for this policy on the control plane and AWS keeps it in step with what the control plane calls',
    );
    this.handler = new KubernetesHandlerRole(this, 'KubernetesHandler', { env, cluster });
    const eksCluster = new eks.Cluster(this, 'Cluster', {
      clusterName: clusterNames.cluster(env, cluster),
      version: eks.KubernetesVersion.of(env.clusters[cluster].kubernetesVersion),
      vpc: props.vpc as ec2.IVpc,
      vpcSubnets: [props.systemSubnets],
      securityGroup: this.endpointGroup(env, props.vpc as ec2.IVpc),
      role,
      // Any type but AUTOMODE turns Auto Mode off; the node group that carries the controllers is made beside it.
      defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
      defaultCapacity: 0,
      endpointAccess: eks.EndpointAccess.PRIVATE,
      clusterLogging: [
        eks.ClusterLoggingTypes.API,
        eks.ClusterLoggingTypes.AUDIT,
        eks.ClusterLoggingTypes.AUTHENTICATOR,
        eks.ClusterLoggingTypes.CONTROLLER_MANAGER,
        eks.ClusterLoggingTypes.SCHEDULER,
      ],
      secretsEncryptionKey: secrets.key,
      // True (EKS's default) makes CloudFormation's execution role a cluster admin that no access entry shows.
      bootstrapClusterCreatorAdminPermissions: false,
      // True (EKS's default) installs unmanaged copies of the CNI, kube-proxy and CoreDNS before the add-ons come.
      bootstrapSelfManagedAddons: false,
      outputConfigCommand: false,
      kubectlProviderOptions: {
        kubectlLayer: new KubectlV36Layer(this, 'KubectlLayer'),
        // The provider would attach read rights on every repository; the role has its own, narrower ones.
        role: this.handler.role.withoutPolicyUpdates(),
        memory: Size.mebibytes(1024),
      },
    });
    this.cluster = eksCluster as EksCluster;
    this.hardenDefaults(env, cluster);
    this.handler.settleProvider(this.cluster, env.logRetentionDays, this.logKey);
  }

  /** What the L2 has no property for. */
  private hardenDefaults(env: Environment, cluster: ClusterName): void {
    const resource = this.cluster.node.defaultChild as eks.CfnCluster;
    resource.deletionProtection = true;
    // STANDARD: EKS upgrades at the end of standard support (0.10 $/h) instead of billing extended support (0.60 $/h).
    resource.upgradePolicy = { supportType: 'STANDARD' };
    resource.node.addDependency(this.controlPlaneLogs(env, cluster));
    acknowledge(
      this.cluster,
      ['@aws-cdk/aws-eks:isolatedSubnetsForKubectlPrivateSubnets'],
      'the VPC has no way out on purpose; the network stack has an endpoint for every service that the handler calls',
    );
    resource.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, {
      'CloudFormation-Validate::W9009': 'EKS still asks for it: `secrets` is the one value that the API takes',
    });
  }

  /**
   * The group of the private endpoint, which EKS puts on the control plane's interfaces beside its own group. EKS's own is on every
   * node as well: a rule there would open the nodes' port 443 to people, too.
   * @see https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html (2026-11-25)
   * @see https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html#private-access (2026-11-25)
   */
  private endpointGroup(env: Environment, vpc: ec2.IVpc): ec2.SecurityGroup {
    const group = new ec2.SecurityGroup(this, 'EndpointGroup', {
      vpc,
      description: 'Private endpoint of the API server',
    });
    for (const block of env.network.connectedNetwork?.cidrBlocks ?? []) {
      group.addIngressRule(ec2.Peer.ipv4(block), ec2.Port.tcp(443), 'API server from the connected network');
    }
    return group;
  }

  private controlPlaneLogs(env: Environment, cluster: ClusterName): logs.CfnLogGroup {
    const group = new logs.CfnLogGroup(this, 'Logs', {
      logGroupName: clusterNames.controlPlaneLogGroup(env, cluster),
      retentionInDays: env.logRetentionDays,
      kmsKeyId: this.logKey.keyArn,
    });
    group.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    return group;
  }
}

/**
 * The L2's class and interface disagree under `exactOptionalPropertyTypes` (an optional property that may be undefined), so the
 * class is passed on as what it implements.
 */
export type EksCluster = eks.Cluster & eks.ICluster;

/** Longest wait for one Helm release: the handler's own limit of 15 minutes, less a margin. */
export const HELM_TIMEOUT = Duration.minutes(14);
