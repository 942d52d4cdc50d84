import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Environment } from '../../../schema/model';
import { arn } from '../../../schema/arns';
import { clusterNames, roleNames } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';
import { RetainedKey, USE_ACTIONS } from './retained-key';

export interface VolumeKeyProps {
  readonly env: Environment;
  readonly cluster: ClusterName;
  /** Role of the EBS CSI driver, which attaches the volumes of claims. */
  readonly volumeDriverRoleArn: string;
}

/**
 * The key of every EBS volume of a cluster: system nodes, Karpenter's nodes and claims.
 *
 * Its users are named by condition: a service-linked role may not exist yet in a fresh account, and a principal that does not
 * exist fails to deploy. `Principal: *` because an account principal would only hand the decision to IAM, and the IAM policy of a
 * service-linked role cannot be changed; the caller's account and the role's ARN are two locks on it, and for roles that pods
 * hold `kms:ViaService` is a third.
 */
export class VolumeKey extends RetainedKey {
  constructor(scope: Construct, id: string, { env, cluster, volumeDriverRoleArn }: VolumeKeyProps) {
    const account = env.accounts[cluster];
    const inAccount = { 'kms:CallerAccount': account };
    const viaEc2 = { ...inAccount, 'kms:ViaService': `ec2.${env.region}.amazonaws.com` };
    const pods = [arn.role(account, roleNames.karpenter(env, cluster)), volumeDriverRoleArn];
    super(scope, id, {
      alias: clusterNames.volumeKeyAlias(env, cluster),
      description: `EBS volumes of the ${cluster} cluster of ${env.name}`,
      account,
      statements: [...launchers('Services', serviceRoles(account), inAccount), ...launchers('Pods', pods, viaEc2)],
    });
  }
}

/** Service-linked roles that start machines: the node group's, and those of Spot and of fleets. Names from memory: docs/open-claims.md. */
const serviceRoles = (account: string): string[] =>
  [
    'autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling',
    'ec2fleet.amazonaws.com/AWSServiceRoleForEC2Fleet',
    'spot.amazonaws.com/AWSServiceRoleForEC2Spot',
  ].map((role) => arn.role(account, `aws-service-role/${role}`));

function launchers(sid: string, roleArns: string[], equals: Record<string, string>): iam.PolicyStatement[] {
  const statement = (
    verb: string,
    actions: string[],
    conditions: Record<string, Record<string, string>>,
  ): iam.PolicyStatement =>
    new iam.PolicyStatement({
      sid: `${sid}${verb}`,
      principals: [new iam.AnyPrincipal()],
      actions,
      resources: ['*'],
      conditions: { StringEquals: equals, ArnEquals: { 'aws:PrincipalArn': roleArns }, ...conditions },
    });
  return [
    statement('Use', USE_ACTIONS, {}),
    statement('LendToEbs', ['kms:CreateGrant'], { Bool: { 'kms:GrantIsForAWSResource': 'true' } }),
  ];
}
