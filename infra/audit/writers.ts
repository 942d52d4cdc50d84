import { arn } from '../../schema/arns';
import { auditNames, evidenceNames } from '../../schema/audit-names';
import type { Environment } from '../../schema/model';
import { roleNames } from '../../schema/names';
import { CLUSTERS } from '../../schema/vocabulary';

/** A role of the platform that puts evidence into the archive, below one prefix, and can do nothing else there. */
export interface Writer {
  /** What it writes, in the words of a statement's id. */
  readonly what: string;
  readonly environment: string;
  readonly roleArn: string;
  /** Ends with a slash. */
  readonly prefix: string;
  /** Firehose writes in parts, for which S3 asks it to decrypt what it has encrypted. */
  readonly inParts: boolean;
}

/** Every role that may put into the archive. CloudTrail, a service, is the only other that may. */
export function writersOf(environments: readonly Environment[]): Writer[] {
  return environments.flatMap((env) => [
    ...CLUSTERS.map((cluster) => ({
      what: `${cluster}Kubernetes`,
      environment: env.name,
      roleArn: arn.role(env.accounts[cluster], evidenceNames.deliveryRole(env, cluster)),
      prefix: auditNames.kubernetesPrefix(env, cluster),
      inParts: true,
    })),
    {
      what: 'ledger',
      environment: env.name,
      roleArn: arn.role(env.accounts.research, evidenceNames.ledger(env)),
      prefix: auditNames.ledgerPrefix(env),
      inParts: false,
    },
    {
      what: 'receipts',
      environment: env.name,
      roleArn: arn.role(env.accounts.production, roleNames.eraser(env)),
      prefix: auditNames.receiptsPrefix(env),
      inParts: false,
    },
  ]);
}
