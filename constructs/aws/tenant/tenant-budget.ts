import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import type { Construct } from 'constructs';
import { tags, tenantNames } from '../../../schema/names';
import type { TenantScope } from './tenant-scope';

/** Per cent of the budget at which its mail is sent. */
const THRESHOLDS = [80, 100];

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
    notificationsWithSubscribers: THRESHOLDS.map((threshold) => ({
      notification: {
        notificationType: 'ACTUAL',
        comparisonOperator: 'GREATER_THAN',
        threshold,
        thresholdType: 'PERCENTAGE',
      },
      subscribers: [{ subscriptionType: 'EMAIL', address: env.alertEmail }],
    })),
    resourceTags: scope.tags,
  });
}
