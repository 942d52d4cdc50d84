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

/**
 * The key of the common models: the import role's to encrypt, the servers' to decrypt, by S3 alone.
 * @param servers ARNs of the roles of all servers
 */
export function modelStoreKeyPolicy(env: Environment, servers: readonly string[]): PolicyDocument {
  const account = env.accounts.production;
  const importer = servingNames.importRoleArn(env);
  const use = { account, region: env.region, services: ['s3'] };
  return policyDocument(
    noGrants(),
    nobodyElseUses(unlessPrincipalIs([importer, ...servers])),
    administerWithoutUse(account),
    // S3 asks for Decrypt when it joins the parts of an upload; the bucket refuses the import role every read.
    useByRole('ImporterWrites', { ...use, roleArn: importer, actions: ['kms:Decrypt', 'kms:GenerateDataKey'] }),
    ...(servers.length === 0
      ? []
      : [useByRole('ServersDecrypt', { ...use, roleArn: servers, actions: ['kms:Decrypt'] })]),
  );
}

/**
 * The bucket of the common models. All of its roles are of the same account, where an IAM allow needs no bucket allow; so what is closed is denied.
 * Servers are let through by the pattern of their roles, and those that are none are denied by one statement, in which their ARNs stand once.
 */
export function modelStoreBucketPolicy(
  env: Environment,
  keyArn: PolicyText,
  servers: readonly string[],
): PolicyDocument {
  const account = env.accounts.production;
  const bucketArn = servingNames.bucketArn(env);
  const importer = servingNames.importRoleArn(env);
  const anyServer = servingNames.anyRoleArn(env);
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
      admitted: [importer, anyServer],
      deployRoleArn: arn.role(account, bootstrapNames.deployRole(account, env.region)),
      others: unlessPrincipalIs,
    }),
    deny('ImporterPutsOnly', importer, { NotAction: MODEL_IMPORT_ACTIONS, Resource: everything }),
    deny('ImporterIntoModelsOnly', importer, { Action: MODEL_IMPORT_ACTIONS, NotResource: models }),
    deny('ServersThatAreThere', anyServer, {
      Action: OBJECT_AND_LIST_ACTIONS,
      Resource: everything,
      Condition: servers.length === 0 ? {} : { ArnNotEquals: { 'aws:PrincipalArn': servers } },
    }),
    deny('ServersFromTheirEndpointOnly', anyServer, {
      Action: OBJECT_AND_LIST_ACTIONS,
      Resource: everything,
      // docs/decisions/0004-endpoint-pins-by-account.md
      Condition: {
        StringNotEquals: { 'aws:VpceAccount': account },
        BoolIfExists: { 'aws:ViaAWSService': 'false' },
      },
    }),
    deny('ServersReadOnly', anyServer, { NotAction: 's3:GetObject', Resource: everything }),
    deny('ServersReadModelsOnly', anyServer, { Action: 's3:GetObject', NotResource: models }),
  );
}
