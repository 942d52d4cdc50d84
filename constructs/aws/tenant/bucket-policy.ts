import { BUCKET_PREFIXES } from '../../../schema/vocabulary';
import { encryptionDenials, insecureTransportDenials, nobodyElseDenials } from '../bucket-denials';
import { holdersOf, prefixesWith, SERVICE_ACCOUNT_TAG } from './service-account-rights';
import {
  type Conditions,
  type PolicyDocument,
  policyDocument,
  type PolicyText,
  type Statement,
  unlessPrincipalIs,
  unlessPrincipalIsExactly,
} from '../statement';
import { grantBucketStatements } from './grant-statements';
import { titleCase } from './title-case';
import type { TenantScope } from './tenant-scope';

/** What a pod may ever ask of the bucket; every other action of its role is denied. */
const POD_ACTIONS = ['s3:AbortMultipartUpload', 's3:GetObject', 's3:ListBucket', 's3:PutObject'];
/** What puts an object, in one piece or in parts. */
const PUTS = ['s3:AbortMultipartUpload', 's3:PutObject'];
/**
 * What finds objects, their older versions and the parts of uploads, and ends them. The wildcard stands for the three lists of a bucket: with as many
 * grants as a tenant may be in, a policy that names each is longer than S3 takes.
 */
const ERASER_ACTIONS = ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:DeleteObjectVersion', 's3:ListBucket*'];

/**
 * The policy of a tenant's bucket. Inside one account an IAM allow needs no bucket allow, so there the second lock is the Deny of
 * everybody who is not named; the only Allow statements are of grants, whose roles are of the research account. `keyArn` is the key's ARN, or the intrinsic that becomes it.
 */
export function tenantBucketPolicy(scope: TenantScope, keyArn: PolicyText): PolicyDocument {
  const { bucketArn } = scope;
  const everything = [bucketArn, `${bucketArn}/*`];
  const others = scope.tenant.state === 'erasing' ? unlessPrincipalIsExactly : unlessPrincipalIs;
  return policyDocument(
    ...insecureTransportDenials(bucketArn),
    ...encryptionDenials(bucketArn, keyArn),
    ...nobodyElseDenials({ bucketArn, admitted: scope.admitted, deployRoleArn: scope.deployRoleArn, others }),
    ...tenantRoleDenials(scope, everything),
    ...serverDenials(scope, everything),
    ...ingestDenials(scope, everything),
    eraserDeletes(scope, everything),
    ...grantBucketStatements(scope),
  );
}

/** The tenant's role: from its account's endpoints only, and each service account in its own prefixes only. */
function tenantRoleDenials(scope: TenantScope, everything: readonly string[]): Statement[] {
  const tenantRole: Conditions = { ArnEquals: { 'aws:PrincipalArn': scope.roleArn } };
  const deny = (Sid: string, rest: Omit<Statement, 'Sid' | 'Effect' | 'Principal'>): Statement => ({
    Sid,
    Effect: 'Deny',
    Principal: '*',
    ...rest,
    Condition: { ...tenantRole, ...rest.Condition },
  });
  const objects = (prefix: string): string => `${scope.bucketArn}/${prefix}*`;
  const unlessTagged = (accounts: readonly string[]): Conditions => ({
    StringNotEquals: { [SERVICE_ACCOUNT_TAG]: accounts },
  });
  // By who may: the policy of a tenant in many grants is near the most that S3 takes.
  const perHolders = (right: 'read' | 'write', action: string | readonly string[]): Statement[] => {
    const named = (prefix: string): string => holdersOf(right, prefix).map(titleCase).join('Or');
    const prefixes = prefixesWith(right);
    return [...new Set(prefixes.map(named))].map((name) => {
      const own = prefixes.filter((prefix) => named(prefix) === name);
      return deny(`Tenant${right === 'read' ? 'Reads' : 'Writes'}As${name}Only`, {
        Action: action,
        Resource: own.map(objects),
        Condition: unlessTagged(own.slice(0, 1).flatMap((prefix) => holdersOf(right, prefix))),
      });
    });
  };
  return [
    deny('TenantFromItsEndpointOnly', {
      // All that the next statement leaves: the policy of a tenant in many grants is near the most that S3 takes.
      Action: POD_ACTIONS,
      Resource: everything,
      // The owner of the endpoint, not its id: no lookup, and production's account has its endpoints in one VPC. S3 sets the key
      // for gateway endpoints too; without an endpoint it is absent, and absent is not equal.
      // docs/decisions/0004-endpoint-pins-by-account.md
      Condition: {
        // The servers that have its models too: they run in the same VPC.
        ArnEquals: {
          'aws:PrincipalArn': scope.serverArns.length === 0 ? scope.roleArn : [scope.roleArn, ...scope.serverArns],
        },
        StringNotEquals: { 'aws:VpceAccount': scope.account },
        BoolIfExists: { 'aws:ViaAWSService': 'false' },
      },
    }),
    deny('TenantPlainActionsOnly', { NotAction: POD_ACTIONS, Resource: everything }),
    deny('TenantReadsNothingElse', { Action: 's3:GetObject', NotResource: prefixesWith('read').map(objects) }),
    deny('TenantWritesNothingElse', { Action: PUTS, NotResource: prefixesWith('write').map(objects) }),
    ...perHolders('read', 's3:GetObject'),
    ...perHolders('write', PUTS),
    deny('TenantListsNothingElse', {
      Action: 's3:ListBucket',
      Resource: scope.bucketArn,
      Condition: { StringNotLike: { 's3:prefix': prefixesWith('list').map((prefix) => `${prefix}*`) } },
    }),
    deny('TenantListsAsItsServiceAccount', {
      Action: 's3:ListBucket',
      Resource: scope.bucketArn,
      Condition: unlessTagged(prefixesWith('list').flatMap((prefix) => holdersOf('list', prefix))),
    }),
  ];
}

/** Servers that have the tenant's models: they read those, and nothing else. */
function serverDenials({ bucketArn, serverArns }: TenantScope, everything: readonly string[]): Statement[] {
  if (serverArns.length === 0) return [];
  const base = {
    Effect: 'Deny',
    Principal: '*',
    Condition: { ArnEquals: { 'aws:PrincipalArn': serverArns } },
  } as const;
  return [
    { Sid: 'ServersReadOnly', ...base, NotAction: 's3:GetObject', Resource: everything },
    {
      Sid: 'ServersReadModelsOnly',
      ...base,
      Action: 's3:GetObject',
      NotResource: `${bucketArn}/${BUCKET_PREFIXES.models}*`,
    },
  ];
}

/** The ingest role: PutObject (in parts too) into the classes that the tenant has handed over, and nothing else. */
function ingestDenials(scope: TenantScope, everything: readonly string[]): Statement[] {
  const base = {
    Effect: 'Deny',
    Principal: '*',
    Condition: { ArnEquals: { 'aws:PrincipalArn': scope.ingestArn } },
  } as const;
  return [
    { Sid: 'IngestPutsOnly', ...base, NotAction: PUTS, Resource: everything },
    {
      Sid: 'IngestIntoItsClassesOnly',
      ...base,
      Action: PUTS,
      NotResource: scope.classes.map((name) => `${scope.bucketArn}/${BUCKET_PREFIXES.raw}${name}/*`),
    },
  ];
}

/** The eraser: what it finds it deletes; it reads and writes nothing, so that its lists are kept elsewhere. */
const eraserDeletes = ({ eraserArn }: TenantScope, everything: readonly string[]): Statement => ({
  Sid: 'EraserDeletesOnly',
  Effect: 'Deny',
  Principal: '*',
  NotAction: ERASER_ACTIONS,
  Resource: everything,
  Condition: { ArnEquals: { 'aws:PrincipalArn': eraserArn } },
});
