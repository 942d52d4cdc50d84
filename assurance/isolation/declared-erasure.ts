import type { Environment } from '../../schema/model';
import { tenantNames } from '../../schema/names';
import type { Tenant } from '../../schema/tenant';
import { tenantPipelines } from '../../schema/tenant-pipelines';
import { places } from './declared-tenant';
import { eraserOf } from './guarded-actions';
import type { DeclaredElsewhere } from './room';
import { teamPlaces } from './store-places';

const eraser = (env: Environment) => ({ who: 'eraser', arn: eraserOf(env) });

/** S3 and SQS say over what they were asked, in every request. */
const SECURE = { Bool: { 'aws:SecureTransport': 'true' } };

/** A way of the eraser, in a word. */
export interface Erasure extends DeclaredElsewhere {
  readonly right: 'deletes' | 'lists';
}

/** What the eraser does on a tenant's resources, in every state: it finds, deletes and empties, and reads nothing. */
export function tenantErasures(env: Environment, tenant: Tenant): Erasure[] {
  const queues = [
    ...tenantPipelines(env, tenant).map((name) => places.queue(env, tenant.id, name)),
    places.deadLetters(env, tenant.id),
  ];
  const way = (right: Erasure['right'], on: Erasure['on'], actions: readonly string[]): Erasure => ({
    ...eraser(env),
    right,
    on,
    actions,
    where: SECURE,
  });
  const bucket = places.bucket(env, tenant.id);
  return [
    way('deletes', { kind: 's3:bucket', name: tenantNames.bucketArn(env, tenant.id), type: 'object' }, [
      's3:AbortMultipartUpload',
      's3:DeleteObject',
      's3:DeleteObjectVersion',
    ]),
    way('lists', bucket, ['s3:ListBucket', 's3:ListBucketMultipartUploads', 's3:ListBucketVersions']),
    ...queues.map((queue) => way('deletes', queue, ['sqs:PurgeQueue'])),
  ];
}

/** What the eraser does in a team's store: it finds and deletes, and reads nothing. */
export function teamErasures(env: Environment, team: string): DeclaredElsewhere[] {
  const on = teamPlaces(env, team);
  const common = { ...eraser(env), where: SECURE };
  return [
    { ...common, on: on.objects(), actions: ['s3:DeleteObject', 's3:DeleteObjectVersion'] },
    { ...common, on: on.bucket, actions: ['s3:ListBucket', 's3:ListBucketVersions'] },
  ];
}
