import type { CfnTag } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledge';
import { accountPrincipal, policyDocument } from '../tenant/statement';

export interface ImageMirrorRoleProps {
  readonly roleName: string;
  readonly account: string;
  readonly organizationId: string;
  /** The only role that may assume it. */
  readonly publisherArn: string;
  /** ARNs of all repositories of the registry. */
  readonly repositoryArns: readonly string[];
  readonly tags: CfnTag[];
}

/**
 * The role that mirrors images and charts: it pushes into the named repositories and deletes nothing. Only the bootstrap's image
 * publishing role may assume it: that is the one by which a pipeline publishes images anyway, so that no further principal is
 * trusted. It needs `sts:AssumeRole` on this role besides, since the trust is by condition (a principal that is named must exist).
 */
export function imageMirrorRole(parent: Construct, id: string, props: ImageMirrorRoleProps): CfnRole {
  const role = new CfnRole(parent, id, {
    roleName: props.roleName,
    description: 'Mirrors images and charts into the registry',
    assumeRolePolicyDocument: policyDocument({
      Sid: 'Publisher',
      Effect: 'Allow',
      Principal: accountPrincipal(props.account),
      Action: 'sts:AssumeRole',
      Condition: {
        ArnEquals: { 'aws:PrincipalArn': props.publisherArn },
        StringEquals: { 'aws:PrincipalOrgID': props.organizationId },
      },
    }),
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
