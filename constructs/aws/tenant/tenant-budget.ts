import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import type { Construct } from 'constructs';
import { tags, tenantNames } from '../../../schema/names';
import type { TenantScope } from './tenant-scope';
import { budgetAlerts } from '../budget-alerts';

/** The budget of what carries the tenant's tag. Its nodes do not: their share is in EKS split cost allocation. */
export function tenantBudget(parent: Construct, scope: TenantScope): CfnBudget {
  const { env, tenant } = scope;
  return new CfnBudget(parent, 'Budget', {
    budget: {
      budgetName: tenantNames.budget(env, tenant.id),
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      budgetLimit: { amount: tenant.monthlyBudgetUsd, unit: 'USD' },
      costFilters: { TagKeyValue: [`user:${tags.tenant}$${tenant.id}`] },
    },
    notificationsWithSubscribers: budgetAlerts('EMAIL', env.alertEmail),
    resourceTags: scope.tags,
  });
}
