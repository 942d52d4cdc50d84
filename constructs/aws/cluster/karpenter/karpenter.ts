import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Environment } from '../../../../schema/model';
import { controllerNames, roleNames } from '../../../../schema/names';
import type { ClusterName } from '../../../../schema/vocabulary';
import { acknowledge } from '../../acknowledge';
import { nodeRole } from '../node-role';
import { PodIdentityRole } from '../pod-identity-role';
import { InterruptionQueue } from './interruption-queue';
import { karpenterPolicies } from './policies';

export interface KarpenterProps {
  readonly env: Environment;
  readonly cluster: ClusterName;
  /** Name of the cluster as a reference, so that association and access entry come after it. */
  readonly clusterName: string;
}

/** What Karpenter needs of AWS; the controller itself and its pools come with the platform's Kubernetes objects. */
export class Karpenter extends Construct {
  constructor(scope: Construct, id: string, { env, cluster, clusterName }: KarpenterProps) {
    super(scope, id);
    new InterruptionQueue(this, 'Interruption', { env, cluster });
    this.nodes(env, cluster, clusterName);
    const policies = karpenterPolicies(env, cluster);
    const controller = new PodIdentityRole(this, 'Controller', {
      env,
      cluster,
      ...controllerNames.karpenter,
      roleName: roleNames.karpenter(env, cluster),
      description: `Karpenter on the ${cluster} cluster of ${env.name}`,
      policies,
    });
    const resources = Object.values(policies).flatMap((statements) => statements.flatMap((s) => s.resources));
    const [first, ...rest] = [...new Set(resources)]
      .filter((resource) => resource.includes('*'))
      .map((resource) => `AwsSolutions-IAM5[Resource::${resource}]`);
    if (first !== undefined) acknowledge(controller, [first, ...rest], KARPENTER_REASON);
    controller.associate(clusterName);
  }

  private nodes(env: Environment, cluster: ClusterName, clusterName: string): void {
    const role = nodeRole(this, 'NodeRole', { env, cluster, roleName: roleNames.node(env, cluster) });
    new iam.CfnInstanceProfile(this, 'NodeInstanceProfile', {
      instanceProfileName: roleNames.nodeInstanceProfile(env, cluster),
      roles: [role.roleName],
    });
    // EKS makes this entry for managed node groups only.
    new eks.CfnAccessEntry(this, 'NodeAccess', { clusterName, principalArn: role.roleArn, type: 'EC2_LINUX' });
  }
}

const KARPENTER_REASON =
  'ids of machines are not known before they run: creating and removing is bound to tags of this cluster and a node pool, reading to the region';
