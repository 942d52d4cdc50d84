import { Fn } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { Environment } from '../../../schema/model';
import { clusterNames, labels, roleNames, tags } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';
import { LOCKED_HOST_CONTAINERS } from '../../k8s/platform/bottlerocket';
import { nodeRole } from './node-role';

export interface SystemNodesProps {
  readonly env: Environment;
  readonly cluster: ClusterName;
  readonly eksCluster: eks.ICluster;
  readonly subnets: ec2.SubnetSelection;
  readonly volumeKey: IKey;
}

/** Value of the `atoll.dev/pool` label of the nodes that carry the controllers. */
export const SYSTEM_POOL = 'system';

/**
 * The managed node group that carries the controllers: the only machines that never go. Not tainted: CoreDNS, the CSI
 * controllers and five charts would each need the toleration, and a workload cannot come here anyway, since admission pins every
 * tenant's and researcher's pod to a pool.
 */
export class SystemNodes extends Construct {
  readonly nodegroup: eks.Nodegroup;

  constructor(scope: Construct, id: string, props: SystemNodesProps) {
    super(scope, id);
    const { env, cluster } = props;
    const { instanceType, min, max } = env.clusters[cluster].systemNodes;
    const role = nodeRole(this, 'Role', { env, cluster, roleName: roleNames.systemNode(env, cluster) });
    const template = this.launchTemplate(props);
    this.nodegroup = new eks.Nodegroup(this, 'Nodegroup', {
      cluster: props.eksCluster,
      nodeRole: role,
      subnets: props.subnets,
      // Named because the default for Graviton is an AMI type of Amazon Linux 2, past its end of life.
      amiType: eks.NodegroupAmiType.BOTTLEROCKET_ARM_64,
      instanceTypes: [new ec2.InstanceType(instanceType)],
      capacityType: eks.CapacityType.ON_DEMAND,
      minSize: min,
      desiredSize: min,
      maxSize: max,
      maxUnavailable: 1,
      // True (the default) drains through disruption budgets when an update stalls.
      forceUpdate: false,
      enableNodeAutoRepair: true,
      labels: { [labels.pool]: SYSTEM_POOL },
      launchTemplateSpec: { id: template.ref, version: template.attrLatestVersionNumber },
    });
    // Unsaid, the nodes would stay behind when the control plane is upgraded.
    const resource = this.nodegroup.node.defaultChild as eks.CfnNodegroup;
    resource.version = env.clusters[cluster].kubernetesVersion;
  }

  private launchTemplate({ env, cluster, volumeKey }: SystemNodesProps): ec2.CfnLaunchTemplate {
    const volume = (deviceName: string, volumeSize: number): ec2.CfnLaunchTemplate.BlockDeviceMappingProperty => ({
      deviceName,
      ebs: { volumeType: 'gp3', volumeSize, encrypted: true, kmsKeyId: volumeKey.keyArn, deleteOnTermination: true },
    });
    const name = `${clusterNames.cluster(env, cluster)}-${SYSTEM_POOL}`;
    return new ec2.CfnLaunchTemplate(this, 'LaunchTemplate', {
      launchTemplateData: {
        // Hop limit 1: a packet of a pod's network is one hop too far from the node's credentials.
        metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 1, httpEndpoint: 'enabled' },
        // No Session Manager and no admin container: Bottlerocket starts the first by itself. EKS merges its own settings in.
        userData: Fn.base64(LOCKED_HOST_CONTAINERS),
        // Bottlerocket's two volumes: the system's, and the one of images and scratch.
        blockDeviceMappings: [volume('/dev/xvda', OS_VOLUME_GIB), volume('/dev/xvdb', DATA_VOLUME_GIB)],
        tagSpecifications: ['instance', 'volume'].map((resourceType) => ({
          resourceType,
          tags: [
            { key: 'Name', value: name },
            { key: tags.environment, value: env.name },
          ],
        })),
      },
    });
  }
}

const OS_VOLUME_GIB = 4;
/** Controllers' images and their scratch; Flux keeps its artefacts here. */
const DATA_VOLUME_GIB = 40;
