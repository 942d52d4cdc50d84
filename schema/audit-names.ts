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
  readerRole: `${PREFIX}-audit-reader`,
  /** Prefixes of the archive; each ends with a slash. */
  trailPrefix: 'trail/',
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
