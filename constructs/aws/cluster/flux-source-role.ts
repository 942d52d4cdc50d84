import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { arn } from '../../../schema/arns';
import type { Environment } from '../../../schema/model';
import { controllerNames, deliveryNames, registryNames, roleNames } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';
import { acknowledge } from '../acknowledge';
import { PodIdentityRole } from './pod-identity-role';

export interface FluxSourceRoleProps {
  readonly env: Environment;
  readonly cluster: ClusterName;
  /** Name of the cluster as a reference. */
  readonly clusterName: string;
}

/** Flux's source controller reads this cluster's delivery bucket and pulls its charts; it writes nowhere. */
export class FluxSourceRole extends Construct {
  constructor(scope: Construct, id: string, { env, cluster, clusterName }: FluxSourceRoleProps) {
    super(scope, id);
    const bucket = arn.bucket(deliveryNames.bucket(env, cluster));
    const charts = arn.repository(env, cluster, registryNames.chartRepository(env, '*'));
    const keys = arn.keys(env, cluster);
    const role = new PodIdentityRole(this, 'SourceController', {
      env,
      cluster,
      namespace: controllerNames.flux.namespace,
      serviceAccount: controllerNames.flux.source,
      roleName: roleNames.fluxSource(env, cluster),
      description: `Flux on the ${cluster} cluster of ${env.name}: reads what was delivered`,
      policies: {
        Read: [
          new iam.PolicyStatement({
            sid: 'ListDelivery',
            actions: ['s3:GetBucketLocation', 's3:ListBucket'],
            resources: [bucket],
          }),
          new iam.PolicyStatement({ sid: 'ReadDelivery', actions: ['s3:GetObject'], resources: [`${bucket}/*`] }),
          // A key's ARN is not known by name, its alias is.
          new iam.PolicyStatement({
            sid: 'DecryptDelivery',
            actions: ['kms:Decrypt'],
            resources: [keys],
            conditions: {
              'ForAnyValue:StringEquals': { 'kms:ResourceAliases': deliveryNames.keyAlias(env, cluster) },
              StringEquals: { 'kms:ViaService': `s3.${env.region}.amazonaws.com` },
            },
          }),
          new iam.PolicyStatement({
            sid: 'PullCharts',
            actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
            resources: [charts],
          }),
          new iam.PolicyStatement({
            sid: 'SignInToRegistry',
            actions: ['ecr:GetAuthorizationToken'],
            resources: ['*'],
          }),
        ],
      },
    });
    acknowledge(
      role,
      [
        `AwsSolutions-IAM5[Resource::${bucket}/*]`,
        `AwsSolutions-IAM5[Resource::${keys}]`,
        `AwsSolutions-IAM5[Resource::${charts}]`,
        'AwsSolutions-IAM5[Resource::*]',
      ],
      'reads only: every object of one bucket, by the one key with its alias, and charts; ecr:GetAuthorizationToken has no resource to name',
    );
    role.associate(clusterName);
  }
}
