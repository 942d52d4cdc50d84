import { CfnDeletionPolicy, type CfnResource } from 'aws-cdk-lib';

/** Keeps what holds data when its stack or its entry goes; a create that failed leaves no orphan behind. */
export function retain<T extends CfnResource>(resource: T): T {
  resource.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE;
  resource.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
  return resource;
}
