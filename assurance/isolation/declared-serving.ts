import { arn } from '../../schema/arns';
import type { Environment } from '../../schema/model';
import { clusterObjectNames } from '../../schema/names';
import { placeModels } from '../../schema/placement/place';
import { serversOf } from '../../schema/served-tenants';
import { servingNames } from '../../schema/serving-names';
import type { Tenant } from '../../schema/tenant';
import { BUCKET_PREFIXES } from '../../schema/vocabulary';
import { places } from './declared-tenant';
import type { DeclaredWay, Place } from './declared-way';
import { byS3, modelPlaces } from './store-places';

/** A server reads models below one prefix, from its own cluster, as the one account that it has; nothing else is open to it. */
function reading(env: Environment, server: string, objects: Place, key: Place): DeclaredWay[] {
  const common = {
    who: `model server ${server}`,
    holder: { roleArn: servingNames.roleArn(env, server) },
    session: {
      StringEquals: {
        'aws:PrincipalTag/kubernetes-namespace': clusterObjectNames.servingNamespace,
        'aws:PrincipalTag/kubernetes-service-account': server,
        'aws:PrincipalTag/eks-cluster-arn': arn.cluster(env, 'production'),
      },
    },
  };
  return [
    { ...common, on: objects, actions: ['s3:GetObject'], right: 'reads', from: 'production' },
    { ...common, on: key, actions: ['kms:Decrypt'], right: 'decrypts', where: byS3(env) },
  ];
}

/** The servers on which models of the tenant's own lie, by the record of places: they read those models. */
export const serverWays = (env: Environment, tenant: Tenant): DeclaredWay[] =>
  serversOf(env, tenant).flatMap((server) =>
    reading(env, server, places.objects(env, tenant.id, `${BUCKET_PREFIXES.models}*`), places.key(env, tenant.id)),
  );

/** What is done with common models: every server reads them, and the platform's own pipeline puts releases and reads none. */
export function commonModelWays(env: Environment): DeclaredWay[] {
  const on = modelPlaces(env);
  const models = on.objects(`${BUCKET_PREFIXES.models}*`);
  const importer = {
    who: 'import of common models',
    holder: { roleArn: servingNames.importRoleArn(env) },
  };
  return [
    ...placeModels(env, env.placement).servers.flatMap(({ id }) => reading(env, id, models, on.key)),
    { ...importer, on: models, actions: ['s3:AbortMultipartUpload', 's3:PutObject'], right: 'writes' },
    { ...importer, on: on.key, actions: ['kms:Decrypt', 'kms:GenerateDataKey'], right: 'encrypts', where: byS3(env) },
  ];
}
