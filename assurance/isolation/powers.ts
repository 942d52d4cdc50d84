import { OPENINGS } from './openings';

/**
 * What hands over what runs with others' rights, whatever resource it is about: machines, functions, clusters, deployments and identities. Who
 * may one of these does what some role may without becoming it, so that no question about that role's own resource sees it.
 */
const POWERS: Readonly<Record<string, string>> = {
  // What a stack makes, and by whose rights.
  cloudformation:
    'ActivateType CancelUpdateStack ContinueUpdateRollback CreateChangeSet CreateResource CreateStack CreateStackInstances CreateStackRefactor ' +
    'CreateStackSet DeleteResource DeleteStack DeleteStackInstances ExecuteChangeSet ExecuteStackRefactor RegisterType RollbackStack ' +
    'SetStackPolicy SetTypeConfiguration SetTypeDefaultVersion UpdateResource UpdateStack UpdateStackInstances UpdateStackSet ' +
    'UpdateTerminationProtection',
  // Direct reads and writes of volumes' snapshots.
  ebs: 'GetSnapshotBlock PutSnapshotBlock StartSnapshot',
  // What a machine runs and as whom, its screen, and copies of its disks for others.
  ec2:
    'AssociateIamInstanceProfile CreateImage CreateInstanceConnectEndpoint CreateInstanceExportTask CreateLaunchTemplateVersion ' +
    'CreateReplaceRootVolumeTask CreateStoreImageTask CreateTrafficMirrorSession EnableSerialConsoleAccess GetConsoleScreenshot GetPasswordData ' +
    'ModifyImageAttribute ModifyInstanceAttribute ModifyInstanceMetadataOptions ModifyLaunchTemplate ModifySnapshotAttribute ' +
    'ReplaceIamInstanceProfileAssociation',
  'ec2-instance-connect': 'OpenTunnel SendSSHPublicKey SendSerialConsoleSSHPublicKey',
  // Who is somebody in a cluster, and which role its pods and add-ons have.
  eks:
    'AccessKubernetesApi AssociateAccessPolicy AssociateIdentityProviderConfig CreateAccessEntry CreateAddon CreateCapability ' +
    'CreateFargateProfile CreateNodegroup CreatePodIdentityAssociation DeleteAccessEntry DeletePodIdentityAssociation DisassociateAccessPolicy ' +
    'MutateViaKubernetesApi UpdateAccessEntry UpdateAddon UpdateCapability UpdateClusterConfig UpdateNodegroupConfig ' +
    'UpdateNodegroupVersion UpdatePodIdentityAssociation',
  // Identities besides roles, and policies that roles have; roles themselves are asked about one by one.
  iam:
    'AddClientIDToOpenIDConnectProvider AddRoleToInstanceProfile AddUserToGroup AttachGroupPolicy AttachUserPolicy CreateAccessKey ' +
    'CreateInstanceProfile CreateLoginProfile CreateOpenIDConnectProvider CreatePolicyVersion CreateSAMLProvider CreateServiceSpecificCredential ' +
    'CreateUser PutGroupPolicy PutUserPolicy RemoveRoleFromInstanceProfile SetDefaultPolicyVersion UpdateAccessKey UpdateLoginProfile ' +
    'UpdateOpenIDConnectProviderThumbprint UpdateSAMLProvider',
  // What a function runs, and who starts it.
  lambda:
    'AddLayerVersionPermission AddPermission CreateAlias CreateEventSourceMapping CreateFunction CreateFunctionUrlConfig PublishLayerVersion ' +
    'PublishVersion PutFunctionEventInvokeConfig PutResourcePolicy PutRuntimeManagementConfig RemovePermission UpdateAlias ' +
    'UpdateEventSourceMapping UpdateFunctionCode UpdateFunctionCodeSigningConfig UpdateFunctionConfiguration UpdateFunctionEventInvokeConfig ' +
    'UpdateFunctionUrlConfig',
  rolesanywhere: 'CreateProfile CreateTrustAnchor ImportCrl UpdateProfile UpdateTrustAnchor',
  // Commands and sessions on machines, now or later.
  ssm:
    'CreateActivation CreateAssociation CreateAssociationBatch CreateDocument CreateMaintenanceWindow ModifyDocumentPermission ' +
    'RegisterTaskWithMaintenanceWindow RequestManagedInstanceRoleToken ResumeSession SendAutomationSignal SendCommand StartAssociationsOnce ' +
    'StartAutomationExecution StartChangeRequestExecution StartSession UpdateAssociation UpdateDocument UpdateDocumentDefaultVersion ' +
    'UpdateMaintenanceWindowTask UpdateManagedInstanceRole UpdateServiceSetting',
};

/** Such as `lambda:UpdateFunctionCode`. */
export const powers: readonly string[] = [...Object.entries(POWERS), ...Object.entries(OPENINGS)].flatMap(
  ([service, names]) => names.split(' ').map((name) => `${service}:${name}`),
);
