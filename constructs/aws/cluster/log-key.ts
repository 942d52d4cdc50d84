import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { arn } from '../../../schema/arns';
import type { Environment } from '../../../schema/model';
import { clusterNames } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';
import { RetainedKey, USE_ACTIONS } from './retained-key';

export interface LogKeyProps {
  readonly env: Environment;
  readonly cluster: ClusterName;
}

/** The key of the cluster's log groups: control plane and audit, metrics, and the functions that run during a deploy. */
export class LogKey extends RetainedKey {
  constructor(scope: Construct, id: string, { env, cluster }: LogKeyProps) {
    const group = (name: string): string => arn.logGroup(env, cluster, name);
    super(scope, id, {
      alias: clusterNames.logKeyAlias(env, cluster),
      description: `Logs of the ${cluster} cluster of ${env.name}`,
      account: env.accounts[cluster],
      statements: [
        new iam.PolicyStatement({
          sid: 'CloudWatchLogsUses',
          principals: [new iam.ServicePrincipal(`logs.${env.region}.amazonaws.com`)],
          actions: USE_ACTIONS,
          resources: ['*'],
          conditions: {
            ArnLike: {
              'kms:EncryptionContext:aws:logs:arn': [
                group(clusterNames.controlPlaneLogGroup(env, cluster)),
                group(clusterNames.metricsLogGroup(env, cluster)),
                // CloudFormation names the functions.
                group('/aws/lambda/*'),
              ],
            },
          },
        }),
      ],
    });
  }
}
