import type { CfnTag } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { arn } from '../../../schema/arns';
import { auditNames, evidenceNames } from '../../../schema/audit-names';
import type { Environment } from '../../../schema/model';
import type { ClusterName } from '../../../schema/vocabulary';
import { acknowledge } from '../acknowledge';
import { policyDocument } from '../statement';
import { archiveObjects, putInPartsIntoArchive } from './archive-rights';

export interface LogDeliveryRolesProps {
  readonly env: Environment;
  readonly cluster: ClusterName;
  readonly tags: CfnTag[];
}

/** The two roles of a cluster's log delivery: CloudWatch Logs hands events to Firehose, Firehose puts them into the archive. */
export class LogDeliveryRoles extends Construct {
  readonly subscription: CfnRole;
  readonly delivery: CfnRole;

  constructor(scope: Construct, id: string, props: LogDeliveryRolesProps) {
    super(scope, id);
    this.subscription = this.subscriptionRole(props);
    this.delivery = this.deliveryRole(props);
    for (const role of [this.subscription, this.delivery]) {
      acknowledge(
        role,
        ['NIST.800.53.R5-IAMNoInlinePolicy'],
        'the policy belongs to this one role and goes with it; a managed policy could be attached to another',
      );
    }
  }

  private subscriptionRole({ env, cluster, tags }: LogDeliveryRolesProps): CfnRole {
    return new CfnRole(this, 'Subscription', {
      roleName: evidenceNames.subscriptionRole(env, cluster),
      description: `CloudWatch Logs hands audit events of the ${cluster} cluster to Firehose`,
      assumeRolePolicyDocument: policyDocument({
        Sid: 'LogsOfThisAccount',
        Effect: 'Allow',
        Principal: { Service: 'logs.amazonaws.com' },
        Action: 'sts:AssumeRole',
        // In the form of its guide, https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html (2026-11-25): what
        // stands behind the account is not documented further.
        Condition: { StringLike: { 'aws:SourceArn': arn.logs(env, cluster) } },
      }),
      policies: [
        {
          policyName: 'hand-over',
          policyDocument: policyDocument({
            Sid: 'PutIntoStream',
            Effect: 'Allow',
            Action: ['firehose:PutRecord', 'firehose:PutRecordBatch'],
            Resource: arn.deliveryStream(env, cluster, evidenceNames.stream(env, cluster)),
          }),
        },
      ],
      tags,
    });
  }

  private deliveryRole({ env, cluster, tags }: LogDeliveryRolesProps): CfnRole {
    const prefix = auditNames.kubernetesPrefix(env, cluster);
    const failures = `${arn.logGroup(env, cluster, evidenceNames.deliveryLogGroup(env, cluster))}:log-stream:*`;
    const role = new CfnRole(this, 'Delivery', {
      roleName: evidenceNames.deliveryRole(env, cluster),
      description: `Firehose puts audit events of the ${cluster} cluster into the archive of the audit account`,
      assumeRolePolicyDocument: policyDocument({
        Sid: 'FirehoseOfThisAccount',
        Effect: 'Allow',
        Principal: { Service: 'firehose.amazonaws.com' },
        Action: 'sts:AssumeRole',
        // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CreateFirehoseStream.html (2026-11-25)
        Condition: { StringEquals: { 'sts:ExternalId': env.accounts[cluster] } },
      }),
      policies: [
        {
          policyName: 'deliver',
          policyDocument: policyDocument(...putInPartsIntoArchive(env, prefix), {
            Sid: 'TellFailures',
            Effect: 'Allow',
            Action: 'logs:PutLogEvents',
            Resource: failures,
          }),
        },
      ],
      tags,
    });
    acknowledge(
      role,
      [
        `AwsSolutions-IAM5[Resource::${archiveObjects(env, prefix)}]`,
        `AwsSolutions-IAM5[Resource::${arn.auditKeys(env)}]`,
        `AwsSolutions-IAM5[Resource::${failures}]`,
      ],
      'objects are named by the time and keys by their alias: it puts under one prefix with one key, and reads nothing',
    );
    return role;
  }
}
