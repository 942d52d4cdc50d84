import { arn } from '../../../schema/arns';
import type { Environment } from '../../../schema/model';
import { deliveryNames, ownPatterns, roleNames, stackNames } from '../../../schema/names';
import { CLUSTERS } from '../../../schema/vocabulary';
import { type PolicyDocument, policyDocument } from '../statement';
import { deployRoles } from './deploy-roles';
import { denied, OBJECT_CHANGES } from './guard-rail';

/** What changes who may do what in a cluster, which pods have which role, or what watches them. */
const CLUSTER_CHANGES = [
  'eks:AssociateAccessPolicy',
  'eks:AssociateEncryptionConfig',
  'eks:AssociateIdentityProviderConfig',
  'eks:CreateAccessEntry',
  'eks:CreateAddon',
  'eks:CreatePodIdentityAssociation',
  'eks:DeleteAccessEntry',
  'eks:DeleteAddon',
  'eks:DeleteCluster',
  'eks:DeletePodIdentityAssociation',
  'eks:DisassociateAccessPolicy',
  'eks:DisassociateIdentityProviderConfig',
  'eks:UpdateAccessEntry',
  'eks:UpdateAddon',
  'eks:UpdateClusterConfig',
  'eks:UpdatePodIdentityAssociation',
] as const;

/** What puts other code behind a function's role, or another caller before it. */
const FUNCTION_CHANGES = [
  'lambda:AddPermission',
  'lambda:CreateAlias',
  'lambda:CreateFunction',
  'lambda:CreateFunctionUrlConfig',
  'lambda:DeleteFunction',
  'lambda:RemovePermission',
  'lambda:UpdateAlias',
  'lambda:UpdateFunctionCode',
  'lambda:UpdateFunctionConfiguration',
  'lambda:UpdateFunctionUrlConfig',
] as const;

const CALLS = ['lambda:InvokeAsync', 'lambda:InvokeFunction', 'lambda:InvokeFunctionUrl'] as const;

/** The ways to be cluster admin that are no policy: access entries, associations, the delivery bucket, the handlers. */
export function clusters(env: Environment): PolicyDocument {
  const { execution } = deployRoles(env);
  const functions = CLUSTERS.flatMap((cluster) => ownPatterns(env).map((name) => arn.function(env, cluster, name)));
  const delivery = CLUSTERS.map((cluster) => `${arn.bucket(deliveryNames.bucket(env, cluster))}/*`);
  const handlers = CLUSTERS.map((cluster) => arn.role(env.accounts[cluster], roleNames.deliveryHandler(env, cluster)));
  return policyDocument(
    denied('ClustersByDeploysOnly', CLUSTER_CHANGES, '*', execution),
    denied('DeliveryByItsHandlerOnly', OBJECT_CHANGES, delivery, handlers),
    denied('FunctionsByDeploysOnly', FUNCTION_CHANGES, functions, execution),
    denied('HandlersCalledByDeploysOnly', CALLS, functions, [
      ...execution,
      // CDK's framework calls the Kubernetes handler, by a role that CloudFormation names after its stack.
      ...CLUSTERS.map((cluster) => arn.role(env.accounts[cluster], stackNames.deployed(env, '*'))),
    ]),
  );
}
