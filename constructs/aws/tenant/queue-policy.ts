import { SERVICE_ACCOUNT_TAG } from './service-account-rights';
import {
  type PolicyDocument,
  policyDocument,
  type Statement,
  unlessPrincipalIs,
  unlessPrincipalIsExactly,
} from '../statement';
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

/** What a pipeline does with a message: it receives it, holds it and is done with it. */
const PIPELINE_ACTIONS: readonly string[] = ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:ReceiveMessage'];

/** The policy of a pipeline's queue: the tenant's topic sends what its bucket tells, its pipeline receives, nobody else touches a message. */
export function pipelineQueuePolicy(scope: TenantScope, queueArn: string): PolicyDocument {
  const tenant = { ArnEquals: { 'aws:PrincipalArn': scope.roleArn } };
  const deny = { Effect: 'Deny', Principal: '*', Resource: queueArn } as const;
  return policyDocument(
    ...commonDenials(scope, queueArn, [scope.roleArn, scope.eraserArn]),
    {
      Sid: 'TenantAsPipelineOnly',
      ...deny,
      Action: MESSAGE_ACTIONS,
      Condition: { ...tenant, StringNotEquals: { [SERVICE_ACCOUNT_TAG]: 'pipeline' } },
    },
    {
      Sid: 'TenantReceivesOnly',
      ...deny,
      Action: MESSAGE_ACTIONS.filter((action) => !PIPELINE_ACTIONS.includes(action)),
      Condition: tenant,
    },
    eraserPurges(scope, queueArn),
    ...topicSends(scope, queueArn),
  );
}

/** The policy of the dead-letter queue: SQS moves messages into it by itself, and the topic sends what a queue refused. */
export function deadLetterQueuePolicy(scope: TenantScope): PolicyDocument {
  const queueArn = scope.deadLetterQueueArn;
  return policyDocument(
    ...commonDenials(scope, queueArn, [scope.eraserArn]),
    eraserPurges(scope, queueArn),
    ...topicSends(scope, queueArn),
  );
}

/** The eraser empties a queue, which needs no key; it reads and moves no message. */
const eraserPurges = ({ eraserArn }: TenantScope, queueArn: string): Statement => ({
  Sid: 'EraserPurgesOnly',
  Effect: 'Deny',
  Principal: '*',
  Action: MESSAGE_ACTIONS.filter((action) => action !== 'sqs:PurgeQueue'),
  Resource: queueArn,
  Condition: { ArnEquals: { 'aws:PrincipalArn': eraserArn } },
});

function topicSends(scope: TenantScope, queueArn: string): Statement[] {
  if (!scope.notifies) return [];
  return [
    {
      Sid: 'TopicSends',
      Effect: 'Allow',
      Principal: { Service: 'sns.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: queueArn,
      // The topic's ARN has the account in it.
      Condition: { ArnEquals: { 'aws:SourceArn': scope.eventsTopicArn } },
    },
  ];
}

/** @param receivers roles that may touch messages, where the tenant's state admits them */
function commonDenials(scope: TenantScope, queueArn: string, receivers: readonly string[]): Statement[] {
  const base = { Effect: 'Deny', Principal: '*', Resource: queueArn } as const;
  const admitted = scope.admitted.filter((role) => receivers.includes(role));
  const others = scope.tenant.state === 'erasing' ? unlessPrincipalIsExactly : unlessPrincipalIs;
  return [
    { Sid: 'TlsOnly', ...base, Action: 'sqs:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    { Sid: 'NobodyElse', ...base, Action: MESSAGE_ACTIONS, Condition: others(admitted) },
    // A message names an object to read: one that no service sent is a forged order.
    {
      Sid: 'NoRoleSends',
      ...base,
      Action: 'sqs:SendMessage',
      Condition: { BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } },
    },
  ];
}
