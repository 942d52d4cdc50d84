import { type CfnTag, type Environment as StackEnvironment, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { assetBucketName } from '../../constructs/aws/asset-bucket';
import { deliveredFiles } from '../../constructs/aws/delivery/delivered-files';
import { DeliveryBucket } from '../../constructs/aws/delivery/delivery-bucket';
import { DeliveryHandler } from '../../constructs/aws/delivery/delivery-handler';
import type { DeliveryPrincipals } from '../../constructs/aws/delivery/delivery-policies';
import type { Environment } from '../../schema/model';
import { arn } from '../../schema/arns';
import { bootstrapNames, deliveryNames, roleNames, stackNames, tags } from '../../schema/names';
import type { ClusterName } from '../../schema/vocabulary';
import type { RenderedFile } from '../rendered';

export interface DeliveryStackProps {
  readonly env: Environment;
  readonly cluster: ClusterName;
  /** The platform's rendered files of this cluster; tenants' files go with their own stacks. */
  readonly files: readonly RenderedFile[];
  readonly stackEnv: Required<StackEnvironment>;
}

/** How rendered Kubernetes objects reach a cluster: the bucket that Flux pulls, and the only function that writes it. */
export class DeliveryStack extends Stack {
  constructor(scope: Construct, id: string, props: DeliveryStackProps) {
    const { env, cluster } = props;
    const stackName = stackNames.deployed(env, stackNames.platform(cluster, 'delivery'));
    super(scope, id, {
      env: props.stackEnv,
      stackName,
      description: `Delivery of Kubernetes objects to the ${cluster} cluster of ${env.name}`,
    });
    const account = env.accounts[cluster];
    const bucketName = deliveryNames.bucket(env, cluster);
    const logGroupName = deliveryNames.logGroup(env, cluster);
    const principals: DeliveryPrincipals = {
      account,
      region: env.region,
      bucketArn: arn.bucket(bucketName),
      logGroupArn: arn.logGroup(env, cluster, logGroupName),
      writerArn: arn.role(account, roleNames.deliveryHandler(env, cluster)),
      readerArn: arn.role(account, roleNames.fluxSource(env, cluster)),
      deployRoleArn: arn.role(account, bootstrapNames.deployRole(account, env.region)),
    };
    const ownTags: CfnTag[] = [
      { key: tags.environment, value: env.name },
      { key: tags.owner, value: 'platform' },
      { key: tags.room, value: 'delivery' },
    ];
    const bucket = new DeliveryBucket(this, 'Delivery', {
      bucketName,
      keyAlias: deliveryNames.keyAlias(env, cluster),
      principals,
      tags: ownTags,
    });
    const handler = new DeliveryHandler(this, 'Handler', {
      functionName: deliveryNames.function(env, cluster),
      roleName: roleNames.deliveryHandler(env, cluster),
      logGroupName,
      logRetentionDays: env.logRetentionDays,
      bucketName,
      sourceBucket: assetBucketName(this),
      environment: env.name,
      platformStack: stackName,
      keyArn: bucket.keyArn,
      principals,
      tags: ownTags,
    });
    const files = deliveredFiles(this, 'Files', {
      handlerArn: deliveryNames.functionArn(env, cluster),
      files: props.files,
    });
    // By name, not by reference, like the tenants' stacks; so the order has to be said here.
    files?.node.addDependency(bucket, handler);
  }
}
