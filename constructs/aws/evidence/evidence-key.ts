import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { arn } from '../../../schema/arns';
import { evidenceNames } from '../../../schema/audit-names';
import type { Environment } from '../../../schema/model';
import type { ClusterName } from '../../../schema/vocabulary';
import { RetainedKey, USE_ACTIONS } from '../cluster/retained-key';

export interface EvidenceKeyProps {
  readonly env: Environment;
  readonly cluster: ClusterName;
  /** Names of the log groups that it encrypts besides the stream. */
  readonly logGroupNames: readonly string[];
}

/**
 * The key of evidence on its way: the stream's buffer, and the log groups in which a failed delivery is told. Firehose works by a grant that
 * CloudFormation's role makes with the stream.
 */
export class EvidenceKey extends RetainedKey {
  constructor(scope: Construct, id: string, { env, cluster, logGroupNames }: EvidenceKeyProps) {
    super(scope, id, {
      alias: evidenceNames.keyAlias(env, cluster),
      description: `Evidence of the ${cluster} account of ${env.name} on its way to the audit account`,
      account: env.accounts[cluster],
      statements: [
        new iam.PolicyStatement({
          sid: 'CloudWatchLogsUses',
          principals: [new iam.ServicePrincipal(`logs.${env.region}.amazonaws.com`)],
          actions: USE_ACTIONS,
          resources: ['*'],
          conditions: {
            ArnEquals: {
              'kms:EncryptionContext:aws:logs:arn': logGroupNames.map((name) => arn.logGroup(env, cluster, name)),
            },
          },
        }),
      ],
    });
  }
}
