import { base, type Env, PREFIX } from './name-base';
import type { ClusterName } from './vocabulary';

/**
 * The audit account, which environments may share. Its own program makes what is named here (`infra/audit`); the platform only
 * writes to it, by these names.
 */
export const auditNames = {
  archiveBucket: (account: string): string => `${PREFIX}-audit-archive-${account}`,
  archiveBucketArn: (account: string): string => `arn:aws:s3:::${auditNames.archiveBucket(account)}`,
  archiveKeyAlias: `alias/${PREFIX}/audit/archive`,
  queriesBucket: (account: string): string => `${PREFIX}-audit-queries-${account}`,
  queriesKeyAlias: `alias/${PREFIX}/audit/queries`,
  trail: (account: string): string => `${PREFIX}-audit-${account}`,
  workGroup: `${PREFIX}-audit`,
  database: `${PREFIX}_audit`,
  /** Role of the auditors: it reads the archive through Athena, and changes nothing. */
  readerRole: `${PREFIX}-audit-reader`,
  /** Permission set of the organisation's sign-in, assigned in the audit account, whose people may become the reader. */
  readerPermissionSet: 'AtollAuditor',
  /** Role by which `pulumi up` runs; a person of the audit account makes it. No role of the platform's deploys becomes it. */
  deployerRole: `${PREFIX}-audit-deployer`,
  /** Pulumi's project, as `infra/audit/Pulumi.yaml` names it too. */
  project: `${PREFIX}-audit`,
  /** Where Pulumi keeps the state of this account's stack, in the account itself; made by hand, before the first `pulumi up`. */
  stateBucket: (account: string): string => `${PREFIX}-audit-state-${account}`,
  stateKeyAlias: `alias/${PREFIX}/audit/state`,
  /** Topic of the alarms about evidence that falls silent. */
  silenceTopic: `${PREFIX}-audit-silence`,
  silenceKeyAlias: `alias/${PREFIX}/audit/silence`,
  silenceAlarm: (source: string): string => `${PREFIX}-audit-silent-${source}`,
  /** Prefixes of the archive; each ends with a slash. */
  trailPrefix: 'trail/',
  /** Of the control planes' logs of every environment. */
  kubernetesRoot: 'kubernetes/',
  kubernetesPrefix: (env: Env, cluster: ClusterName): string => `kubernetes/${env.name}/${cluster}/`,
  ledgerPrefix: (env: Env): string => `ledger/${env.name}/`,
  /** What happened to grants: a folder each, an object for each event. */
  grantsPrefix: (env: Env): string => `${auditNames.ledgerPrefix(env)}grants/`,
  /** The ledger's sign of life, an object an hour, a folder for each day. */
  heartbeatsPrefix: (env: Env): string => `${auditNames.ledgerPrefix(env)}heartbeats/`,
  receiptsPrefix: (env: Env): string => `receipts/${env.name}/`,
};

/** The platform's side of the evidence: what carries it to the audit account. */
export const evidenceNames = {
  /** Firehose stream of a cluster's control-plane logs. */
  stream: (env: Env, cluster: ClusterName): string => `${base(env)}-${cluster}-control-plane-logs`,
  /** Role by which Firehose puts them into the archive. */
  deliveryRole: (env: Env, cluster: ClusterName): string => `${base(env)}-${cluster}-log-delivery`,
  /** Role by which CloudWatch Logs hands them to Firehose. */
  subscriptionRole: (env: Env, cluster: ClusterName): string => `${base(env)}-${cluster}-log-subscription`,
  /** Function, and its role, that puts what happens to grants into the ledger. */
  ledger: (env: Env): string => `${base(env)}-research-ledger`,
  /** Rule by which the function gives its sign of life every hour. */
  heartbeat: (env: Env): string => `${base(env)}-research-ledger-heartbeat`,
  ledgerLogGroup: (env: Env): string => `/${PREFIX}/${env.name}/research/ledger`,
  deliveryLogGroup: (env: Env, cluster: ClusterName): string => `/${PREFIX}/${env.name}/${cluster}/log-delivery`,
  /** Key of what waits for its delivery, and of the two log groups. */
  keyAlias: (env: Env, cluster: ClusterName): string => `alias/${PREFIX}/${env.name}/${cluster}/evidence`,
};

/** Service control policies of each environment, by what they guard. */
export const ENVIRONMENT_RAILS = ['policies', 'deploys', 'clusters', 'evidence'] as const;
export type EnvironmentRail = (typeof ENVIRONMENT_RAILS)[number];

/** Policies of the organisation, as text to attach: names there, and of their files. */
export const guardRailNames = {
  service: (env: Env, rail: EnvironmentRail): string => `service-control-policy-${env.name}-${rail}`,
  resource: (env: Env): string => `resource-control-policy-${env.name}`,
  auditService: (account: string): string => `service-control-policy-audit-${account}`,
  auditResource: (account: string): string => `resource-control-policy-audit-${account}`,
};
