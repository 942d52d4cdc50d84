import { corpusNames } from '../../../schema/access-names';
import { arn } from '../../../schema/arns';
import type { Conditions, Statement } from '../statement';
import { GRANT_LISTS, GRANT_READS } from '../tenant/grant-statements';
import type { GrantScope } from './grant-scope';

/**
 * What a grant's role may do with the sources that it names: read its corpora whole, and the secrets by which its pods reach a replica.
 * Each until the end; the other locks are the policies of the corpus, and of the secret and its key.
 */
export function sourceStatements(scope: GrantScope): Statement[] {
  return [...corpusStatements(scope), ...relationalStatements(scope)];
}

const until = ({ end }: GrantScope): Conditions => ({ DateLessThan: { 'aws:CurrentTime': end } });

function corpusStatements(scope: GrantScope): Statement[] {
  const { env, corpora, account, region } = scope;
  if (corpora.length === 0) return [];
  const buckets = corpora.map(({ id }) => corpusNames.bucketArn(env, id));
  const condition: Conditions = { ...until(scope), StringEquals: { 's3:ResourceAccount': account } };
  return [
    {
      Sid: 'ReadsCorpora',
      Effect: 'Allow',
      Action: GRANT_READS,
      Resource: buckets.map((bucket) => `${bucket}/*`),
      Condition: condition,
    },
    {
      Sid: 'ListsCorpora',
      Effect: 'Allow',
      Action: [...GRANT_LISTS, 's3:GetBucketLocation'],
      Resource: buckets,
      Condition: condition,
    },
    {
      Sid: 'DecryptsCorpora',
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Resource: arn.keys(env, 'research'),
      Condition: {
        ...until(scope),
        StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` },
        'ForAnyValue:StringEquals': { 'kms:ResourceAliases': corpora.map(({ id }) => corpusNames.keyAlias(env, id)) },
      },
    },
  ];
}

function relationalStatements(scope: GrantScope): Statement[] {
  const { relational, region } = scope;
  if (relational.length === 0) return [];
  return [
    {
      Sid: 'ReadsSecretsOfReplicas',
      Effect: 'Allow',
      Action: 'secretsmanager:GetSecretValue',
      Resource: once(relational.map(({ secretArn }) => secretArn)),
      // From inside the research network, where the replica is reached from: a password that was read elsewhere is of no use but to leak.
      Condition: { ...until(scope), Null: { 'aws:SourceVpce': 'false' } },
    },
    {
      Sid: 'DecryptsSecretsOfReplicas',
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Resource: once(relational.map(({ keyArn }) => keyArn)),
      Condition: { ...until(scope), StringEquals: { 'kms:ViaService': `secretsmanager.${region}.amazonaws.com` } },
    },
  ];
}

/** Two sources may lie behind one secret, and IAM counts characters. */
const once = (values: readonly string[]): string[] => [...new Set(values)];
