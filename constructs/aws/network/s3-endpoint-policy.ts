import { aws_iam as iam } from 'aws-cdk-lib';
import { arn } from '../../../schema/arns';
import type { Environment } from '../../../schema/model';
import { bucketPatterns } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';

/** What any workload does with objects; bucket configuration is CloudFormation's business and never goes through this endpoint. */
const OBJECT_ACTIONS = [
  's3:AbortMultipartUpload',
  's3:DeleteObject',
  's3:DeleteObjectVersion',
  's3:GetBucketLocation',
  's3:GetObject',
  's3:GetObjectAttributes',
  's3:GetObjectTagging',
  's3:GetObjectVersion',
  's3:ListBucket',
  's3:ListBucketMultipartUploads',
  's3:ListBucketVersions',
  's3:ListMultipartUploadParts',
  's3:PutObject',
  's3:PutObjectTagging',
] as const;

/** Buckets of AWS that a cluster cannot do without, each with its source. */
export const awsBuckets = {
  /**
   * Layers of every ECR image; the URL is signed by an account of ECR, so no condition on the principal can hold.
   * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html#ecr-minimum-s3-perms (2026-11-24)
   */
  ecrLayers: (region: string): string => `prod-${region}-starport-layer-bucket`,
  /**
   * Where a handler in the VPC answers CloudFormation; the region is written without its hyphens in every region, whichever host the
   * URL has. (A wait condition's bucket keeps them; nothing in a VPC of ours answers one.)
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-vpce-bucketnames.html (2026-11-25)
   */
  customResourceResponses: (region: string): string =>
    `cloudformation-custom-resource-response-${region.replaceAll('-', '')}`,
};

/**
 * Accounts whose buckets a cluster's VPC may reach. Production never reads research. Research reads tenants' buckets, which lie
 * in production, under a grant.
 */
function reachableAccounts(env: Environment, cluster: ClusterName): readonly string[] {
  return cluster === 'production' ? [env.accounts.production] : [env.accounts.production, env.accounts.research];
}

/**
 * The policy of the S3 gateway endpoint: the outer wall of both clusters. Keys of another account cannot be used from inside, and
 * a bucket of another account cannot be written to, whatever a role's own policy says.
 *
 * Bottlerocket and Amazon Linux update buckets are left out on purpose: nodes are replaced, never updated in place.
 * @param systemCidrs IPv4 blocks of the subnets where handlers run.
 */
export function s3EndpointStatements(
  env: Environment,
  cluster: ClusterName,
  systemCidrs: readonly string[],
): iam.PolicyStatement[] {
  const account = env.accounts[cluster];
  const environment = bucketPatterns.environment(env);
  const anyone = [new iam.AnyPrincipal()];
  return [
    new iam.PolicyStatement({
      sid: 'OwnPrincipalsToOwnBuckets',
      principals: anyone,
      actions: [...OBJECT_ACTIONS],
      resources: [environment, `${environment}/*`],
      conditions: {
        StringEquals: {
          'aws:PrincipalAccount': account,
          'aws:ResourceAccount': [...reachableAccounts(env, cluster)],
        },
      },
    }),
    new iam.PolicyStatement({
      // The Kubernetes handler fetches chart assets from the bootstrap bucket; the qualifier is part of its name.
      sid: 'HandlersReadAssets',
      principals: anyone,
      actions: ['s3:GetObject', 's3:GetBucketLocation', 's3:ListBucket'],
      resources: [
        `arn:aws:s3:::cdk-*-assets-${account}-${env.region}`,
        `arn:aws:s3:::cdk-*-assets-${account}-${env.region}/*`,
      ],
      conditions: {
        StringEquals: { 'aws:PrincipalAccount': account, 'aws:ResourceAccount': account },
        IpAddress: { 'aws:VpcSourceIp': [...systemCidrs] },
      },
    }),
    new iam.PolicyStatement({
      sid: 'NodesPullImageLayers',
      principals: anyone,
      actions: ['s3:GetObject'],
      resources: [`${arn.bucket(awsBuckets.ecrLayers(env.region))}/*`],
    }),
    new iam.PolicyStatement({
      // The URL is signed by CloudFormation, for any account that runs a custom resource: a pod holding such a URL of a stranger's
      // stack could hand data out. So it works from the system subnets only, where no tenant's and no researcher's pod runs.
      sid: 'HandlersAnswerCloudFormation',
      principals: anyone,
      actions: ['s3:PutObject'],
      resources: [`${arn.bucket(awsBuckets.customResourceResponses(env.region))}/*`],
      conditions: { IpAddress: { 'aws:VpcSourceIp': [...systemCidrs] } },
    }),
  ];
}
