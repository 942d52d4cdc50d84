import type { CfnBudget } from 'aws-cdk-lib/aws-budgets';

/** Shares of a budget, %, at which people hear of it. */
const THRESHOLDS = [80, 100] as const;

/** Tells the subscriber when what was really spent passes 80 and 100 % of a budget. */
export function budgetAlerts(
  subscriptionType: 'EMAIL' | 'SNS',
  address: string,
): CfnBudget.NotificationWithSubscribersProperty[] {
  return THRESHOLDS.map((threshold) => ({
    notification: {
      notificationType: 'ACTUAL',
      comparisonOperator: 'GREATER_THAN',
      threshold,
      thresholdType: 'PERCENTAGE',
    },
    subscribers: [{ subscriptionType, address }],
  }));
}
