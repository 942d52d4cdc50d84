import { type CfnTag, type Environment as StackEnvironment, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { EvidenceKey } from '../../constructs/aws/evidence/evidence-key';
import { GrantsLedger } from '../../constructs/aws/evidence/grants-ledger';
import { LogDelivery } from '../../constructs/aws/evidence/log-delivery';
import { evidenceNames } from '../../schema/audit-names';
import type { Environment } from '../../schema/model';
import { stackNames, tags } from '../../schema/names';
import type { ClusterName } from '../../schema/vocabulary';

export interface EvidenceStackProps {
  readonly env: Environment;
  readonly cluster: ClusterName;
  readonly stackEnv: Required<StackEnvironment>;
}

/** What goes to the audit account, put-only: a cluster's audit events, and of the research account the grants ledger. */
export class EvidenceStack extends Stack {
  constructor(scope: Construct, id: string, props: EvidenceStackProps) {
    const { env, cluster } = props;
    const stackName = stackNames.deployed(env, stackNames.platform(cluster, 'evidence'));
    super(scope, id, {
      env: props.stackEnv,
      stackName,
      description: `Evidence of the ${cluster} account of ${env.name}, on its way to the audit account`,
    });
    const ownTags: CfnTag[] = [
      { key: tags.environment, value: env.name },
      { key: tags.owner, value: 'platform' },
      { key: tags.room, value: 'evidence' },
    ];
    const ledger = cluster === 'research' ? [evidenceNames.ledgerLogGroup(env)] : [];
    const { key } = new EvidenceKey(this, 'Key', {
      env,
      cluster,
      logGroupNames: [evidenceNames.deliveryLogGroup(env, cluster), ...ledger],
    });
    new LogDelivery(this, 'ControlPlaneLogs', { env, cluster, key, tags: ownTags });
    if (cluster === 'research') new GrantsLedger(this, 'Grants', { env, stackName, key, tags: ownTags });
  }
}
