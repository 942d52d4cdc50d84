import { aws_budgets as budgets } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Environment } from '../../../schema/model';
import { operationNames } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';
import { budgetAlerts } from '../budget-alerts';

export interface AccountBudgetProps {
  readonly env: Environment;
  readonly cluster: ClusterName;
  readonly topicArn: string;
}

/**
 * What one account may cost in a month, all tenants and the idle bill together. A notice, not a brake: nothing is stopped, since
 * stopping would lose work that a tenant has paid for; node pools' limits are the brake.
 */
export class AccountBudget extends Construct {
  constructor(scope: Construct, id: string, props: AccountBudgetProps) {
    super(scope, id);
    const { env, cluster, topicArn } = props;
    new budgets.CfnBudget(this, 'Budget', {
      budget: {
        budgetName: operationNames.budget(env, cluster),
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: env.monthlyBudgetUsd, unit: 'USD' },
      },
      notificationsWithSubscribers: budgetAlerts('SNS', topicArn),
    });
  }
}
