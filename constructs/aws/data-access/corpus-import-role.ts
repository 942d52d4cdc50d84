import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { corpusNames } from '../../../schema/access-names';
import { arn } from '../../../schema/arns';
import { acknowledge } from '../acknowledge';
import { policyDocument } from '../statement';
import { trustInRole } from '../trust-in-role';
import { IMPORT_ACTIONS } from './corpus-policies';
import type { CorpusProps } from './corpus-store';

/** The one door by which files come into a corpus: a role that puts and withdraws below two folders and reads neither. */
export class CorpusImportRole extends Construct {
  constructor(scope: Construct, id: string, props: CorpusProps) {
    super(scope, id);
    const { env, corpus } = props;
    const bucket = corpusNames.bucketArn(env, corpus.id);
    const objects = [corpusNames.objectsPrefix, corpusNames.tablePrefix].map((prefix) => `${bucket}/${prefix}*`);
    const keys = arn.keys(env, 'research');
    const role = new CfnRole(this, 'Role', {
      roleName: corpusNames.importRole(env, corpus.id),
      description: `puts files of corpus ${corpus.id}`,
      assumeRolePolicyDocument: trustInRole('TheImporter', corpus.importPrincipal, env.organizationId),
      policies: [
        {
          policyName: 'import',
          policyDocument: policyDocument(
            {
              Sid: 'PutsFiles',
              Effect: 'Allow',
              Action: IMPORT_ACTIONS,
              Resource: objects,
              Condition: { StringEquals: { 's3:ResourceAccount': env.accounts.research } },
            },
            {
              // A key has no name that an ARN could hold, so it is named by its alias.
              Sid: 'EncryptsThroughS3',
              Effect: 'Allow',
              Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
              Resource: keys,
              Condition: {
                StringEquals: { 'kms:ViaService': `s3.${env.region}.amazonaws.com` },
                'ForAnyValue:StringEquals': { 'kms:ResourceAliases': corpusNames.keyAlias(env, corpus.id) },
              },
            },
          ),
        },
      ],
    });
    const [first = '', ...rest] = [...objects, keys].map((pattern) => `AwsSolutions-IAM5[Resource::${pattern}]`);
    acknowledge(
      role,
      [first, ...rest],
      'names of files are not known beforehand; a key is named by its alias in a condition',
    );
    acknowledge(
      role,
      ['NIST.800.53.R5-IAMNoInlinePolicy'],
      'the policy is for this role only and is to live and go with it',
    );
  }
}
