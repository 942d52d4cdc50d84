import { Stack, type Environment as StackEnvironment } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { AccessEntries } from '../../constructs/aws/cluster/access';
import { Addons } from '../../constructs/aws/cluster/addons';
import { ControlPlane } from '../../constructs/aws/cluster/control-plane';
import { FluxBootstrap } from '../../constructs/aws/cluster/flux-bootstrap';
import { FluxSourceRole } from '../../constructs/aws/cluster/flux-source-role';
import { Karpenter } from '../../constructs/aws/cluster/karpenter/karpenter';
import { KedaRole } from '../../constructs/aws/cluster/keda-role';
import { ServingNodesGroup } from '../../constructs/aws/cluster/serving-nodes-group';
import { SystemNodes } from '../../constructs/aws/cluster/system-nodes';
import { VolumeKey } from '../../constructs/aws/cluster/volume-key';
import type { Environment } from '../../schema/model';
import type { ClusterName } from '../../schema/vocabulary';

export interface ClusterStackProps {
  readonly env: Environment;
  readonly cluster: ClusterName;
  readonly stackEnv: Required<StackEnvironment>;
  /** The cluster's VPC, with DNS support and host names on: the API server is private. */
  readonly vpc: ec2.IVpc | ec2.Vpc;
  /** Subnets of the API server's interfaces, the system nodes and the Kubernetes handler. */
  readonly systemSubnets: ec2.SubnetSelection;
  /** Folder of the chart that tells Flux what to pull. @default - Flux is installed and pulls nothing */
  readonly syncChart?: string;
}

/** One EKS cluster: control plane, access, add-ons around the system nodes, what the controllers need of AWS, and Flux. */
export class ClusterStack extends Stack {
  /** EKS's own group of the cluster, which every node is in. */
  readonly clusterSecurityGroupId: string;
  /** Name of the group of the system nodes, which CloudFormation chooses. */
  readonly systemNodegroupName: string;

  constructor(scope: Construct, id: string, props: ClusterStackProps) {
    super(scope, id, { env: props.stackEnv, description: `EKS cluster ${props.cluster} of ${props.env.name}` });
    const { env, cluster } = props;
    const controlPlane = new ControlPlane(this, 'ControlPlane', props);
    const { clusterName } = controlPlane.cluster;
    const own = { env, cluster, clusterName };
    new AccessEntries(this, 'Access', own);

    if (env.nodePools.some((pool) => pool.cluster === cluster && pool.workload === 'serving'))
      new ServingNodesGroup(this, 'ServingNodes', {
        env,
        vpc: props.vpc as ec2.IVpc,
        clusterGroupId: controlPlane.cluster.clusterSecurityGroupId,
      });

    const addons = new Addons(this, 'Addons', { ...own, logKey: controlPlane.logKey });
    const volumeKey = new VolumeKey(this, 'VolumeKey', {
      env,
      cluster,
      volumeDriverRoleArn: addons.volumeDriver.role.roleArn,
    });
    const nodes = new SystemNodes(this, 'SystemNodes', {
      env,
      cluster,
      eksCluster: controlPlane.cluster,
      subnets: props.systemSubnets,
      volumeKey: volumeKey.key,
    });
    nodes.nodegroup.node.addDependency(...addons.beforeNodes);
    addons.runOn(nodes.nodegroup);
    this.clusterSecurityGroupId = controlPlane.cluster.clusterSecurityGroupId;
    this.systemNodegroupName = nodes.nodegroup.nodegroupName;

    const karpenter = new Karpenter(this, 'Karpenter', own);
    const keda = cluster === 'production' ? [new KedaRole(this, 'Keda', { env, clusterName })] : [];
    const fluxSource = new FluxSourceRole(this, 'FluxSource', own);

    const flux = new FluxBootstrap(this, 'Flux', {
      env,
      cluster,
      controlPlane,
      ...(props.syncChart === undefined ? {} : { syncChart: props.syncChart }),
    });
    // Flux resolves names and runs on the system nodes. It and the controllers that it installs get their rights when their pods are made: a
    // pod that comes before its association never has any.
    flux.node.addDependency(addons, fluxSource, karpenter, ...keda);
  }
}
