import type { CfnTag } from 'aws-cdk-lib';
import { CfnRepository } from 'aws-cdk-lib/aws-ecr';
import type { Construct } from 'constructs';
import { retain } from '../retention';
import { repositoryPolicy } from './repository-policy';

export interface ImmutableRepositoryProps {
  readonly repositoryName: string;
  readonly keyArn: string;
  /** ARNs of the roles that pull from it. */
  readonly pullerArns: readonly string[];
  /** ARN of the role that pushes into it. */
  readonly mirrorArn: string;
  readonly tags: CfnTag[];
}

/** Days after which a layer that no tag names goes. A tagged image never goes by itself: it may be in use. */
const UNTAGGED_DAYS = 14;

/** One mirrored image or chart: tags are written once, pushes are scanned, layers are encrypted by the registry's key. */
export function immutableRepository(parent: Construct, id: string, props: ImmutableRepositoryProps): CfnRepository {
  return retain(
    new CfnRepository(parent, id, {
      repositoryName: props.repositoryName,
      imageTagMutability: 'IMMUTABLE',
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: { encryptionType: 'KMS', kmsKey: props.keyArn },
      repositoryPolicyText: repositoryPolicy(props.pullerArns, props.mirrorArn),
      lifecyclePolicy: { lifecyclePolicyText: JSON.stringify(LIFECYCLE) },
      tags: props.tags,
    }),
  );
}

const LIFECYCLE = {
  rules: [
    {
      rulePriority: 1,
      description: `untagged for ${UNTAGGED_DAYS} days`,
      selection: {
        tagStatus: 'untagged',
        countType: 'sinceImagePushed',
        countUnit: 'days',
        countNumber: UNTAGGED_DAYS,
      },
      action: { type: 'expire' },
    },
  ],
};
