import { type Environment as StackEnvironment, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AccountBudget } from '../../constructs/aws/operations/account-budget';
import { AlertTopic } from '../../constructs/aws/operations/alert-topic';
import { PlatformAlarms } from '../../constructs/aws/operations/platform-alarms';
import { PlatformDashboard } from '../../constructs/aws/operations/platform-dashboard';
import type { Environment } from '../../schema/model';
import type { ClusterName } from '../../schema/vocabulary';

export interface OperationsStackProps {
  readonly env: Environment;
  readonly cluster: ClusterName;
  /** Account and region of the stack. */
  readonly stackEnv: Required<StackEnvironment>;
}

/** What people hear of one account: its budget, the platform's alarms, and in production a page to look at. */
export class OperationsStack extends Stack {
  constructor(scope: Construct, id: string, props: OperationsStackProps) {
    super(scope, id, { env: props.stackEnv });
    const { env, cluster } = props;
    const { topic } = new AlertTopic(this, 'Alerts', { env, cluster });
    new AccountBudget(this, 'Budget', { env, cluster, topicArn: topic.topicArn });
    new PlatformAlarms(this, 'Alarms', { env, cluster, topic });
    if (cluster === 'production') new PlatformDashboard(this, 'Dashboard', { env, cluster });
  }
}
