import { corpusNames, grantRoleArns, grantRolePatterns, grantSid } from '../../../schema/access-names';
import { arn } from '../../../schema/arns';
import { endOfGrant, type Grant } from '../../../schema/grant';
import type { Environment } from '../../../schema/model';
import { bootstrapNames } from '../../../schema/names';
import { grantsOpening } from '../../../schema/open-sources';
import type { Corpus } from '../../../schema/source';
import {
  encryptionDenials,
  insecureTransportDenials,
  nobodyElseDenials,
  OBJECT_AND_LIST_ACTIONS,
} from '../bucket-denials';
import { administerWithoutUse, nobodyElseUses, noGrants, useByRole } from '../key-statements';
import {
  type Conditions,
  type PolicyDocument,
  policyDocument,
  type PolicyText,
  type Statement,
  unlessPrincipalIs,
} from '../statement';
import { GRANT_LISTS, GRANT_READS, outsideOfResearch } from '../tenant/grant-statements';

/** What the policies of one corpus are made of: plain names. */
export interface CorpusPrincipals {
  /** The research account. */
  readonly account: string;
  readonly region: string;
  readonly bucketArn: string;
  readonly importRoleArn: string;
  /** CloudFormation's role in the account. */
  readonly deployRoleArn: string;
  /** Patterns of the roles of all grants. */
  readonly anyGrant: readonly string[];
  /** Grants that name the corpus, with the ARNs of their roles. */
  readonly grants: readonly { readonly grant: Grant; readonly roleArns: readonly string[] }[];
}

export function corpusPrincipals(env: Environment, corpus: Corpus): CorpusPrincipals {
  const account = env.accounts.research;
  return {
    account,
    region: env.region,
    bucketArn: corpusNames.bucketArn(env, corpus.id),
    importRoleArn: corpusNames.importRoleArn(env, corpus.id),
    deployRoleArn: arn.role(account, bootstrapNames.deployRole(account, env.region)),
    anyGrant: grantRolePatterns(env),
    grants: grantsOpening(env, corpus).map((grant) => ({ grant, roleArns: grantRoleArns(env, grant) })),
  };
}

/** What the import role does: it puts, and withdraws what must go by a marker; the version stays for a while, and it reads neither. */
export const IMPORT_ACTIONS = ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:PutObject'] as const;

const rolesOf = ({ grants }: CorpusPrincipals): string[] => grants.flatMap(({ roleArns }) => roleArns);

/** The key of a corpus: the import role's to encrypt, its grants' to decrypt until each ends, all by S3 alone. */
export function corpusKeyPolicy(names: CorpusPrincipals): PolicyDocument {
  const { account, region, importRoleArn } = names;
  const use = { account, region, services: ['s3'] };
  return policyDocument(
    noGrants(),
    nobodyElseUses(unlessPrincipalIs([importRoleArn, ...rolesOf(names)])),
    administerWithoutUse(account),
    // S3 asks for Decrypt when it joins the parts of an upload; the bucket refuses the import role every read.
    useByRole('ImporterWrites', { ...use, roleArn: importRoleArn, actions: ['kms:Decrypt', 'kms:GenerateDataKey'] }),
    ...names.grants.map(({ grant, roleArns }): Statement => {
      const statement = useByRole(grantSid(grant.id, 'Decrypts'), {
        ...use,
        roleArn: roleArns,
        actions: ['kms:Decrypt'],
      });
      return {
        ...statement,
        Condition: { ...statement.Condition, DateLessThan: { 'aws:CurrentTime': endOfGrant(grant) } },
      };
    }),
  );
}

/**
 * The bucket of a corpus. All of its roles are of the same account, where an IAM allow needs no bucket allow; so what is closed is denied.
 * The roles of grants are let through by their patterns and those that do not name the corpus are denied by one statement: their
 * ARNs stand here once, so that many grants fit into the policy.
 */
export function corpusBucketPolicy(names: CorpusPrincipals, keyArn: PolicyText): PolicyDocument {
  const { bucketArn, importRoleArn, deployRoleArn, anyGrant } = names;
  const admitted = [importRoleArn, ...(names.grants.length === 0 ? [] : anyGrant)];
  return policyDocument(
    ...insecureTransportDenials(bucketArn),
    ...encryptionDenials(bucketArn, keyArn),
    ...nobodyElseDenials({ bucketArn, admitted, deployRoleArn, others: unlessPrincipalIs }),
    ...importerDenials(names),
    ...(names.grants.length === 0 ? [] : grantDenials(names)),
  );
}

function importerDenials({ bucketArn, importRoleArn }: CorpusPrincipals): Statement[] {
  const base = {
    Effect: 'Deny',
    Principal: '*',
    Condition: { ArnEquals: { 'aws:PrincipalArn': importRoleArn } },
  } as const;
  return [
    { Sid: 'ImporterPutsOnly', ...base, NotAction: IMPORT_ACTIONS, Resource: [bucketArn, `${bucketArn}/*`] },
    {
      Sid: 'ImporterIntoItsFoldersOnly',
      ...base,
      Action: IMPORT_ACTIONS,
      NotResource: [corpusNames.objectsPrefix, corpusNames.tablePrefix].map((prefix) => `${bucketArn}/${prefix}*`),
    },
  ];
}

function grantDenials(names: CorpusPrincipals): Statement[] {
  const { bucketArn, account, anyGrant } = names;
  const anyOf: Conditions = { ArnEquals: { 'aws:PrincipalArn': anyGrant } };
  const deny = { Effect: 'Deny', Principal: '*', Resource: [bucketArn, `${bucketArn}/*`] } as const;
  return [
    {
      Sid: 'GrantsThatNameIt',
      ...deny,
      Action: OBJECT_AND_LIST_ACTIONS,
      Condition: { ...anyOf, ArnNotEquals: { 'aws:PrincipalArn': rolesOf(names) } },
    },
    {
      Sid: 'GrantsFromResearchOnly',
      ...deny,
      Action: OBJECT_AND_LIST_ACTIONS,
      Condition: { ...anyOf, ...outsideOfResearch(account) },
    },
    {
      Sid: 'GrantsReadOnly',
      ...deny,
      NotAction: [...GRANT_READS, ...GRANT_LISTS, 's3:GetBucketLocation'],
      Condition: anyOf,
    },
    ...names.grants.map(({ grant, roleArns }): Statement => ({
      Sid: grantSid(grant.id, 'Ends'),
      ...deny,
      // What `GrantsReadOnly` leaves, in few characters.
      Action: ['s3:Get*', 's3:List*'],
      Condition: {
        ArnEquals: { 'aws:PrincipalArn': roleArns },
        DateGreaterThanEquals: { 'aws:CurrentTime': endOfGrant(grant) },
      },
    })),
  ];
}
