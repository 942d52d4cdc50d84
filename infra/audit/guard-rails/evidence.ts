import type { Environment } from '../../../schema/model';
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

/** Nobody ends the evidence of an environment: a deploy changes what carries it, and nothing ends the trail or the organisation's hold. */
export function evidence(env: Environment): PolicyDocument {
  const { execution } = deployRoles(env);
  return policyDocument(
    denied('NobodyEndsTheTrail', TRAIL_CHANGES, '*'),
    denied('NobodyLeaves', ['account:CloseAccount', 'organizations:LeaveOrganization'], '*'),
    denied('LogsByDeploysOnly', LOG_CHANGES, '*', execution),
    denied('CarriersByDeploysOnly', CARRIER_CHANGES, '*', execution),
  );
}
