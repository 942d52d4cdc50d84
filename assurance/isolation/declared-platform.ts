import { arn } from '../../schema/arns';
import type { Environment } from '../../schema/model';
import { roleNames } from '../../schema/names';
import type { Tenant } from '../../schema/tenant';
import { tenantPipelines } from '../../schema/tenant-pipelines';
import { CLUSTERS } from '../../schema/vocabulary';
import type { DeclaredWay, Place } from './declared-way';
import { places } from './declared-tenant';

/** What the platform's own parts do on a tenant's resources: none of them reads data. */
export function platformWays(env: Environment, tenant: Tenant): DeclaredWay[] {
  const { id } = tenant;
  const account = env.accounts.production;
  const queues = tenantPipelines(env, tenant);
  const logs = ['logs:CreateLogStream', 'logs:PutLogEvents'];
  return [
    ...[...queues.map((name) => places.queue(env, id, name)), places.deadLetters(env, id)].map((on): DeclaredWay => ({
      who: 'KEDA',
      holder: { roleArn: arn.role(account, roleNames.keda(env)) },
      on,
      actions: ['sqs:GetQueueAttributes'],
      right: 'counts',
      inside: 'production',
    })),
    {
      who: 'log shipper',
      holder: {
        cluster: arn.cluster(env, 'production'),
        namespace: 'amazon-cloudwatch',
        serviceAccount: 'cloudwatch-agent',
      },
      on: places.logStreams(env, id),
      actions: logs,
      right: 'logs',
      inside: 'production',
    },
    ...managedWays(env, id),
    ...controlPlaneWays(env, places.key(env, id), account),
  ];
}

/**
 * What policies that AWS manages allow on everything of whoever has them. In the research account they reach nothing: the resources are
 * another account's; that their own policies would allow it is said here all the same.
 */
function managedWays(env: Environment, tenant: string): DeclaredWay[] {
  return CLUSTERS.flatMap((cluster) => {
    const account = env.accounts[cluster];
    const way = (who: string, awsPolicy: string, rest: Pick<DeclaredWay, 'on' | 'actions' | 'right'>): DeclaredWay => ({
      who,
      holder: { account, awsPolicy },
      ...(cluster === 'production' ? {} : { by: 'identity' }),
      ...rest,
    });
    return [
      // A function may write its output into any group of its account: it adds lines to a tenant's log and reads none.
      ...['AWSLambdaBasicExecutionRole', 'AWSLambdaVPCAccessExecutionRole'].flatMap((name) => [
        way('Kubernetes handler', name, {
          on: places.logStreams(env, tenant),
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          right: 'logs',
        }),
        way('Kubernetes handler', name, {
          on: places.logGroup(env, tenant),
          actions: ['logs:CreateLogGroup'],
          right: 'logs',
        }),
      ]),
    ];
  });
}

/**
 * The control plane describes the key of its secrets, and any other of its account.
 * @param home account of the key
 */
export const controlPlaneWays = (env: Environment, key: Place, home: string): DeclaredWay[] =>
  CLUSTERS.map((cluster) => ({
    who: 'control plane',
    holder: { account: env.accounts[cluster], awsPolicy: 'AmazonEKSClusterPolicy' },
    on: key,
    actions: ['kms:DescribeKey'],
    right: 'describes',
    ...(env.accounts[cluster] === home ? {} : { by: 'identity' }),
  }));
