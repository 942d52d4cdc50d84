import type { Environment } from '../../schema/model';
import type { Stack, TemplateResource } from '../output/cloud-assembly';
import type { PlacedObject } from '../output/placed-objects';
import { listOf } from '../output/values';
import type { QuotaKey } from './limit';
import type { Measured } from './rows';

const ofType =
  (type: string) =>
  (resource: TemplateResource): number =>
    resource.Type === type ? 1 : 0;

/** Quotas of an account, or of its one cluster, by how many of it one resource is. */
const COUNTED: Partial<Record<QuotaKey, (resource: TemplateResource) => number>> = {
  rolesPerAccount: ofType('AWS::IAM::Role'),
  managedPoliciesPerAccount: ofType('AWS::IAM::ManagedPolicy'),
  bucketsPerAccount: ofType('AWS::S3::Bucket'),
  keysPerRegion: ofType('AWS::KMS::Key'),
  topicsPerAccount: ofType('AWS::SNS::Topic'),
  filterPoliciesPerAccount: (resource) =>
    resource.Type === 'AWS::SNS::Subscription' && resource.Properties?.['FilterPolicy'] !== undefined ? 1 : 0,
  alarmsPerRegion: ofType('AWS::CloudWatch::Alarm'),
  logGroupsPerRegion: ofType('AWS::Logs::LogGroup'),
  budgetsPerAccount: ofType('AWS::Budgets::Budget'),
  workGroupsPerRegion: ofType('AWS::Athena::WorkGroup'),
  catalogueDatabases: ofType('AWS::Glue::Database'),
  accessEntriesPerCluster: ofType('AWS::EKS::AccessEntry'),
  // An add-on makes the associations that it names.
  podIdentityAssociations: (resource) =>
    resource.Type === 'AWS::EKS::Addon'
      ? listOf(resource.Properties?.['PodIdentityAssociations']).length
      : ofType('AWS::EKS::PodIdentityAssociation')(resource),
};

/** Sums by account. @param tenants by the ids of their stacks */
export function countedQuotas(
  environment: Environment,
  stacks: readonly Stack[],
  tenants: ReadonlyMap<string, unknown>,
): Measured[] {
  const accounts = new Map<string, Map<QuotaKey, { used: number; perTenant: number }>>();
  for (const stack of stacks) {
    const sums = accounts.get(stack.account) ?? new Map<QuotaKey, { used: number; perTenant: number }>();
    accounts.set(stack.account, sums);
    for (const [quota, count] of countsOf(stack)) {
      const sum = sums.get(quota) ?? { used: 0, perTenant: 0 };
      sum.used += count;
      if (tenants.has(stack.id)) sum.perTenant = Math.max(sum.perTenant, count);
      sums.set(quota, sum);
    }
  }
  return [...accounts].flatMap(([account, sums]) =>
    [...sums].map(([quota, sum]) => ({
      quota,
      where: accountName(environment, account),
      ...sum,
      tenants: tenants.size,
      counts: 'tenants of the environment' as const,
    })),
  );
}

function countsOf(stack: Stack): Map<QuotaKey, number> {
  const counts = new Map<QuotaKey, number>([['stacksPerRegion', 1]]);
  for (const resource of Object.values(stack.template().Resources))
    for (const quota in COUNTED) {
      const count = COUNTED[quota as QuotaKey]?.(resource) ?? 0;
      if (count > 0) counts.set(quota as QuotaKey, (counts.get(quota as QuotaKey) ?? 0) + count);
    }
  return counts;
}

function accountName({ accounts }: Environment, id: string): string {
  const [name] = Object.entries(accounts).find(([, account]) => account === id) ?? [];
  return name === undefined ? `account ${id}` : `${name} account`;
}

/** Namespaces of each cluster, of which a tenant has one. */
export function countedNamespaces(objects: readonly PlacedObject[], tenants: number): Measured[] {
  const clusters = new Map<string, { used: number; perTenant: number }>();
  for (const { type, cluster, tenant } of objects) {
    if (type !== 'Namespace') continue;
    const sum = clusters.get(cluster) ?? { used: 0, perTenant: 0 };
    sum.used += 1;
    if (tenant !== undefined) sum.perTenant = 1;
    clusters.set(cluster, sum);
  }
  return [...clusters].map(([cluster, sum]) => ({
    quota: 'namespacesPerCluster' as const,
    where: `${cluster} cluster`,
    ...sum,
    tenants,
    counts: 'tenants of the environment' as const,
  }));
}
