import { corpusNames, teamStoreNames } from '../../schema/access-names';
import { arn } from '../../schema/arns';
import type { Environment } from '../../schema/model';
import { deliveryNames } from '../../schema/names';
import { servingNames } from '../../schema/serving-names';
import type { ClusterName } from '../../schema/vocabulary';
import type { ConditionBlock } from '../iam/condition';
import { viaServices } from './declared-tenant';
import type { Place } from './declared-way';

/** A bucket with its key. */
export interface StorePlaces {
  readonly bucketArn: string;
  readonly keyAlias: string;
  readonly bucket: Place;
  readonly key: Place;
  readonly objects: (path?: string) => Place;
}

function storePlaces(bucketArn: string, keyAlias: string): StorePlaces {
  const bucket: Place = { kind: 's3:bucket', name: bucketArn, type: 'bucket' };
  return {
    bucketArn,
    keyAlias,
    bucket,
    key: { kind: 'kms:key', name: keyAlias, type: 'key' },
    objects: (path) => ({ ...bucket, type: 'object', ...(path === undefined ? {} : { path }) }),
  };
}

export const teamPlaces = (env: Environment, team: string): StorePlaces =>
  storePlaces(teamStoreNames.bucketArn(env, team), teamStoreNames.keyAlias(env, team));
export const corpusPlaces = (env: Environment, corpus: string): StorePlaces =>
  storePlaces(corpusNames.bucketArn(env, corpus), corpusNames.keyAlias(env, corpus));
export const deliveryPlaces = (env: Environment, cluster: ClusterName): StorePlaces =>
  storePlaces(arn.bucket(deliveryNames.bucket(env, cluster)), deliveryNames.keyAlias(env, cluster));

export const modelPlaces = (env: Environment): StorePlaces =>
  storePlaces(servingNames.bucketArn(env), servingNames.keyAlias(env));

/** Requests that S3 makes on behalf of who asked it. */
export const byS3 = (env: Environment): ConditionBlock => ({
  StringEquals: { 'kms:ViaService': viaServices(env, 's3') },
});
