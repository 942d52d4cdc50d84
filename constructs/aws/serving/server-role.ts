import type { CfnTag } from 'aws-cdk-lib';
import { CfnPodIdentityAssociation } from 'aws-cdk-lib/aws-eks';
import { CfnManagedPolicy, CfnRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Environment } from '../../../schema/model';
import { clusterNames, clusterObjectNames } from '../../../schema/names';
import { servingNames } from '../../../schema/serving-names';
import { acknowledge } from '../acknowledge';
import { serverBounds, serverPolicies, serverTrust } from './server-policies';

export interface ServerRoleProps {
  readonly env: Environment;
  /** Id of the server, by the placement. */
  readonly server: string;
  /** Tenants whose own models lie on it, and no others. */
  readonly tenants: readonly string[];
  readonly tags: CfnTag[];
}

/** What the pod of one model server may in AWS: read the common models, and the models of the tenants that the placement puts on it. */
export class ServerRole extends Construct {
  constructor(scope: Construct, id: string, props: ServerRoleProps) {
    super(scope, id);
    const { env, server, tenants, tags } = props;
    const policies = serverPolicies(env, tenants).map((document, i) => {
      const policy = new CfnManagedPolicy(this, `Models${i + 1}`, { policyDocument: document });
      const patterns = document.Statement.flatMap(({ Resource = [] }) => Resource).filter(
        (resource): resource is string => typeof resource === 'string' && resource.includes('*'),
      );
      const [first = '', ...rest] = patterns.map((pattern) => `AwsSolutions-IAM5[Resource::${pattern}]`);
      acknowledge(
        policy,
        [first, ...rest],
        'releases lie under hashes that are not known beforehand; a key is named by its alias in a condition',
      );
      return policy;
    });
    const role = new CfnRole(this, 'Role', {
      roleName: servingNames.role(env, server),
      description: `Model server ${server}`,
      assumeRolePolicyDocument: serverTrust(env, server),
      managedPolicyArns: policies.map((policy) => policy.ref),
      policies: [{ policyName: 'bounds', policyDocument: serverBounds(env, server) }],
      tags,
    });
    acknowledge(
      role,
      ['NIST.800.53.R5-IAMNoInlinePolicy'],
      'its bounds belong to this one role and go with it; a managed policy could be detached',
    );
    acknowledge(
      role,
      ['NIST.800.53.R5-IAMPolicyNoStatementsWithFullAccess'],
      'the rule reads past the end of a statement: the only full access of this policy is denied, never allowed',
    );
    new CfnPodIdentityAssociation(this, 'Association', {
      clusterName: clusterNames.cluster(env, 'production'),
      namespace: clusterObjectNames.servingNamespace,
      serviceAccount: server,
      // No `policy`: it needs the session tags switched off, and the role's bounds are on them.
      roleArn: role.attrArn,
      tags,
    });
  }
}
