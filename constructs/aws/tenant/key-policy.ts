import { administerWithoutUse, noGrants, nobodyElseUses, useByLogGroup, useByRole } from '../key-statements';
import { type Conditions, type PolicyDocument, policyDocument, type Statement, unlessPrincipalIs } from '../statement';
import { grantKeyStatements } from './grant-statements';
import type { TenantScope } from './tenant-scope';

/**
 * The policy of a tenant's key. Data use is not delegated to IAM: it is allowed to the named roles and services alone, and denied to
 * everybody else, so that neither a wide IAM policy nor a wide statement added here opens the data.
 */
export function tenantKeyPolicy(scope: TenantScope): PolicyDocument {
  const { account, region } = scope;
  // The eraser deletes, lists and empties, none of which needs the key.
  const admitted = scope.admitted.filter((arn) => arn !== scope.eraserArn);
  const erasing = scope.tenant.state === 'erasing';
  const role = (sid: string, roleArn: string, actions: readonly string[], services: readonly string[]): Statement[] =>
    admitted.includes(roleArn) ? [useByRole(sid, { account, region, roleArn, actions, services })] : [];
  return policyDocument(
    noGrants(),
    nobodyElseUses(erasing ? undefined : unlessPrincipalIs(admitted)),
    administerWithoutUse(account),
    ...role('TenantUses', scope.roleArn, ['kms:Decrypt', 'kms:GenerateDataKey'], ['s3', 'sqs']),
    // S3 asks for Decrypt when it joins the parts of an upload; the bucket refuses the ingest role every read.
    ...role('IngestWrites', scope.ingestArn, ['kms:Decrypt', 'kms:GenerateDataKey'], ['s3']),
    ...(scope.serverArns.length === 0
      ? []
      : [
          useByRole('ServersDecrypt', {
            account,
            region,
            roleArn: scope.serverArns,
            actions: ['kms:Decrypt'],
            services: ['s3'],
          }),
        ]),
    ...grantKeyStatements(scope),
    ...(scope.notifies ? notificationsUse(scope) : []),
    ...(erasing ? [] : [useByLogGroup(region, scope.logGroupArn)]),
  );
}

/**
 * The bucket's events reach an encrypted topic only if S3 may use its key, and encrypted queues only if SNS may use theirs. SQS itself
 * acts as the caller's role.
 */
function notificationsUse(scope: TenantScope): Statement[] {
  const use = (Sid: string, service: string, Condition: Conditions): Statement => ({
    Sid,
    Effect: 'Allow',
    Principal: { Service: `${service}.amazonaws.com` },
    Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
    Resource: '*',
    Condition,
  });
  return [
    use('BucketNotifies', 's3', {
      ArnEquals: { 'aws:SourceArn': scope.bucketArn },
      StringEquals: { 'aws:SourceAccount': scope.account },
    }),
    // The condition that CDK writes for an encrypted queue of a topic (aws/aws-cdk#20521).
    use('TopicDelivers', 'sns', { ArnEquals: { 'aws:SourceArn': scope.eventsTopicArn } }),
  ];
}
