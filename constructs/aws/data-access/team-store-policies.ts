import { grantSid, teamStoreNames } from '../../../schema/access-names';
import { endOfGrant, type Grant } from '../../../schema/grant';
import {
  encryptionDenials,
  insecureTransportDenials,
  nobodyElseDenials,
  OBJECT_AND_LIST_ACTIONS,
} from '../bucket-denials';
import { administerWithoutUse, nobodyElseUses, noGrants, useByRole } from '../key-statements';
import { accountPrincipal, type PolicyDocument, policyDocument, type Statement, unlessPrincipalIs } from '../statement';
import { GRANT_LISTS, GRANT_READS, outsideOfResearch } from '../tenant/grant-statements';

/** What the policies of one team's store are made of: plain names. */
export interface StorePrincipals {
  /** The research account. */
  readonly account: string;
  readonly region: string;
  readonly bucketArn: string;
  readonly eraserArn: string;
  /** CloudFormation's role in the account. */
  readonly deployRoleArn: string;
  /** Grants of the team, with the ARNs of their roles. */
  readonly grants: readonly { readonly grant: Grant; readonly roleArns: readonly string[] }[];
}

/** What a grant does in its own folders of the store; nothing is taken out again before its time. */
export const STORE_READS = [...GRANT_READS, 's3:ListMultipartUploadParts'] as const;
export const STORE_WRITES = ['s3:AbortMultipartUpload', 's3:PutObject'] as const;

const rolesOf = ({ grants }: StorePrincipals): string[] => grants.flatMap(({ roleArns }) => roleArns);

/** The key of a team's store: its grants' roles until each ends, by S3 alone. The eraser deletes, which needs no key. */
export function storeKeyPolicy(names: StorePrincipals): PolicyDocument {
  const { account, region, eraserArn } = names;
  return policyDocument(
    noGrants(),
    nobodyElseUses(unlessPrincipalIs([...rolesOf(names), eraserArn])),
    administerWithoutUse(account),
    ...names.grants.map(({ grant, roleArns }): Statement => {
      const use = useByRole(grantSid(grant.id, 'Uses'), {
        account,
        region,
        roleArn: roleArns,
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        services: ['s3'],
      });
      return { ...use, Condition: { ...use.Condition, DateLessThan: { 'aws:CurrentTime': endOfGrant(grant) } } };
    }),
  );
}

/**
 * The bucket of a team. Roles of grants are of the same account, where an IAM allow needs no bucket allow; so what is closed is denied:
 * another grant's folder, another network, the time after the end.
 */
export function storeBucketPolicy(names: StorePrincipals, keyArn: string): PolicyDocument {
  const { bucketArn, account, eraserArn } = names;
  const everything = [bucketArn, `${bucketArn}/*`];
  const roles = rolesOf(names);
  const deny = { Effect: 'Deny', Principal: '*' } as const;
  const forGrants: Statement[] =
    roles.length === 0
      ? []
      : [
          {
            Sid: 'GrantsFromResearchOnly',
            ...deny,
            Action: OBJECT_AND_LIST_ACTIONS,
            Resource: everything,
            Condition: { ArnEquals: { 'aws:PrincipalArn': roles }, ...outsideOfResearch(account) },
          },
          {
            Sid: 'GrantsReadAndWriteOnly',
            ...deny,
            NotAction: [...STORE_READS, ...STORE_WRITES, 's3:GetBucketLocation', 's3:ListBucket'],
            Resource: everything,
            Condition: { ArnEquals: { 'aws:PrincipalArn': roles } },
          },
        ];
  return policyDocument(
    ...insecureTransportDenials(bucketArn),
    ...encryptionDenials(bucketArn, keyArn),
    ...nobodyElseDenials({
      bucketArn,
      admitted: [...roles, eraserArn],
      deployRoleArn: names.deployRoleArn,
      others: unlessPrincipalIs,
    }),
    ...forGrants,
    ...names.grants.flatMap(({ grant, roleArns }) => grantDenials(bucketArn, everything, grant, roleArns)),
    {
      // Of the production account, so that it needs an allow here: it deletes what queries made of an erased tenant's data.
      Sid: 'EraserErases',
      Effect: 'Allow',
      Principal: accountPrincipal(eraserArn.split(':')[4] ?? ''),
      Action: ['s3:DeleteObject', 's3:DeleteObjectVersion', ...GRANT_LISTS],
      Resource: everything,
      Condition: { ArnEquals: { 'aws:PrincipalArn': eraserArn } },
    },
  );
}

function grantDenials(
  bucketArn: string,
  everything: readonly string[],
  grant: Grant,
  roleArns: readonly string[],
): Statement[] {
  const own = [teamStoreNames.resultsPrefix(grant.id), teamStoreNames.datasetsPrefix(grant.id)].map((p) => `${p}*`);
  const roles = { ArnEquals: { 'aws:PrincipalArn': roleArns } };
  const deny = { Effect: 'Deny', Principal: '*' } as const;
  return [
    {
      Sid: grantSid(grant.id, 'OwnFolders'),
      ...deny,
      Action: [...STORE_READS, ...STORE_WRITES],
      NotResource: own.map((prefix) => `${bucketArn}/${prefix}`),
      Condition: roles,
    },
    {
      Sid: grantSid(grant.id, 'ListsOwnFolders'),
      ...deny,
      Action: 's3:ListBucket',
      Resource: bucketArn,
      Condition: { ...roles, StringNotLike: { 's3:prefix': own } },
    },
    {
      Sid: grantSid(grant.id, 'Ends'),
      ...deny,
      Action: OBJECT_AND_LIST_ACTIONS,
      Resource: everything,
      Condition: { ...roles, DateGreaterThanEquals: { 'aws:CurrentTime': endOfGrant(grant) } },
    },
  ];
}
