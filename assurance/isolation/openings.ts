/**
 * What opens data by another name, sends it elsewhere, or hides who looked at it, whatever resource it is about: no room asks about access points,
 * shares, trails and the like, since no stack of ours makes one. A service has a line here and another in powers.ts where it hands over what runs.
 */
export const OPENINGS: Readonly<Record<string, string>> = {
  // What tells of open ways is silent.
  'access-analyzer': 'CreateArchiveRule DeleteAnalyzer UpdateArchiveRule UpdateFindings',
  // A catalogue of somebody else's, and a workgroup with results elsewhere.
  athena: 'CreateDataCatalog CreateWorkGroup DeleteWorkGroup UpdateDataCatalog UpdateWorkGroup',
  // Copies of volumes and buckets under policies of their own.
  backup:
    'CreateBackupPlan PutBackupVaultAccessPolicy PutBackupVaultSharingPolicy StartBackupJob StartCopyJob StartRestoreJob',
  // The record of who did what, and where it goes.
  cloudtrail:
    'CreateChannel CreateEventDataStore DeleteEventDataStore DeleteTrail DeregisterOrganizationDelegatedAdmin EnableFederation ' +
    'PutEventConfiguration PutEventSelectors PutInsightSelectors PutResourcePolicy RegisterOrganizationDelegatedAdmin StopEventDataStoreIngestion ' +
    'StopLogging UpdateEventDataStore UpdateTrail',
  // Access to logs and metrics by profiles, and links and streams to another account.
  cloudwatch: 'AssumeAccessProfile CreateAccessGrant CreateAccessProfile PutMetricStream UpdateAccessProfile',
  oam: 'CreateLink CreateSink PutSinkPolicy UpdateLink',
  // The record of what changed; a remediation runs as a role.
  config:
    'DeleteConfigurationRecorder DeleteDeliveryChannel PutAggregationAuthorization PutConfigRule PutConfigurationRecorder PutDeliveryChannel ' +
    'PutRemediationConfigurations StartRemediationExecution StopConfigurationRecorder',
  // Copies of buckets, by a role.
  datasync: 'CreateLocationS3 CreateTask StartTaskExecution UpdateLocationS3 UpdateTask',
  dlm: 'CreateLifecyclePolicy UpdateLifecyclePolicy',
  // Images of every pod: who else writes into a registry, and what comes into it by itself.
  ecr:
    'BatchDeleteImage CreatePullThroughCacheRule CreateRepositoryCreationTemplate DeleteRegistryPolicy DeleteRepositoryPolicy PutAccountSetting ' +
    'PutImageTagMutability PutRegistryPolicy PutReplicationConfiguration ReplicateImage SetRepositoryPolicy UpdatePullThroughCacheRule ' +
    'UpdateRepositoryCreationTemplate',
  // Events of an account to another, and targets that run as a role.
  events:
    'CreateApiDestination CreateArchive CreateConnection CreateEndpoint PutPermission PutResourcePolicy PutRule PutTargets UpdateConnection',
  pipes: 'CreatePipe UpdatePipe',
  scheduler: 'CreateSchedule UpdateSchedule',
  // Streams into a bucket of somebody's choice, by a role.
  firehose: 'CreateDeliveryStream UpdateDestination',
  kinesis: 'PutResourcePolicy',
  // The whole catalogue, and jobs that read what it names as a role.
  glue:
    'CreateCatalog CreateConnection CreateCrawler CreateDevEndpoint CreateJob CreateSession DeleteResourcePolicy ImportCatalogToGlue PassConnection ' +
    'PutDataCatalogEncryptionSettings PutResourcePolicy RunStatement StartCrawler StartJobRun UpdateCatalog UpdateConnection UpdateCrawler ' +
    'UpdateDevEndpoint UpdateJob UpdateJobFromSourceControl',
  // What tells of intruders.
  guardduty:
    'ArchiveFindings CreateFilter CreateIPSet CreateTrustedEntitySet DeleteDetector DeleteMembers DeletePublishingDestination ' +
    'DisassociateFromAdministratorAccount DisassociateMembers StopMonitoringMembers UpdateDetector UpdateFilter UpdateIPSet',
  macie2: 'DisableMacie UpdateMacieSession',
  securityhub: 'BatchUpdateFindings DisableSecurityHub UpdateSecurityHubConfiguration',
  // A key of somebody else's material, and what another account or region may do by a copy.
  kms: 'CreateCustomKeyStore CreateGrant ImportKeyMaterial PutKeyPolicy ReplicateKey UpdateCustomKeyStore UpdatePrimaryRegion',
  // Reading of tables and their objects, whatever the role's own policies say.
  lakeformation:
    'AddLFTagsToResource BatchGrantPermissions CreateDataCellsFilter CreateLakeFormationOptIn GetDataAccess GrantPermissions PutDataLakeSettings ' +
    'RegisterResource RegisterResourceWithPrivilegedAccess UpdateDataCellsFilter UpdateResource',
  // Logs of every group to somebody, or unmasked, or without what is kept.
  logs:
    'AssociateKmsKey AssociateSourceToS3TableIntegration CreateDelivery CreateExportTask CreateLogDelivery CreateScheduledQuery DeleteAccountPolicy ' +
    'DeleteDataProtectionPolicy DeleteLogGroup DeleteLogStream DeleteResourcePolicy DeleteRetentionPolicy DeleteSubscriptionFilter ' +
    'DisassociateKmsKey IntegrateWithDataset IntegrateWithS3Table Link PutAccountPolicy PutBearerTokenAuthentication PutDataProtectionPolicy ' +
    'PutDeliveryDestination PutDeliveryDestinationPolicy PutDeliverySource PutDestination PutDestinationPolicy PutIntegration PutPipelineRule ' +
    'PutResourcePolicy PutRetentionPolicy PutSubscriptionFilter PutSyslogConfiguration PutTransformer Unmask UpdateLogDelivery UpdateScheduledQuery',
  // The guard rails themselves, and who is under them.
  organizations:
    'AcceptHandshake AttachPolicy CloseAccount CreateAccount CreatePolicy DeleteOrganization DeletePolicy DeleteResourcePolicy ' +
    'DeregisterDelegatedAdministrator DetachPolicy DisableAWSServiceAccess DisablePolicyType EnableAWSServiceAccess InviteAccountToOrganization ' +
    'LeaveOrganization MoveAccount PutResourcePolicy RegisterDelegatedAdministrator RemoveAccountFromOrganization UpdatePolicy',
  // Shares of an account's resources with another.
  ram:
    'AcceptResourceShareInvitation AssociateResourceShare AssociateResourceSharePermission CreatePermission CreatePermissionVersion ' +
    'CreateResourceShare EnableSharingWithAwsOrganization PromotePermissionCreatedFromPolicy PromoteResourceShareCreatedFromPolicy ' +
    'ReplacePermissionAssociations SetDefaultPermissionVersion UpdateResourceShare',
  // Where names and traffic go, and what records them.
  route53resolver:
    'AssociateResolverRule CreateResolverRule DeleteFirewallRule DisassociateFirewallRuleGroup DisassociateResolverQueryLogConfig ' +
    'PutFirewallRuleGroupPolicy PutResolverQueryLogConfigPolicy PutResolverRulePolicy UpdateFirewallConfig UpdateFirewallDomains UpdateFirewallRule',
  // Objects of a bucket by another name, by a grant, by a job, or of every bucket at once.
  s3:
    'AssociateAccessGrantsIdentityCenter BypassGovernanceRetention CreateAccessGrant CreateAccessGrantsInstance CreateAccessGrantsLocation ' +
    'CreateAccessPoint CreateAccessPointForObjectLambda CreateJob CreateMultiRegionAccessPoint DeleteAccessGrantsInstanceResourcePolicy ' +
    'DeleteAccessPointPolicy DeleteAccessPointPolicyForObjectLambda GetDataAccess PutAccessGrantsInstanceResourcePolicy ' +
    'PutAccessPointConfigurationForObjectLambda PutAccessPointPolicy PutAccessPointPolicyForObjectLambda PutAccessPointPublicAccessBlock ' +
    'PutAccountPublicAccessBlock PutMultiRegionAccessPointPolicy PutStorageLensConfiguration UpdateAccessGrantsLocation UpdateJobPriority ' +
    'UpdateJobStatus SubmitMultiRegionAccessPointRoutes',
  's3-object-lambda': 'DeleteObject GetObject ListBucket PutObject WriteGetObjectResponse',
  // Files and tables over a bucket's objects.
  s3files: 'CreateAccessPoint CreateFileSystem PutFileSystemPolicy',
  s3tables: 'PutTableBucketPolicy PutTablePolicy',
  // Another's secrets in another's policy are asked about by the secret; copies are not.
  secretsmanager: 'PutResourcePolicy ReplicateSecretToRegions',
  // Sign-in of people: who has which permission set.
  sso: 'AttachCustomerManagedPolicyReferenceToPermissionSet AttachManagedPolicyToPermissionSet CreateAccountAssignment CreatePermissionSet ProvisionPermissionSet PutInlinePolicyToPermissionSet PutPermissionsBoundaryToPermissionSet',
  identitystore: 'CreateGroupMembership CreateUser UpdateUser',
  // A member account's root user, and tokens for others.
  sts: 'AssumeRoot GetDelegatedAccessToken GetFederationToken GetWebIdentityToken',
  // Files of a bucket by another protocol, as a role.
  storagegateway: 'CreateNFSFileShare CreateSMBFileShare',
  transfer: 'CreateAccess CreateServer CreateUser UpdateUser',
};
