import { arn } from '../../../schema/arns';
import type { Environment } from '../../../schema/model';
import { clusterObjectNames, tenantNames } from '../../../schema/names';
import { QUOTAS } from '../../../schema/quotas';
import { servingNames } from '../../../schema/serving-names';
import { BUCKET_PREFIXES } from '../../../schema/vocabulary';
import { podIdentityTrust } from '../pod-identity-trust';
import { type PolicyDocument, policyDocument, type Statement } from '../statement';
import { CLUSTER_TAG, NAMESPACE_TAG, SERVICE_ACCOUNT_TAG } from '../tenant/service-account-rights';

/** Who becomes the role of a server: EKS, for the server's own account in the namespace of the model servers. */
export const serverTrust = (env: Environment, server: string): PolicyDocument =>
  podIdentityTrust('PodsOfTheServer', {
    env,
    cluster: 'production',
    namespace: clusterObjectNames.servingNamespace,
    serviceAccount: server,
  });

/** What binds every session, whatever else the role is allowed. */
export function serverBounds(env: Environment, server: string): PolicyDocument {
  const unless = (Sid: string, key: string, value: string): Statement => ({
    Sid,
    Effect: 'Deny',
    Action: '*',
    Resource: '*',
    Condition: { StringNotEquals: { [key]: value } },
  });
  return policyDocument(
    unless('OtherClusters', CLUSTER_TAG, arn.cluster(env, 'production')),
    unless('OtherNamespaces', NAMESPACE_TAG, clusterObjectNames.servingNamespace),
    unless('OtherServers', SERVICE_ACCOUNT_TAG, server),
  );
}

/** Whose models one policy names: an object's ARN and a key's alias for each. */
interface Owner {
  readonly models: string;
  readonly keyAlias: string;
}

/** The rights of a server, in as many managed policies as IAM's size of one asks for, in the order of tenants' ids. */
export function serverPolicies(env: Environment, tenants: readonly string[]): PolicyDocument[] {
  const owners: Owner[] = [
    { models: `${servingNames.bucketArn(env)}/${BUCKET_PREFIXES.models}*`, keyAlias: servingNames.keyAlias(env) },
    ...tenants.map((id) => ({
      models: `${tenantNames.bucketArn(env, id)}/${BUCKET_PREFIXES.models}*`,
      keyAlias: tenantNames.keyAlias(env, id),
    })),
  ];
  const chunks: Owner[][] = [];
  for (const owner of owners) {
    const last = chunks.at(-1);
    const fits = last !== undefined && JSON.stringify(reading(env, [...last, owner])).length <= LIMIT;
    if (fits) last.push(owner);
    else chunks.push([owner]);
  }
  return chunks.map((chunk) => reading(env, chunk));
}

const LIMIT = QUOTAS.managedPolicyCharacters.value;

function reading(env: Environment, owners: readonly Owner[]): PolicyDocument {
  return policyDocument(
    {
      Sid: 'ReadsModels',
      Effect: 'Allow',
      Action: 's3:GetObject',
      Resource: owners.map(({ models }) => models),
      Condition: { StringEquals: { 's3:ResourceAccount': env.accounts.production } },
    },
    {
      // A key has no name that an ARN could hold, so it is named by its alias.
      Sid: 'DecryptsModels',
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Resource: arn.keys(env, 'production'),
      Condition: {
        StringEquals: { 'kms:ViaService': `s3.${env.region}.amazonaws.com` },
        'ForAnyValue:StringEquals': { 'kms:ResourceAliases': owners.map(({ keyAlias }) => keyAlias) },
      },
    },
  );
}
