import { CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { CfnPodIdentityAssociation } from 'aws-cdk-lib/aws-eks';
import { CfnManagedPolicy, CfnRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { grantNames, teamStoreNames } from '../../../schema/access-names';
import type { Grant } from '../../../schema/grant';
import type { Environment } from '../../../schema/model';
import { clusterNames, teamNames } from '../../../schema/names';
import { acknowledge } from '../acknowledge';
import type { PolicyDocument } from '../statement';
import { grantPolicies, grantPolicy, podBounds, sessionBounds } from './grant-policies';
import { type GrantScope, grantScope } from './grant-scope';
import { podTrust, sessionTrust } from './grant-trust';

export interface GrantRoleProps {
  readonly env: Environment;
  readonly grant: Grant;
  /** ARN of the key of the team's store, under which Athena writes results. */
  readonly storeKeyArn: string;
  /** Most bytes that one query may read. */
  readonly queryLimitBytes: number;
}

/** A session of a person lasts an hour: the shortest that IAM has, so that a removed grant is not used for long. */
const SESSION_SECONDS = 3600;

/** All that one grant has in AWS: its roles, and the workgroup of its queries. It goes with its file. */
export class GrantRole extends Construct {
  constructor(parent: Construct, id: string, props: GrantRoleProps) {
    super(parent, id);
    const { env, grant } = props;
    const scope = grantScope(env, grant);
    const policies = Object.entries(grantPolicies(scope)).flatMap(([kind, documents]) =>
      documents.map((document, i) => this.managedPolicy(`${kind}${i + 1}`, document)),
    );
    if (grant.ways.includes('pods')) {
      const role = this.role('Role', scope, policies, {
        roleName: grantNames.role(env, grant.id),
        description: `Pods of grant ${grant.id}: ${grant.purpose}, ${grant.ticket}`,
        assumeRolePolicyDocument: podTrust(scope),
        inline: grantPolicy(scope, podBounds(scope)),
      });
      new CfnPodIdentityAssociation(this, 'Association', {
        clusterName: clusterNames.cluster(env, 'research'),
        namespace: teamNames.namespace(grant.team),
        serviceAccount: teamNames.grantServiceAccount(grant.id),
        // No `policy`: it needs the session tags switched off, and the role's bounds are on them.
        roleArn: role.attrArn,
        tags: scope.tags,
      });
    }
    if (grant.ways.includes('sessions'))
      this.role('SessionRole', scope, policies, {
        roleName: grantNames.sessionRole(env, grant.id),
        description: `People of grant ${grant.id}: ${grant.purpose}, ${grant.ticket}`,
        assumeRolePolicyDocument: sessionTrust(scope),
        inline: grantPolicy(scope, sessionBounds(scope)),
      });
    this.workGroup(scope, props);
  }

  private managedPolicy(id: string, document: PolicyDocument): CfnManagedPolicy {
    const policy = new CfnManagedPolicy(this, id, { policyDocument: document });
    const [first, ...rest] = wildcardFindings(document);
    if (first !== undefined)
      acknowledge(
        policy,
        [first, ...rest],
        'keys below the prefix of a granted class, and tables of its database, are not known beforehand',
      );
    return policy;
  }

  private role(
    id: string,
    scope: GrantScope,
    policies: readonly CfnManagedPolicy[],
    props: {
      readonly roleName: string;
      readonly description: string;
      readonly assumeRolePolicyDocument: PolicyDocument;
      readonly inline: PolicyDocument;
    },
  ): CfnRole {
    const { inline, ...rest } = props;
    const role = new CfnRole(this, id, {
      ...rest,
      maxSessionDuration: SESSION_SECONDS,
      managedPolicyArns: policies.map((policy) => policy.ref),
      policies: [{ policyName: 'grant', policyDocument: inline }],
      tags: scope.tags,
    });
    acknowledge(
      role,
      ['NIST.800.53.R5-IAMNoInlinePolicy'],
      'its bounds belong to this one role and go with it; a managed policy could be detached',
    );
    const [first, ...more] = wildcardFindings(inline);
    if (first !== undefined)
      acknowledge(
        role,
        [first, ...more],
        "keys below the grant's own folders are not known beforehand; a KMS key is named by its alias in a condition",
      );
    acknowledge(
      role,
      ['NIST.800.53.R5-IAMPolicyNoStatementsWithFullAccess'],
      'the rule reads past the end of a statement: the only full access of this policy is denied, never allowed',
    );
    return role;
  }

  private workGroup(scope: GrantScope, props: GrantRoleProps): void {
    const { env, grant } = scope;
    new CfnWorkGroup(this, 'WorkGroup', {
      name: grantNames.workGroup(env, grant.id),
      description: `Queries of grant ${grant.id}: ${grant.purpose}, ${grant.ticket}`,
      // A query's text and history go with the grant; the trail keeps who asked what.
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        requesterPaysEnabled: false,
        bytesScannedCutoffPerQuery: props.queryLimitBytes,
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        resultConfiguration: {
          outputLocation: `s3://${teamStoreNames.bucket(env, grant.team)}/${teamStoreNames.resultsPrefix(grant.id)}`,
          expectedBucketOwner: scope.account,
          encryptionConfiguration: { encryptionOption: 'SSE_KMS', kmsKey: props.storeKeyArn },
        },
      },
      tags: scope.tags,
    });
  }
}

/** cdk-nag's ids of the resources with a pattern that a policy allows, each once. */
function wildcardFindings(document: PolicyDocument): string[] {
  const resources = document.Statement.flatMap(({ Effect, Resource = [] }) => (Effect === 'Allow' ? Resource : []));
  const patterns = resources.flatMap((resource) =>
    typeof resource === 'string' && resource.includes('*') ? [resource] : [],
  );
  return [...new Set(patterns)].map((pattern) => `AwsSolutions-IAM5[Resource::${pattern}]`);
}
