import type { CfnTag } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { arn } from '../../../schema/arns';
import type { Environment } from '../../../schema/model';
import { servingNames } from '../../../schema/serving-names';
import { BUCKET_PREFIXES } from '../../../schema/vocabulary';
import { acknowledge } from '../acknowledge';
import { policyDocument } from '../statement';
import { trustInRole } from '../trust-in-role';
import { MODEL_IMPORT_ACTIONS } from './model-store-policies';

export interface ModelImportRoleProps {
  readonly env: Environment;
  readonly tags: CfnTag[];
}

/** The one door by which weights of common models come in: a role of the platform's own pipeline that puts releases, and reads none. */
export class ModelImportRole extends Construct {
  constructor(scope: Construct, id: string, { env, tags }: ModelImportRoleProps) {
    super(scope, id);
    const models = `${servingNames.bucketArn(env)}/${BUCKET_PREFIXES.models}*`;
    const keys = arn.keys(env, 'production');
    const role = new CfnRole(this, 'Role', {
      roleName: servingNames.importRole(env),
      description: 'Puts releases of common models',
      assumeRolePolicyDocument: trustInRole('TheImporter', env.imageMirrorPrincipal, env.organizationId),
      policies: [
        {
          policyName: 'import',
          policyDocument: policyDocument(
            {
              Sid: 'PutsReleases',
              Effect: 'Allow',
              Action: MODEL_IMPORT_ACTIONS,
              Resource: models,
              Condition: { StringEquals: { 's3:ResourceAccount': env.accounts.production } },
            },
            {
              // A key has no name that an ARN could hold, so it is named by its alias.
              Sid: 'EncryptsThroughS3',
              Effect: 'Allow',
              Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
              Resource: keys,
              Condition: {
                StringEquals: { 'kms:ViaService': `s3.${env.region}.amazonaws.com` },
                'ForAnyValue:StringEquals': { 'kms:ResourceAliases': servingNames.keyAlias(env) },
              },
            },
          ),
        },
      ],
      tags,
    });
    acknowledge(
      role,
      [`AwsSolutions-IAM5[Resource::${models}]`, `AwsSolutions-IAM5[Resource::${keys}]`],
      'releases lie under hashes that are not known beforehand; a key is named by its alias in a condition',
    );
    acknowledge(
      role,
      ['NIST.800.53.R5-IAMNoInlinePolicy'],
      'the policy is for this role only and is to live and go with it',
    );
  }
}
