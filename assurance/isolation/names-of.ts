import { arn } from '../../schema/arns';
import type { Environment } from '../../schema/model';
import { tenantNames } from '../../schema/names';
import { PIPELINES } from '../../schema/vocabulary';

/**
 * Everything of a tenant that a policy could name, by its id: a pattern that fits one of these of one tenant and not of another says something
 * else of the two, though it is the same text.
 */
export const namesOf = (env: Environment, id: string): string[] => [
  id,
  tenantNames.namespace(id),
  tenantNames.roleArn(env, id),
  tenantNames.bucketArn(env, id),
  tenantNames.keyAlias(env, id),
  tenantNames.eventsTopicArn(env, id),
  ...PIPELINES.map((pipeline) => tenantNames.queueArn(env, id, pipeline)),
  arn.queue(env, 'production', tenantNames.deadLetterQueue(env, id)),
  arn.logGroup(env, 'production', tenantNames.logGroup(env, id)),
];
