import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Environment } from '../../../schema/model';
import { controllerNames, roleNames, tenantNames } from '../../../schema/names';
import { acknowledge } from '../acknowledge';
import { PodIdentityRole } from './pod-identity-role';

export interface KedaRoleProps {
  readonly env: Environment;
  /** Name of the production cluster as a reference. */
  readonly clusterName: string;
}

/** KEDA's operator counts the messages of every tenant's queues and can do nothing else with them: no receive, no send. */
export class KedaRole extends Construct {
  constructor(scope: Construct, id: string, { env, clusterName }: KedaRoleProps) {
    super(scope, id);
    // Every queue of the environment by prefix: one resource per tenant would change this stack with each tenant.
    const queues = tenantNames.queueArn(env, '*', 'video').replace(/\*-video$/, '*');
    const role = new PodIdentityRole(this, 'Operator', {
      env,
      cluster: 'production',
      ...controllerNames.keda,
      roleName: roleNames.keda(env),
      description: `KEDA on the production cluster of ${env.name}: counts messages`,
      policies: {
        CountMessages: [
          new iam.PolicyStatement({
            sid: 'CountMessages',
            actions: ['sqs:GetQueueAttributes'],
            resources: [queues],
          }),
        ],
      },
    });
    acknowledge(
      role,
      [`AwsSolutions-IAM5[Resource::${queues}]`],
      "one read-only action on the environment's queues by prefix, so that a new tenant does not change the cluster's stack",
    );
    role.associate(clusterName);
  }
}
