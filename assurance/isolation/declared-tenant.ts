import { arn } from '../../schema/arns';
import type { Environment } from '../../schema/model';
import { roleNames, tenantNames } from '../../schema/names';
import type { Tenant } from '../../schema/tenant';
import { tenantPipelines } from '../../schema/tenant-pipelines';
import { BUCKET_PREFIXES, type Pipeline, type TenantServiceAccount } from '../../schema/vocabulary';
import type { ConditionBlock } from '../iam/condition';
import type { DeclaredWay, Place } from './declared-way';

const SERVICE_ACCOUNT = 'aws:PrincipalTag/kubernetes-service-account';
const { raw, derived, models, checkpoints, trainings } = BUCKET_PREFIXES;

/** Places of a tenant, by name. */
export const places = {
  objects: (env: Environment, tenant: string, path: string): Place => ({
    kind: 's3:bucket',
    name: tenantNames.bucketArn(env, tenant),
    type: 'object',
    path,
  }),
  bucket: (env: Environment, tenant: string): Place => ({
    kind: 's3:bucket',
    name: tenantNames.bucketArn(env, tenant),
    type: 'bucket',
  }),
  key: (env: Environment, tenant: string): Place => ({
    kind: 'kms:key',
    name: tenantNames.keyAlias(env, tenant),
    type: 'key',
  }),
  queue: (env: Environment, tenant: string, pipeline: Pipeline): Place => ({
    kind: 'sqs:queue',
    name: tenantNames.queueArn(env, tenant, pipeline),
    type: 'queue',
  }),
  deadLetters: (env: Environment, tenant: string): Place => ({
    kind: 'sqs:queue',
    name: arn.queue(env, 'production', tenantNames.deadLetterQueue(env, tenant)),
    type: 'queue',
  }),
  logGroup: (env: Environment, tenant: string): Place => ({ ...places.logStreams(env, tenant), type: 'log-group' }),
  logStreams: (env: Environment, tenant: string): Place => ({
    kind: 'logs:log-group',
    name: arn.logGroup(env, 'production', tenantNames.logGroup(env, tenant)),
    type: 'log-stream',
  }),
};

export const viaServices = (env: Environment, ...services: readonly string[]): string[] =>
  services.map((service) => `${service}.${env.region}.amazonaws.com`);

/** What a tenant's own pods may do, by service account, and what the product may hand over. */
export function tenantWays(env: Environment, tenant: Tenant): DeclaredWay[] {
  return [...(tenant.state === 'active' ? podWays(env, tenant) : []), ...ingestWays(env, tenant)];
}

function podWays(env: Environment, { id, data }: Tenant): DeclaredWay[] {
  const queues = tenantPipelines(env, { data });
  const as = (account: TenantServiceAccount, and: ConditionBlock['x'] = {}): ConditionBlock => ({
    StringEquals: { [SERVICE_ACCOUNT]: account, ...and },
  });
  const way = (
    account: TenantServiceAccount,
    right: DeclaredWay['right'],
    on: Place,
    actions: readonly string[],
    rest: Partial<DeclaredWay> = {},
  ): DeclaredWay => ({
    who: 'its own pods',
    holder: { roleArn: tenantNames.roleArn(env, id) },
    on,
    actions,
    right,
    where: as(account),
    session: {
      StringEquals: {
        'aws:PrincipalTag/kubernetes-namespace': tenantNames.namespace(id),
        'aws:PrincipalTag/eks-cluster-arn': arn.cluster(env, 'production'),
      },
    },
    ...(on.kind === 's3:bucket' ? { from: 'production' as const } : {}),
    ...rest,
  });
  const objects = (path: string): Place => places.objects(env, id, path);
  const key = (account: TenantServiceAccount, actions: readonly string[], services: readonly string[]): DeclaredWay =>
    way(account, 'decrypts', places.key(env, id), actions, {
      where: as(account, { 'kms:ViaService': viaServices(env, ...services) }),
      wider: {
        resource: {
          way: {
            where: { StringEquals: { 'kms:ViaService': viaServices(env, 's3', 'sqs') } },
            actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
          },
          reason: 'the key knows the role; its service accounts are apart in the role, the bucket and the queues',
        },
      },
    });
  const writes = ['s3:AbortMultipartUpload', 's3:PutObject'];
  return [
    way('pipeline', 'reads', objects(`${raw}*`), ['s3:GetObject']),
    way('pipeline', 'writes', objects(`${derived}*`), writes),
    way('pipeline', 'reads', objects(`${checkpoints}*`), ['s3:GetObject']),
    way('pipeline', 'writes', objects(`${checkpoints}*`), writes),
    way('training', 'reads', objects(`${derived}*`), ['s3:GetObject']),
    way('training', 'writes', objects(`${models}*`), writes),
    way('training', 'reads', objects(`${trainings}*`), ['s3:GetObject']),
    way('training', 'writes', objects(`${trainings}*`), writes),
    way('training', 'lists', places.bucket(env, id), ['s3:ListBucket'], {
      where: { ...as('training'), StringLike: { 's3:prefix': `${derived}*` } },
    }),
    way('inference', 'reads', objects(`${models}*`), ['s3:GetObject']),
    key('pipeline', ['kms:Decrypt', 'kms:GenerateDataKey'], ['s3', 'sqs']),
    key('training', ['kms:Decrypt', 'kms:GenerateDataKey'], ['s3']),
    key('inference', ['kms:Decrypt'], ['s3']),
    ...queues.map((name) =>
      way(
        'pipeline',
        'receives',
        places.queue(env, id, name),
        ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
        { inside: 'production' },
      ),
    ),
  ];
}

/** The product: puts what it recorded into the classes that the tenant hands over, and sees nothing. */
function ingestWays(env: Environment, { id, data, state }: Tenant): DeclaredWay[] {
  const holder = { roleArn: arn.role(env.accounts.production, roleNames.ingest(env)) };
  // One role for all tenants: that it may write into one that is being erased is said by the role, and refused by bucket and key.
  const common = { who: 'ingest', holder, ...(state === 'erasing' ? { by: 'identity' as const } : {}) };
  const puts = ['s3:AbortMultipartUpload', 's3:PutObject'];
  return [
    ...data.map((entry): DeclaredWay => ({
      ...common,
      on: places.objects(env, id, `${raw}${entry.class}/*`),
      actions: puts,
      right: 'writes',
      wider: {
        identity: {
          // A pattern of S3 goes across slashes: the account's number in a key is taken for the end of the bucket's name.
          way: { path: `*${raw}*` },
          reason: "one role for all tenants: which classes a tenant hands over is said by the tenant's bucket",
        },
      },
    })),
    {
      ...common,
      on: places.key(env, id),
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      right: 'encrypts',
      where: { StringEquals: { 'kms:ViaService': viaServices(env, 's3') } },
    },
  ];
}
