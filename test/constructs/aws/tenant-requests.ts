import { type TenantScope, tenantScope } from '../../../constructs/aws/tenant/tenant-scope';
import type { TenantState } from '../../../schema/vocabulary';
import { sampleEnvironment } from '../../support/sample-environment';
import type { Context } from './tenant-policy-request';

export const env = sampleEnvironment();

export function scopeIn(state: TenantState): TenantScope {
  const tenant = env.tenants.find(({ id }) => id === 'acme');
  if (tenant === undefined) throw new Error('the sample has no tenant acme');
  return tenantScope(env, { ...tenant, state });
}

export const scope = scopeIn('active');
export const BUCKET = scope.bucketArn;
export const QUEUE = 'arn:aws:sqs:eu-central-1:222222222222:atoll-sample-acme-video';
export const TOPIC = 'arn:aws:sns:eu-central-1:222222222222:atoll-sample-acme-events';
export const https: Context = {
  'aws:SecureTransport': 'true',
  's3:TlsVersion': '1.3',
  'aws:PrincipalIsAWSService': 'false',
};

/** A pod of the tenant, as Pod Identity tags it, coming through production's endpoint. */
export function pod(serviceAccount: string, over: Context = {}): Context {
  return {
    ...https,
    'aws:PrincipalArn': scope.roleArn,
    'aws:PrincipalTag/kubernetes-service-account': serviceAccount,
    'aws:PrincipalTag/kubernetes-namespace': 'tenant-acme',
    'aws:PrincipalTag/eks-cluster-arn': scope.clusterArn,
    'aws:VpceAccount': '222222222222',
    ...over,
  };
}
export const role = (name: string, over: Context = {}): Context => ({
  ...https,
  'aws:PrincipalArn': `arn:aws:iam::222222222222:role/${name}`,
  ...over,
});
export const service = (over: Context = {}): Context => ({
  'aws:SecureTransport': 'true',
  'aws:PrincipalIsAWSService': 'true',
  'aws:SourceArn': BUCKET,
  'aws:SourceAccount': '222222222222',
  ...over,
});
