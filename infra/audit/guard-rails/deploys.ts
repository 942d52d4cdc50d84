import { arn } from '../../../schema/arns';
import type { Environment } from '../../../schema/model';
import { bootstrapNames, ownPatterns, roleNames } from '../../../schema/names';
import { CLUSTERS } from '../../../schema/vocabulary';
import { type PolicyDocument, policyDocument } from '../statement';
import { deployRoles } from './deploy-roles';
import { denied, OBJECT_CHANGES } from './guard-rail';

/** Every way to change what a role may do, or who becomes it. */
const IDENTITY_CHANGES = [
  'iam:Add*',
  'iam:Attach*',
  'iam:Create*',
  'iam:Delete*',
  'iam:Detach*',
  'iam:Put*',
  'iam:Remove*',
  'iam:Set*',
  'iam:Tag*',
  'iam:Untag*',
  'iam:Update*',
] as const;

/** What makes CloudFormation act with the role that a stack has had before, which asks for no PassRole. */
const STACK_CHANGES = [
  'cloudformation:CancelUpdateStack',
  'cloudformation:ContinueUpdateRollback',
  'cloudformation:CreateChangeSet',
  'cloudformation:CreateStack',
  'cloudformation:DeleteStack',
  'cloudformation:ExecuteChangeSet',
  'cloudformation:RollbackStack',
  'cloudformation:SetStackPolicy',
  'cloudformation:UpdateStack',
  'cloudformation:UpdateTerminationProtection',
] as const;

/**
 * Only a deploy changes the roles of an environment, and only the pipeline deploys: it alone becomes the bootstrap's roles, and nobody
 * changes those.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-servicerole.html (2026-11-25)
 */
export function deploys(env: Environment): PolicyDocument {
  const { deployer, cli, publisher, execution } = deployRoles(env);
  const own = ownPatterns(env);
  const accounts = CLUSTERS.map((cluster) => env.accounts[cluster]);
  const identities = [arn.role, arn.managedPolicy, arn.instanceProfile].flatMap((arnOf) =>
    own.map((name) => arnOf('*', name)),
  );
  const karpenters = CLUSTERS.map((cluster) => arn.role(env.accounts[cluster], roleNames.karpenter(env, cluster)));
  const assets = accounts.map((account) => `${arn.bucket(bootstrapNames.assetsBucket(account, env.region))}/*`);
  const bootstrapRoles = arn.role('*', bootstrapNames.ownRoles);
  const stacks = CLUSTERS.map((cluster) => arn.stacks(env, cluster));
  return policyDocument(
    denied('RolesByDeploysOnly', IDENTITY_CHANGES, identities, execution),
    denied(
      // A function with the right to be cluster admin would be one call away.
      'RolesHandedOverByDeploysOnly',
      'iam:PassRole',
      own.map((name) => arn.role('*', name)),
      [...execution, ...karpenters],
    ),
    denied('StacksByTheCliOnly', STACK_CHANGES, stacks, cli),
    denied('DeployRoleHandedOverByTheCliOnly', 'iam:PassRole', bootstrapRoles, cli),
    denied('BootstrapRolesByThePipelineOnly', 'sts:AssumeRole', bootstrapRoles, deployer),
    denied('AssetsByTheCliOnly', OBJECT_CHANGES, assets, publisher),
    denied(
      'NobodyChangesTheBootstrap',
      STACK_CHANGES,
      CLUSTERS.map((cluster) => arn.bootstrapStack(env, cluster)),
    ),
    denied('NobodyChangesTheDeployRoles', IDENTITY_CHANGES, [
      bootstrapRoles,
      arn.role('*', bootstrapNames.deployer),
      ...CLUSTERS.map((cluster) => arn.managedPolicy(env.accounts[cluster], bootstrapNames.deployPolicy(env, cluster))),
    ]),
  );
}
