import { SERVICE_ACCOUNT_TAG } from './service-account-rights';
import {
  type PolicyDocument,
  policyDocument,
  type Statement,
  unlessPrincipalIs,
  unlessPrincipalIsExactly,
} from './statement';
import type { TenantScope } from './tenant-scope';

/**
 * Actions on messages. GetQueueAttributes is not among them: KEDA counts by it and CloudFormation reads by it, and it shows no message.
 * SQS takes at most 7 actions in one statement, and 10 conditions, 20 statements and 50 principals in one policy.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html (looked up 2026-11-24)
 */
export const MESSAGE_ACTIONS = [
  'sqs:CancelMessageMoveTask',
  'sqs:ChangeMessageVisibility',
  'sqs:DeleteMessage',
  'sqs:PurgeQueue',
  'sqs:ReceiveMessage',
  'sqs:SendMessage',
  'sqs:StartMessageMoveTask',
] as const;

/** The policy of a pipeline's queue: the tenant's bucket sends, its pipeline receives, nobody else touches a message. */
export function pipelineQueuePolicy(scope: TenantScope, queueArn: string): PolicyDocument {
  const erasing = scope.tenant.state === 'erasing';
  return policyDocument(
    ...commonDenials(scope, queueArn),
    ...(erasing
      ? []
      : [
          {
            Sid: 'BucketSends',
            Effect: 'Allow',
            Principal: { Service: 's3.amazonaws.com' },
            Action: 'sqs:SendMessage',
            Resource: queueArn,
            Condition: {
              ArnEquals: { 'aws:SourceArn': scope.bucketArn },
              StringEquals: { 'aws:SourceAccount': scope.account },
            },
          } as const satisfies Statement,
        ]),
  );
}

/** The policy of the dead-letter queue: SQS moves messages into it by itself, so nobody sends. */
export function deadLetterQueuePolicy(scope: TenantScope): PolicyDocument {
  return policyDocument(...commonDenials(scope, scope.deadLetterQueueArn));
}

function commonDenials(scope: TenantScope, queueArn: string): Statement[] {
  const base = { Effect: 'Deny', Principal: '*', Resource: queueArn } as const;
  const admitted = scope.admitted.filter((role) => role !== scope.ingestArn);
  const others = scope.tenant.state === 'erasing' ? unlessPrincipalIsExactly : unlessPrincipalIs;
  return [
    { Sid: 'TlsOnly', ...base, Action: 'sqs:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    { Sid: 'NobodyElse', ...base, Action: MESSAGE_ACTIONS, Condition: others(admitted) },
    // A message names an object to read: one that the bucket did not send is a forged order.
    {
      Sid: 'NoRoleSends',
      ...base,
      Action: 'sqs:SendMessage',
      Condition: { BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } },
    },
    {
      Sid: 'TenantAsPipelineOnly',
      ...base,
      Action: MESSAGE_ACTIONS,
      Condition: {
        ArnEquals: { 'aws:PrincipalArn': scope.roleArn },
        StringNotEquals: { [SERVICE_ACCOUNT_TAG]: 'pipeline' },
      },
    },
  ];
}
