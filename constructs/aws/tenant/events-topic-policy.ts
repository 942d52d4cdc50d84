import { tenantNames } from '../../../schema/names';
import { type PolicyDocument, policyDocument } from '../statement';
import type { TenantScope } from './tenant-scope';

/**
 * The policy of a tenant's topic: the tenant's bucket publishes, and the tenant's queues alone may be subscribed, so that no address
 * elsewhere learns what arrives.
 */
export function eventsTopicPolicy(scope: TenantScope): PolicyDocument {
  const topicArn = scope.eventsTopicArn;
  const deny = { Effect: 'Deny', Principal: '*', Resource: topicArn } as const;
  const queues = scope.pipelines.map((pipeline) => tenantNames.queueArn(scope.env, scope.tenant.id, pipeline));
  return policyDocument(
    { Sid: 'TlsOnly', ...deny, Action: 'sns:Publish', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    {
      // An event names an object to read: one that the bucket did not send is a forged order.
      Sid: 'NoRolePublishes',
      ...deny,
      Action: 'sns:Publish',
      Condition: { BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } },
    },
    {
      Sid: 'OwnQueuesOnly',
      ...deny,
      Action: 'sns:Subscribe',
      Condition: { StringNotEquals: { 'sns:Endpoint': queues } },
    },
    {
      Sid: 'BucketPublishes',
      Effect: 'Allow',
      Principal: { Service: 's3.amazonaws.com' },
      Action: 'sns:Publish',
      Resource: topicArn,
      Condition: {
        ArnEquals: { 'aws:SourceArn': scope.bucketArn },
        StringEquals: { 'aws:SourceAccount': scope.account },
      },
    },
  );
}
