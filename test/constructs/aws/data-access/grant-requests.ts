import {
  grantPolicies,
  grantPolicy,
  podBounds,
  sessionBounds,
} from '../../../../constructs/aws/data-access/grant-policies';
import { type GrantScope, grantScope } from '../../../../constructs/aws/data-access/grant-scope';
import { policyDocument } from '../../../../constructs/aws/statement';
import { tenantBucketPolicy } from '../../../../constructs/aws/tenant/bucket-policy';
import { tenantKeyPolicy } from '../../../../constructs/aws/tenant/key-policy';
import { tenantScope } from '../../../../constructs/aws/tenant/tenant-scope';
import type { GrantInput } from '../../../../schema/grant';
import type { TenantInput } from '../../../../schema/tenant';
import { sampleEnvironment, sampleGrants, sampleTenants } from '../../../support/sample-environment';
import type { Context } from '../tenant-policy-request';

/** The sample with one grant that opens both ways: text of `acme` and `birch`, for Noor, until 15 January. */
const grants: readonly GrantInput[] = sampleGrants.map((grant) =>
  grant.id === 'notes-quality' ? { ...grant, ways: ['pods', 'sessions'] } : grant,
);
export const env = sampleEnvironment({ grants });
export const withTenant = (id: string, over: Partial<TenantInput>): ReturnType<typeof sampleEnvironment> =>
  sampleEnvironment({ grants, tenants: sampleTenants.map((t) => (t.id === id ? { ...t, ...over } : t)) });

export function scopeOf(id: string, environment = env): GrantScope {
  const grant = environment.grants.find((each) => each.id === id);
  if (grant === undefined) throw new Error(`the sample has no grant ${id}`);
  return grantScope(environment, grant);
}
export const scope = scopeOf('notes-quality');

/** All that a role may and may not do, as one policy. */
function rolePolicy(of: GrantScope, bounds: typeof podBounds) {
  const documents = [grantPolicy(of, bounds(of)), ...Object.values(grantPolicies(of)).flat()];
  return policyDocument(...documents.flatMap((document) => document.Statement));
}
export const podPolicy = (of: GrantScope = scope) => rolePolicy(of, podBounds);
export const sessionPolicy = (of: GrantScope = scope) => rolePolicy(of, sessionBounds);

function tenantOf(id: string, environment = env) {
  const tenant = environment.tenants.find((each) => each.id === id);
  if (tenant === undefined) throw new Error(`the sample has no tenant ${id}`);
  return tenantScope(environment, tenant);
}
export const bucketPolicyOf = (id: string, environment = env) =>
  tenantBucketPolicy(tenantOf(id, environment), 'arn:aws:kms:eu-central-1:222222222222:key/k');
export const keyPolicyOf = (id: string, environment = env) => tenantKeyPolicy(tenantOf(id, environment));

export const RESEARCH = '333333333333';
export const bucket = (id: string): string => `arn:aws:s3:::atoll-sample-${id}-222222222222`;

const https: Context = {
  'aws:SecureTransport': 'true',
  's3:TlsVersion': '1.3',
  'aws:PrincipalIsAWSService': 'false',
  'aws:CurrentTime': '2026-12-24T12:00:00Z',
  's3:ResourceAccount': '222222222222',
};

/** A pod of the grant, as Pod Identity tags it, coming through research's endpoint. */
export const pod = (over: Context = {}): Context => ({
  ...https,
  'aws:PrincipalArn': `arn:aws:iam::${RESEARCH}:role/atoll-sample-grant-notes-quality`,
  'aws:PrincipalTag/eks-cluster-arn': `arn:aws:eks:eu-central-1:${RESEARCH}:cluster/atoll-sample-research`,
  'aws:PrincipalTag/kubernetes-namespace': 'research-language',
  'aws:PrincipalTag/kubernetes-service-account': 'grant-notes-quality',
  'aws:VpceAccount': RESEARCH,
  'aws:SourceVpce': 'vpce-1',
  ...over,
});

/** A session of Noor's, out of her sign-in. */
export const session = (over: Context = {}): Context => ({
  ...https,
  'aws:PrincipalArn': `arn:aws:iam::${RESEARCH}:role/atoll-sample-session-notes-quality`,
  'aws:SourceIdentity': 'noor@example.com',
  'aws:PrincipalTag/purpose': 'quality-assurance',
  'aws:PrincipalTag/ticket': 'DATA-124',
  'aws:VpceAccount': RESEARCH,
  'aws:SourceVpce': 'vpce-1',
  ...over,
});

export const without = (context: Context, key: string): Context =>
  Object.fromEntries(Object.entries(context).filter(([name]) => name !== key));
