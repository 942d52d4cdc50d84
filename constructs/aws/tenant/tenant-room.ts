import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import type { CfnResource } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Environment } from '../../../schema/model';
import { tenantNames } from '../../../schema/names';
import type { Tenant } from '../../../schema/tenant';
import { attributeOf } from '../resolved-json';
import { retain } from '../retention';
import { tenantAlarms } from './tenant-alarms';
import { tenantBucket } from './tenant-bucket';
import { tenantBudget } from './tenant-budget';
import { tenantEvents } from './tenant-events';
import { tenantKey } from './tenant-key';
import { tenantQueues } from './tenant-queues';
import { tenantRole } from './tenant-role';
import { tenantScope } from './tenant-scope';

/**
 * The locked room of one tenant: key, queues, topic, bucket, role, log group, alarms, budget. Everything goes by name, in plain strings; the only
 * tokens are the key's and the queues' and the topic's own. Returns what has to exist before the tenant's Kubernetes objects are delivered.
 */
export function tenantRoom(parent: Construct, env: Environment, tenant: Tenant): CfnResource[] {
  const scope = tenantScope(env, tenant);
  const keyArn = attributeOf(parent, tenantKey(parent, scope).attrArn);
  const queuePolicies = tenantQueues(parent, scope, keyArn.text);
  const topicPolicy = tenantEvents(parent, scope, keyArn.text, queuePolicies);
  tenantBucket(parent, scope, { keyArn, topicPolicy });
  const associations = tenantRole(parent, scope, keyArn.json);
  retain(
    new CfnLogGroup(parent, 'LogGroup', {
      logGroupName: tenantNames.logGroup(env, tenant.id),
      kmsKeyId: keyArn.text,
      retentionInDays: env.logRetentionDays,
      tags: scope.tags,
    }),
  );
  tenantAlarms(parent, scope);
  tenantBudget(parent, scope);
  return associations;
}
