import { arn } from '../../schema/arns';
import type { Environment } from '../../schema/model';
import { roleNames } from '../../schema/names';
import type { Tenant } from '../../schema/tenant';
import type { DeclaredWay } from './declared';
import { places } from './declared-tenant';

/** What the platform's own parts do on a tenant's resources: none of them reads data. */
export function platformWays(env: Environment, tenant: Tenant): DeclaredWay[] {
  const { id } = tenant;
  const account = env.accounts.production;
  const defined = new Set<string>(env.pipelines.map(({ name }) => name));
  const queues = tenant.data.map((entry) => entry.class).filter((name) => defined.has(name));
  const logs = ['logs:CreateLogStream', 'logs:PutLogEvents'];
  return [
    ...[...queues.map((name) => places.queue(env, id, name)), places.deadLetters(env, id)].map((on): DeclaredWay => ({
      who: 'KEDA',
      holder: { roleArn: arn.role(account, roleNames.keda(env)) },
      tenant: id,
      on,
      actions: ['sqs:GetQueueAttributes'],
      right: 'counts',
    })),
    {
      who: 'log shipper',
      holder: {
        cluster: arn.cluster(env, 'production'),
        namespace: 'amazon-cloudwatch',
        serviceAccount: 'cloudwatch-agent',
      },
      tenant: id,
      on: places.logStreams(env, id),
      actions: logs,
      right: 'logs',
    },
    // A policy of AWS's lets a function write its output into any group of its account: it can add lines to a tenant's log and reads none.
    ...['AWSLambdaBasicExecutionRole', 'AWSLambdaVPCAccessExecutionRole'].map((awsPolicy): DeclaredWay => ({
      who: 'Kubernetes handler',
      holder: { account, awsPolicy },
      tenant: id,
      on: places.logStreams(env, id),
      actions: logs,
      right: 'logs',
    })),
  ];
}
