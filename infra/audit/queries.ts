import * as athena from '@pulumi/aws/athena';
import type * as glue from '@pulumi/aws/glue';
import { auditArn } from '../../schema/audit-arns';
import { auditNames } from '../../schema/audit-names';
import { arn } from '../../schema/arns';
import type { CustomResourceOptions } from '@pulumi/pulumi';
import type { AuditAccount } from './audit-account';
import { encryptionDenials, TLS_ONLY } from './bucket-denials';
import { keptKey } from './kept-key';
import { queriesKeyPolicy } from './key-policies';
import { lockedBucket } from './locked-bucket';
import { questions } from './questions';
import { type PolicyDocument, policyDocument, unlessPrincipalIsExactly } from './statement';

/** A tebibyte: one careless question costs 5 $ (https://aws.amazon.com/athena/pricing/, us-east-1, from memory). */
const BYTES_SCANNED_CUTOFF = 2 ** 40;
/** Days that results stay: they name people, and can be had again. */
const RESULT_DAYS = 30;

/** The workgroup in which auditors ask, its results' own bucket, and one saved query for each file of `questions/`. */
export function queries(audit: AuditAccount, database: glue.CatalogDatabase, options: CustomResourceOptions): void {
  const bucketName = auditNames.queriesBucket(audit.account);
  const key = keptKey(
    'queries',
    {
      alias: auditNames.queriesKeyAlias,
      description: 'Results of auditors’ questions',
      policy: queriesKeyPolicy(audit),
    },
    options,
  );
  const { parts } = lockedBucket(
    'queries',
    {
      bucket: bucketName,
      keyArn: key.arn,
      policy: key.arn.apply((keyArn) => JSON.stringify(queriesPolicy(audit, keyArn))),
      lifecycleRules: [
        {
          id: 'results',
          status: 'Enabled',
          filter: {},
          expiration: { days: RESULT_DAYS },
          noncurrentVersionExpiration: { noncurrentDays: 1 },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
        },
      ],
    },
    options,
  );
  const workGroup = new athena.Workgroup(
    'questions',
    {
      name: auditNames.workGroup,
      description: 'Questions about who did what with tenants’ data',
      state: 'ENABLED',
      forceDestroy: false,
      configuration: {
        // What a person sets in the console counts for nothing.
        enforceWorkgroupConfiguration: true,
        bytesScannedCutoffPerQuery: BYTES_SCANNED_CUTOFF,
        publishCloudwatchMetricsEnabled: true,
        requesterPaysEnabled: false,
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        resultConfiguration: {
          outputLocation: `s3://${bucketName}/results/`,
          expectedBucketOwner: audit.account,
          encryptionConfiguration: { encryptionOption: 'SSE_KMS', kmsKeyArn: key.arn },
        },
      },
    },
    { ...options, dependsOn: [...parts] },
  );
  for (const { name, description, query } of questions()) {
    new athena.NamedQuery(
      `question-${name}`,
      { name, description, query, database: auditNames.database, workgroup: workGroup.name },
      { ...options, dependsOn: database },
    );
  }
}

/** Results are the auditors': nobody else puts or reads one. */
function queriesPolicy(audit: AuditAccount, keyArn: string): PolicyDocument {
  const bucketArn = arn.bucket(auditNames.queriesBucket(audit.account));
  const objects = `${bucketArn}/*`;
  return policyDocument(
    { Sid: 'TlsOnly', ...TLS_ONLY, Resource: [bucketArn, objects] },
    ...encryptionDenials(objects, keyArn),
    {
      Sid: 'AuditorsOnly',
      Effect: 'Deny',
      Principal: '*',
      Action: ['s3:AbortMultipartUpload', 's3:DeleteObject*', 's3:GetObject*', 's3:PutObject*', 's3:RestoreObject'],
      Resource: objects,
      Condition: unlessPrincipalIsExactly([auditArn.reader(audit)]),
    },
  );
}
