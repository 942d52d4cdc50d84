import { BUCKET_PREFIXES, TENANT_SERVICE_ACCOUNTS, type TenantServiceAccount } from '../../../schema/vocabulary';
import type { Conditions } from '../statement';

/** Session tags of Pod Identity; all are transitive, and only EKS can set them (`sts:TagSession` is granted to it alone). */
export const SERVICE_ACCOUNT_TAG = 'aws:PrincipalTag/kubernetes-service-account';
export const NAMESPACE_TAG = 'aws:PrincipalTag/kubernetes-namespace';
export const CLUSTER_TAG = 'aws:PrincipalTag/eks-cluster-arn';

/** What one service account of the tenant's namespace may do in its bucket, by prefix. */
interface Rights {
  readonly read: readonly string[];
  readonly write: readonly string[];
  /** Prefixes it may list: a Mountpoint volume lists, everything else knows its keys. */
  readonly list: readonly string[];
}

const { raw, derived, models, checkpoints, trainings } = BUCKET_PREFIXES;

/**
 * The one table from which the role's policy (what is allowed) and the bucket's policy (what is denied) are both derived. Nobody
 * deletes, and nobody but the ingest role writes `raw/`.
 */
export const SERVICE_ACCOUNT_RIGHTS: Readonly<Record<TenantServiceAccount, Rights>> = {
  pipeline: { read: [raw, checkpoints], write: [derived, checkpoints], list: [] },
  training: { read: [derived, trainings], write: [models, trainings], list: [derived] },
  inference: { read: [models], write: [], list: [] },
};

/** The service accounts that have a right on a prefix. */
export function holdersOf(right: keyof Rights, prefix: string): TenantServiceAccount[] {
  return TENANT_SERVICE_ACCOUNTS.filter((account) => SERVICE_ACCOUNT_RIGHTS[account][right].includes(prefix));
}

/** Every prefix on which anybody has the right. */
export function prefixesWith(right: keyof Rights): string[] {
  return [...new Set(TENANT_SERVICE_ACCOUNTS.flatMap((account) => SERVICE_ACCOUNT_RIGHTS[account][right]))];
}

/** Conditions that hold for sessions of one service account only. */
export function asServiceAccount(account: TenantServiceAccount): Conditions {
  return { StringEquals: { [SERVICE_ACCOUNT_TAG]: account } };
}
