import { tenantNames } from '../../../schema/names';
import { TENANT_SERVICE_ACCOUNTS } from '../../../schema/vocabulary';
import { podIdentityTrust } from '../pod-identity-trust';
import { asServiceAccount, CLUSTER_TAG, NAMESPACE_TAG, SERVICE_ACCOUNT_RIGHTS } from './service-account-rights';
import { type PolicyDocument, policyDocument, type PolicyText, type Statement } from '../statement';
import { titleCase } from './title-case';
import type { TenantScope } from './tenant-scope';

/** Who may become the tenant's role: EKS, for pods of this cluster, this namespace and its three service accounts. */
export const tenantTrustPolicy = ({ env, tenant }: TenantScope): PolicyDocument =>
  podIdentityTrust('PodsOfTheTenant', {
    env,
    cluster: 'production',
    namespace: tenantNames.namespace(tenant.id),
    serviceAccount: TENANT_SERVICE_ACCOUNTS,
  });

/** The rights of the tenant's role, split by service account. A tenant that is not active has a role that can do nothing. */
export function tenantRolePolicy(scope: TenantScope, keyArn: PolicyText): PolicyDocument {
  const nothing = { Effect: 'Deny', Action: '*', Resource: '*' } as const;
  if (scope.tenant.state !== 'active') return policyDocument({ Sid: 'NotActive', ...nothing });
  const namespace = tenantNames.namespace(scope.tenant.id);
  return policyDocument(
    { Sid: 'OtherNamespaces', ...nothing, Condition: { StringNotEquals: { [NAMESPACE_TAG]: namespace } } },
    { Sid: 'OtherClusters', ...nothing, Condition: { StringNotEquals: { [CLUSTER_TAG]: scope.clusterArn } } },
    ...objectStatements(scope),
    ...keyStatements(scope, keyArn),
    ...(scope.pipelines.length === 0 ? [] : [queueStatement(scope)]),
  );
}

function objectStatements(scope: TenantScope): Statement[] {
  const statements: Statement[] = [];
  for (const account of TENANT_SERVICE_ACCOUNTS) {
    const { read, write, list } = SERVICE_ACCOUNT_RIGHTS[account];
    const name = titleCase(account);
    const condition = asServiceAccount(account);
    const objects = (prefixes: readonly string[]): string[] =>
      prefixes.map((prefix) => `${scope.bucketArn}/${prefix}*`);
    const allow = (
      sid: string,
      Action: string | string[],
      Resource: string | string[],
      Condition = condition,
    ): void => {
      statements.push({ Sid: `${name}${sid}`, Effect: 'Allow', Action, Resource, Condition });
    };
    allow('Reads', 's3:GetObject', objects(read));
    if (write.length > 0) allow('Writes', ['s3:AbortMultipartUpload', 's3:PutObject'], objects(write));
    const prefixes = list.map((prefix) => `${prefix}*`);
    if (list.length > 0)
      allow('Lists', 's3:ListBucket', scope.bucketArn, { ...condition, StringLike: { 's3:prefix': prefixes } });
  }
  return statements;
}

function keyStatements(scope: TenantScope, keyArn: PolicyText): Statement[] {
  return TENANT_SERVICE_ACCOUNTS.map((account) => {
    const writes = SERVICE_ACCOUNT_RIGHTS[account].write.length > 0;
    const services = account === 'pipeline' ? ['s3', 'sqs'] : ['s3'];
    return {
      Sid: `${titleCase(account)}UsesKey`,
      Effect: 'Allow',
      Action: writes ? ['kms:Decrypt', 'kms:GenerateDataKey'] : ['kms:Decrypt'],
      Resource: keyArn,
      Condition: {
        StringEquals: {
          ...asServiceAccount(account)['StringEquals'],
          'kms:ViaService': services.map((service) => `${service}.${scope.region}.amazonaws.com`),
        },
      },
    };
  });
}

function queueStatement(scope: TenantScope): Statement {
  return {
    Sid: 'PipelineReceives',
    Effect: 'Allow',
    Action: ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
    Resource: scope.pipelines.map((pipeline) => tenantNames.queueArn(scope.env, scope.tenant.id, pipeline)),
    Condition: asServiceAccount('pipeline'),
  };
}
