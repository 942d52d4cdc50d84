import { arn } from '../../../schema/arns';
import type { Environment } from '../../../schema/model';
import { bootstrapNames } from '../../../schema/names';
import { servingNames } from '../../../schema/serving-names';
import { BUCKET_PREFIXES } from '../../../schema/vocabulary';
import {
  encryptionDenials,
  insecureTransportDenials,
  nobodyElseDenials,
  OBJECT_AND_LIST_ACTIONS,
} from '../bucket-denials';
import { administerWithoutUse, nobodyElseUses, noGrants, useByRole } from '../key-statements';
import { type PolicyDocument, policyDocument, type PolicyText, type Statement, unlessPrincipalIs } from '../statement';

/** What the import role does: it puts. A release lies under its hash, so that nothing is replaced. */
export const MODEL_IMPORT_ACTIONS = ['s3:AbortMultipartUpload', 's3:PutObject'] as const;

/** Every server reads common models; which of them is on which server is no secret. */
const readers = (env: Environment): string => servingNames.anyRoleArn(env);

/** The key of the common models: the import role's to encrypt, the servers' to decrypt, by S3 alone. */
export function modelStoreKeyPolicy(env: Environment): PolicyDocument {
  const account = env.accounts.production;
  const importer = servingNames.importRoleArn(env);
  const use = { account, region: env.region, services: ['s3'] };
  return policyDocument(
    noGrants(),
    nobodyElseUses(unlessPrincipalIs([importer, readers(env)])),
    administerWithoutUse(account),
    // S3 asks for Decrypt when it joins the parts of an upload; the bucket refuses the import role every read.
    useByRole('ImporterWrites', { ...use, roleArn: importer, actions: ['kms:Decrypt', 'kms:GenerateDataKey'] }),
    useByRole('ServersDecrypt', { ...use, roleArn: readers(env), actions: ['kms:Decrypt'] }),
  );
}

/** The bucket of the common models. All of its roles are of the same account, where an IAM allow needs no bucket allow; so what is closed is denied. */
export function modelStoreBucketPolicy(env: Environment, keyArn: PolicyText): PolicyDocument {
  const account = env.accounts.production;
  const bucketArn = servingNames.bucketArn(env);
  const importer = servingNames.importRoleArn(env);
  const everything = [bucketArn, `${bucketArn}/*`];
  const models = `${bucketArn}/${BUCKET_PREFIXES.models}*`;
  const deny = (Sid: string, who: string, rest: Omit<Statement, 'Sid' | 'Effect' | 'Principal'>): Statement => ({
    Sid,
    Effect: 'Deny',
    Principal: '*',
    ...rest,
    Condition: { ArnEquals: { 'aws:PrincipalArn': who }, ...rest.Condition },
  });
  return policyDocument(
    ...insecureTransportDenials(bucketArn),
    ...encryptionDenials(bucketArn, keyArn),
    ...nobodyElseDenials({
      bucketArn,
      admitted: [importer, readers(env)],
      deployRoleArn: arn.role(account, bootstrapNames.deployRole(account, env.region)),
      others: unlessPrincipalIs,
    }),
    deny('ImporterPutsOnly', importer, { NotAction: MODEL_IMPORT_ACTIONS, Resource: everything }),
    deny('ImporterIntoModelsOnly', importer, { Action: MODEL_IMPORT_ACTIONS, NotResource: models }),
    deny('ServersFromTheirEndpointOnly', readers(env), {
      Action: OBJECT_AND_LIST_ACTIONS,
      Resource: everything,
      // docs/decisions/0004-endpoint-pins-by-account.md
      Condition: {
        StringNotEquals: { 'aws:VpceAccount': account },
        BoolIfExists: { 'aws:ViaAWSService': 'false' },
      },
    }),
    deny('ServersReadOnly', readers(env), { NotAction: 's3:GetObject', Resource: everything }),
    deny('ServersReadModelsOnly', readers(env), { Action: 's3:GetObject', NotResource: models }),
  );
}
