import { teamStoreNames } from '../../../schema/access-names';
import { arn } from '../../../schema/arns';
import { teamNames } from '../../../schema/names';
import { type Conditions, type PolicyDocument, policyDocument, type Statement } from '../statement';
import { GRANT_LISTS, GRANT_READS } from '../tenant/grant-statements';
import { CLUSTER_TAG, NAMESPACE_TAG, SERVICE_ACCOUNT_TAG } from '../tenant/service-account-rights';
import type { GrantScope } from './grant-scope';
import { PURPOSE_TAG, TICKET_TAG } from './grant-trust';
import { packed, policyChunks } from './policy-chunks';
import { sourceStatements } from './source-statements';
import { STORE_READS, STORE_WRITES } from './team-store-policies';

const nothing = { Effect: 'Deny', Action: '*', Resource: '*' } as const;

/** What binds every session of the grant's pods, whatever else its role is allowed. */
export function podBounds(scope: GrantScope): Statement[] {
  const { env, grant } = scope;
  const unless = (Sid: string, key: string, value: string): Statement => ({
    Sid,
    ...nothing,
    Condition: { StringNotEquals: { [key]: value } },
  });
  return [
    ...afterTheEnd(scope),
    unless('OtherClusters', CLUSTER_TAG, arn.cluster(env, 'research')),
    unless('OtherNamespaces', NAMESPACE_TAG, teamNames.namespace(grant.team)),
    unless('OtherServiceAccounts', SERVICE_ACCOUNT_TAG, teamNames.grantServiceAccount(grant.id)),
  ];
}

/** What binds every session of a person of the grant: the trust asks for the same, and either is enough. */
export function sessionBounds(scope: GrantScope): Statement[] {
  const { purpose, ticket } = scope.grant;
  const unless = (Sid: string, key: string, value: string | readonly string[]): Statement => ({
    Sid,
    ...nothing,
    Condition: { StringNotEquals: { [key]: value } },
  });
  return [
    ...afterTheEnd(scope),
    unless('WithoutItsPeople', 'aws:SourceIdentity', scope.grant.people),
    unless('WithoutItsPurpose', `aws:PrincipalTag/${PURPOSE_TAG}`, purpose),
    unless('WithoutItsTicket', `aws:PrincipalTag/${TICKET_TAG}`, ticket),
  ];
}

const afterTheEnd = ({ end }: GrantScope): Statement[] => [
  { Sid: 'AfterTheEnd', ...nothing, Condition: { DateGreaterThanEquals: { 'aws:CurrentTime': end } } },
];

const until = ({ end }: GrantScope): Conditions => ({ DateLessThan: { 'aws:CurrentTime': end } });

/** Rights that hardly grow with tenants: keys, the team's store, queries. */
export function grantPolicy(scope: GrantScope, bounds: readonly Statement[]): PolicyDocument {
  return policyDocument(
    ...bounds,
    ...queryDenials(scope),
    ...tenantStatements(scope),
    ...storeStatements(scope),
    ...queryStatements(scope),
  );
}

/** Rights that grow with tenants, classes and sources, each policy within IAM's quota: objects, lists, tables of the catalogue. */
export function grantPolicies(scope: GrantScope): Readonly<Record<'Objects' | 'Lists' | 'Tables', PolicyDocument[]>> {
  const { env, databases } = scope;
  const production = { 's3:ResourceAccount': env.accounts.production };
  const catalogue = (rest: string): string => arn.catalogue(env, 'research', rest);
  return {
    Objects: policyChunks({
      Sid: 'ReadsGrantedObjects',
      Effect: 'Allow',
      Action: GRANT_READS,
      Resource: scope.objectArns,
      Condition: { ...until(scope), StringEquals: production },
    }),
    // The lists of the most tenants leave room for the most sources.
    Lists: packed(
      policyChunks({
        Sid: 'ListsGrantedPrefixes',
        Effect: 'Allow',
        Action: GRANT_LISTS,
        Resource: scope.bucketArns,
        Condition: {
          ...until(scope),
          StringEquals: production,
          StringLike: { 's3:prefix': scope.prefixes.map((prefix) => `${prefix}*`) },
        },
      }),
      sourceStatements(scope),
    ),
    Tables: policyChunks({
      Sid: 'ReadsGrantedTables',
      Effect: 'Allow',
      Action: ['glue:GetDatabase', 'glue:GetPartitions', 'glue:GetTable', 'glue:GetTables'],
      Resource:
        databases.length === 0
          ? []
          : [
              catalogue('catalog'),
              ...databases.flatMap((name) => [catalogue(`database/${name}`), catalogue(`table/${name}/*`)]),
            ],
      // The catalogue is there for queries: Athena asks it with the rights of who asks Athena.
      Condition: { ...until(scope), 'ForAnyValue:StringEquals': { 'aws:CalledVia': ['athena.amazonaws.com'] } },
    }),
  };
}

function tenantStatements(scope: GrantScope): Statement[] {
  if (scope.tenants.length === 0) return [];
  const { env, region } = scope;
  return [
    {
      Sid: 'LocatesGrantedBuckets',
      Effect: 'Allow',
      Action: 's3:GetBucketLocation',
      Resource: scope.bucketArns,
      Condition: { ...until(scope), StringEquals: { 's3:ResourceAccount': env.accounts.production } },
    },
    {
      // A key has no name that an ARN could hold, so it is named by its alias.
      Sid: 'DecryptsGrantedObjects',
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Resource: arn.keys(env, 'production'),
      Condition: {
        ...until(scope),
        StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` },
        'ForAnyValue:StringEquals': { 'kms:ResourceAliases': scope.keyAliases },
      },
    },
  ];
}

/** The grant's own folders in the team's store. */
function storeStatements(scope: GrantScope): Statement[] {
  const { env, grant, storeArn, account, region } = scope;
  const folders = [teamStoreNames.resultsPrefix(grant.id), teamStoreNames.datasetsPrefix(grant.id)];
  const own = { 's3:ResourceAccount': account };
  return [
    {
      Sid: 'OwnFolders',
      Effect: 'Allow',
      Action: [...STORE_READS, ...STORE_WRITES],
      Resource: folders.map((folder) => `${storeArn}/${folder}*`),
      Condition: { ...until(scope), StringEquals: own },
    },
    {
      Sid: 'ListsOwnFolders',
      Effect: 'Allow',
      Action: 's3:ListBucket',
      Resource: storeArn,
      Condition: {
        ...until(scope),
        StringEquals: own,
        StringLike: { 's3:prefix': folders.map((folder) => `${folder}*`) },
      },
    },
    {
      Sid: 'LocatesTheStore',
      Effect: 'Allow',
      Action: 's3:GetBucketLocation',
      Resource: storeArn,
      Condition: { ...until(scope), StringEquals: own },
    },
    {
      Sid: 'UsesTheStoresKey',
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: arn.keys(env, 'research'),
      Condition: {
        ...until(scope),
        StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` },
        'ForAnyValue:StringEquals': { 'kms:ResourceAliases': [scope.storeKeyAlias] },
      },
    },
  ];
}

function queryStatements(scope: GrantScope): Statement[] {
  return [
    {
      Sid: 'Queries',
      Effect: 'Allow',
      Action: [
        'athena:GetQueryExecution',
        'athena:GetQueryResults',
        'athena:GetWorkGroup',
        'athena:StartQueryExecution',
        'athena:StopQueryExecution',
      ],
      Resource: scope.workGroupArn,
      Condition: until(scope),
    },
  ];
}

/**
 * Queries are asked from the research cluster's own endpoint: results come back through Athena, so that the buckets' pins do not see where
 * they go. An endpoint of somebody else's is refused where the service tells its owner; no endpoint is refused always.
 */
function queryDenials({ account }: GrantScope): Statement[] {
  const deny = { Effect: 'Deny', Action: 'athena:*', Resource: '*' } as const;
  return [
    { Sid: 'QueriesByAnEndpointOnly', ...deny, Condition: { Null: { 'aws:SourceVpce': 'true' } } },
    {
      Sid: 'QueriesByNoOtherEndpoint',
      ...deny,
      Condition: { Null: { 'aws:VpceAccount': 'false' }, StringNotEquals: { 'aws:VpceAccount': account } },
    },
  ];
}
