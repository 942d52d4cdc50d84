import * as eks from 'aws-cdk-lib/aws-eks';
import { Construct } from 'constructs';
import type { Environment } from '../../../schema/model';
import { clusterObjectNames, personUsername } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';

export interface AccessEntriesProps {
  readonly env: Environment;
  readonly cluster: ClusterName;
  /** Name of the cluster as a reference, so that the entries come after it. */
  readonly clusterName: string;
}

/** Who of the organisation's people may talk to the API server, and as what. Nobody else can: there is no aws-auth ConfigMap. */
export class AccessEntries extends Construct {
  constructor(scope: Construct, id: string, props: AccessEntriesProps) {
    super(scope, id);
    const { env, cluster } = props;
    for (const role of env.clusters[cluster].administrators) {
      this.entry(props.clusterName, role, { policy: 'AmazonEKSClusterAdminPolicy' });
    }
    for (const role of env.clusters[cluster].viewers) {
      // Not AmazonEKSViewPolicy, which reads every pod's output: constructs/k8s/platform/viewers.ts.
      this.entry(props.clusterName, role, { group: clusterObjectNames.viewersGroup });
    }
    if (cluster === 'research') {
      for (const team of env.researchTeams) this.entry(props.clusterName, team.roleArn, { group: team.group });
    }
  }

  private entry(clusterName: string, principalArn: string, as: { policy: string } | { group: string }): void {
    // The id is the role's name with its path: adding or removing one entry changes no other.
    new eks.CfnAccessEntry(this, principalArn.slice(principalArn.indexOf(':role/') + 1).replaceAll('/', '-'), {
      clusterName,
      principalArn,
      type: 'STANDARD',
      // EKS's own user names end with the session name but replace its `@`; SessionNameRaw keeps an e-mail address whole
      // (https://docs.aws.amazon.com/eks/latest/userguide/set-custom-username.html, 2026-11-24).
      ...('group' in as
        ? { kubernetesGroups: [as.group], username: personUsername('{{SessionNameRaw}}') }
        : {
            accessPolicies: [
              { policyArn: `arn:aws:eks::aws:cluster-access-policy/${as.policy}`, accessScope: { type: 'cluster' } },
            ],
          }),
    });
  }
}
