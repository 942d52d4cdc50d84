import { aws_iam as iam } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { arn } from '../../../schema/arns';
import type { Environment } from '../../../schema/model';
import { bucketPatterns, deliveryNames, roleNames, tenantNames } from '../../../schema/names';
import { servingNames } from '../../../schema/serving-names';
import { acknowledge } from '../acknowledge';
import { trustInRole } from '../trust-in-role';

export interface IngestRoleProps {
  readonly env: Environment;
}

/**
 * The door by which recordings arrive: a role that puts objects under `raw/` of tenants' buckets and can do nothing else, not even
 * see what it has put.
 *
 * It is one role for all tenants: which tenant a recording belongs to is what the product says, by the bucket that it writes to.
 * A tenant's bucket and key name it among the few that they admit, which is the second lock.
 */
export class IngestRole extends Construct {
  readonly role: iam.CfnRole;

  constructor(scope: Construct, id: string, props: IngestRoleProps) {
    super(scope, id);
    const { env } = props;
    const account = env.accounts.production;
    const raw = bucketPatterns.tenantsRaw(env);
    const keys = arn.keys(env, 'production');

    this.role = new iam.CfnRole(this, 'Role', {
      roleName: roleNames.ingest(env),
      description: "puts recordings, mails and notes under raw/ of tenants' buckets",
      assumeRolePolicyDocument: trustInRole('TheProduct', env.ingestPrincipal, env.organizationId),
      policies: [
        {
          policyName: 'put-raw',
          policyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Sid: 'PutRaw',
                Effect: 'Allow',
                Action: ['s3:PutObject', 's3:AbortMultipartUpload'],
                Resource: raw,
                Condition: { StringEquals: { 's3:ResourceAccount': account } },
              },
              {
                // The pattern of tenants' buckets fits the platform's own too: whoever writes into the delivery's is the cluster's admin, and whoever writes
                // into that of common models answers for every tenant.
                Sid: 'NotThePlatforms',
                Effect: 'Deny',
                Action: ['s3:PutObject', 's3:AbortMultipartUpload'],
                Resource: [deliveryNames.bucket(env, 'production'), servingNames.bucket(env)].map(
                  (name) => `${arn.bucket(name)}/*`,
                ),
              },
              {
                // A key has no name that an ARN could hold, so it is named by its alias. S3 asks for Decrypt when it joins the parts
                // of an upload; without s3:GetObject that reads nothing.
                Sid: 'EncryptThroughS3',
                Effect: 'Allow',
                Action: ['kms:GenerateDataKey', 'kms:Decrypt'],
                Resource: keys,
                Condition: {
                  StringEquals: { 'kms:ViaService': `s3.${env.region}.amazonaws.com` },
                  'ForAnyValue:StringLike': { 'kms:ResourceAliases': tenantNames.keyAlias(env, '*') },
                },
              },
            ],
          },
        },
      ],
    });

    acknowledge(
      this.role,
      [`AwsSolutions-IAM5[Resource::${raw}]`, `AwsSolutions-IAM5[Resource::${keys}]`],
      'tenants come and go without a change of this role: buckets match by name and account, keys by alias; each refuses the rest',
    );
    acknowledge(
      this.role,
      ['NIST.800.53.R5-IAMNoInlinePolicy'],
      'the policy is for this role only and is to live and go with it',
    );
  }
}
