import type { CfnTag } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledge';
import { policyDocument } from '../statement';
import { trustInRole } from '../trust-in-role';

export interface ImageMirrorRoleProps {
  readonly roleName: string;
  readonly organizationId: string;
  /** The only role that may assume it, of any account of the organisation. */
  readonly principalArn: string;
  /** ARNs of all repositories of the registry. */
  readonly repositoryArns: readonly string[];
  readonly tags: CfnTag[];
}

/**
 * The role that mirrors images and charts: it pushes into the named repositories and deletes nothing. The bootstrap's image
 * publishing role cannot be the one that assumes it, near as it lies: its policy is the bootstrap's and has no `sts:AssumeRole`.
 */
export function imageMirrorRole(parent: Construct, id: string, props: ImageMirrorRoleProps): CfnRole {
  const role = new CfnRole(parent, id, {
    roleName: props.roleName,
    description: 'Mirrors images and charts into the registry',
    assumeRolePolicyDocument: trustInRole('WhoMirrors', props.principalArn, props.organizationId),
    policies: [
      {
        policyName: 'mirror',
        policyDocument: policyDocument(
          // The token is the caller's own; the action has no resource to name.
          { Sid: 'SignIn', Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
          {
            Sid: 'Push',
            Effect: 'Allow',
            Action: [
              'ecr:BatchCheckLayerAvailability',
              'ecr:BatchGetImage',
              'ecr:CompleteLayerUpload',
              'ecr:DescribeImages',
              'ecr:GetDownloadUrlForLayer',
              'ecr:InitiateLayerUpload',
              'ecr:PutImage',
              'ecr:UploadLayerPart',
            ],
            Resource: props.repositoryArns,
          },
        ),
      },
    ],
    tags: props.tags,
  });
  acknowledge(
    role,
    ['NIST.800.53.R5-IAMNoInlinePolicy'],
    'the policy belongs to this one role and goes with it; a managed policy could be attached to another',
  );
  acknowledge(role, ['AwsSolutions-IAM5[Resource::*]'], 'ecr:GetAuthorizationToken has no resource to name');
  return role;
}
