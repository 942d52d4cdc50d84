import { arn } from '../../schema/arns';
import type { Environment } from '../../schema/model';
import { deliveryNames, roleNames } from '../../schema/names';
import type { ClusterName } from '../../schema/vocabulary';
import { type DeclaredService, logsUse } from './declared-services';
import type { DeclaredWay } from './declared-way';
import { byS3, deliveryPlaces } from './store-places';

/** What is done with what is delivered to a cluster: its handler writes, Flux reads. */
export function deliveryWays(env: Environment, cluster: ClusterName): DeclaredWay[] {
  const on = deliveryPlaces(env, cluster);
  const role = (who: string, name: string): Pick<DeclaredWay, 'who' | 'holder'> => ({
    who,
    holder: { roleArn: arn.role(env.accounts[cluster], name) },
  });
  const handler = role('delivery', roleNames.deliveryHandler(env, cluster));
  const flux = role('Flux', roleNames.fluxSource(env, cluster));
  return [
    { ...handler, on: on.objects(), actions: ['s3:DeleteObject', 's3:PutObject'], right: 'writes' },
    { ...handler, on: on.key, actions: ['kms:GenerateDataKey'], right: 'encrypts', where: byS3(env) },
    { ...flux, on: on.objects(), actions: ['s3:GetObject'], right: 'reads', from: cluster },
    { ...flux, on: on.bucket, actions: ['s3:ListBucket'], right: 'lists', from: cluster },
    { ...flux, on: on.bucket, actions: ['s3:GetBucketLocation'], right: 'lists' },
    { ...flux, on: on.key, actions: ['kms:Decrypt'], right: 'decrypts', where: byS3(env) },
  ];
}

/** The handler's log group is under the key of its delivery. */
export const deliveryServices = (env: Environment, cluster: ClusterName): DeclaredService[] => [
  logsUse(env, deliveryPlaces(env, cluster).key, arn.logGroup(env, cluster, deliveryNames.logGroup(env, cluster))),
];
