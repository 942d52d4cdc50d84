import { type CfnTag, type Environment as StackEnvironment, Stack, type aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { DoorTargets } from '../../constructs/aws/doors/door-targets';
import { ProductDoor } from '../../constructs/aws/doors/product-door';
import type { ProductDoorSpec } from '../../schema/environment';
import type { Environment } from '../../schema/model';
import { doorNames } from '../../schema/door-names';
import { tags } from '../../schema/names';

export interface ProductDoorStackProps {
  readonly env: Environment;
  readonly product: ProductDoorSpec;
  readonly stackEnv: Required<StackEnvironment>;
  readonly vpc: ec2.Vpc;
  /** Subnets with routes to the callers. */
  readonly systemSubnets: ec2.SubnetSelection;
  /** EKS's own group of the cluster. */
  readonly clusterSecurityGroupId: string;
  /** Name of the group of the system nodes. */
  readonly systemNodegroupName: string;
  /** Encrypts log groups below `/atoll/<env>/` of the account. */
  readonly logsKey: IKey;
}

/** What of the production cluster listens for those outside: the product's way to the router. */
export class ProductDoorStack extends Stack {
  constructor(scope: Construct, id: string, props: ProductDoorStackProps) {
    const { env, vpc } = props;
    super(scope, id, { env: props.stackEnv, description: `Doors of the production cluster of ${env.name}` });
    const own: CfnTag[] = [
      { key: tags.environment, value: env.name },
      { key: tags.owner, value: 'platform' },
      { key: tags.room, value: 'doors' },
    ];
    const { targetGroup } = new ProductDoor(this, 'Product', {
      env,
      product: props.product,
      vpcId: vpc.vpcId,
      subnetIds: vpc.selectSubnets(props.systemSubnets).subnetIds,
      nodeGroupId: props.clusterSecurityGroupId,
      tags: own,
    });
    new DoorTargets(this, 'Targets', {
      env,
      cluster: 'production',
      nodegroupName: props.systemNodegroupName,
      targetGroups: [{ id: 'product', name: doorNames.product(env), arn: targetGroup.ref }],
      logsKeyArn: props.logsKey.keyArn,
      tags: own,
    });
  }
}
