import { auditNames } from './audit-names';
import { arn } from './arns';
import { bucketPatterns, type Env, ownPatterns } from './names';
import { CLUSTERS } from './vocabulary';

/** Where the evidence of one audit account lies. */
export interface AuditHome {
  readonly account: string;
  /** Region of the archive, of the trail's home and of Athena. */
  readonly region: string;
  /** Management account of the organisation. */
  readonly management: string;
}

const regional = (service: string, { region, account }: AuditHome, rest: string): string =>
  `arn:aws:${service}:${region}:${account}:${rest}`;

/** ARNs of what the audit account holds, by name. */
export const auditArn = {
  /**
   * A delegated administrator makes an organisation's trail, but the management account owns it, and its ARN says so
   * (https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-delegated-administrator.html, 2026-11-25).
   */
  trail: ({ region, management, account }: AuditHome): string =>
    `arn:aws:cloudtrail:${region}:${management}:trail/${auditNames.trail(account)}`,
  /** Every trail of the organisation, as the encryption context of CloudTrail names them. */
  everyTrail: ({ management }: AuditHome): string => `arn:aws:cloudtrail:*:${management}:trail/*`,
  reader: ({ account }: AuditHome): string => arn.role(account, auditNames.readerRole),
  deployer: ({ account }: AuditHome): string => arn.role(account, auditNames.deployerRole),
  /** Roles of the sign-in for the auditors' permission set: the path may name a region, and the end is random. */
  readerSessions: ({ account }: AuditHome): string =>
    arn.role(account, `aws-reserved/sso.amazonaws.com/*AWSReservedSSO_${auditNames.readerPermissionSet}_*`),
  workGroup: (home: AuditHome): string => regional('athena', home, `workgroup/${auditNames.workGroup}`),
  catalog: (home: AuditHome): string => regional('glue', home, 'catalog'),
  database: (home: AuditHome): string => regional('glue', home, `database/${auditNames.database}`),
  tables: (home: AuditHome): string => regional('glue', home, `table/${auditNames.database}/*`),
  keys: (home: AuditHome): string => regional('kms', home, 'key/*'),
  silenceTopic: (home: AuditHome): string => regional('sns', home, auditNames.silenceTopic),
  silenceAlarms: (home: AuditHome): string => regional('cloudwatch', home, `alarm:${auditNames.silenceAlarm('*')}`),
};

/**
 * Beginnings of ARNs by which the trail selects an environment's data events: a fixed few, however many tenants it has, since a trail
 * takes 500 values in all its selectors.
 */
export const recordedArns = {
  /** Objects of every bucket of the environment: of tenants, teams, corpora and deliveries. */
  objects: (env: Env): string => beginning(bucketPatterns.environment(env)),
  /** Objects of the archive itself. */
  archive: ({ account }: AuditHome): string => `${auditNames.archiveBucketArn(account)}/`,
  /** The handlers: whoever may invoke one is cluster admin. */
  functions: (env: Env): readonly string[] =>
    CLUSTERS.flatMap((cluster) => ownPatterns(env).map((pattern) => arn.function(env, cluster, beginning(pattern)))),
};

const beginning = (pattern: string): string => pattern.replace(/\*$/, '');
