import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Environment } from '../../../schema/model';
import { arn } from '../../../schema/arns';
import { registryNames, roleNames } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';
import { acknowledge } from '../acknowledge';
import { assetBucketName } from '../asset-bucket';

export interface KubernetesHandlerRoleProps {
  readonly env: Environment;
  readonly cluster: ClusterName;
}

/**
 * The role of the function by which a deploy runs Helm. It holds the cluster-admin access entry, so whoever may invoke that
 * function is cluster admin: the organisation's guard rails name it. It only bootstraps Flux; everything else is pulled.
 */
export class KubernetesHandlerRole extends Construct {
  readonly role: iam.Role;

  constructor(scope: Construct, id: string, props: KubernetesHandlerRoleProps) {
    super(scope, id);
    const { env, cluster } = props;
    const account = env.accounts[cluster];
    const assets = `${arn.bucket(assetBucketName(Stack.of(this)))}/*`;
    const policy = new iam.ManagedPolicy(this, 'Policy', {
      statements: [
        new iam.PolicyStatement({
          sid: 'FindCluster',
          actions: ['eks:DescribeCluster'],
          resources: [arn.cluster(env, cluster)],
        }),
        new iam.PolicyStatement({
          sid: 'PullFluxChart',
          actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
          resources: [arn.repository(env, cluster, registryNames.chartRepository(env, 'flux2'))],
        }),
        // `aws ecr get-login-password`: the token is of the caller, the action has no resource to name.
        new iam.PolicyStatement({
          sid: 'SignInToRegistry',
          actions: ['ecr:GetAuthorizationToken'],
          resources: ['*'],
        }),
        // All of them, since an asset is named by its hash: a policy that named the chart's would change with each change of the
        // chart, and the handler is refused when it copies before IAM has spread that.
        new iam.PolicyStatement({
          sid: 'ReadAssets',
          actions: ['s3:GetObject'],
          resources: [assets],
          // Bucket names are global: of another account's bucket of this name it reads nothing.
          conditions: { StringEquals: { 's3:ResourceAccount': account } },
        }),
      ],
    });
    this.role = new iam.Role(this, 'Role', {
      roleName: roleNames.kubernetesHandler(env, cluster),
      description: `Runs Helm on the ${cluster} cluster of ${env.name} during a deploy`,
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      managedPolicies: [
        iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaVPCAccessExecutionRole'),
        policy,
      ],
    });
    acknowledge(
      this,
      [
        'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole]',
        'AwsSolutions-IAM5[Resource::*]',
        `AwsSolutions-IAM5[Resource::${assets}]`,
      ],
      'a function in a VPC needs the network interfaces of this AWS policy; ecr:GetAuthorizationToken has no resource to name; ' +
        "an asset's name is its hash, and the bucket holds what this account's deploys have uploaded, no tenant's data",
    );
  }

  /** Tidies what the CDK's own provider below `cluster` brings along, and accepts, with reasons, what it cannot be told. */
  settleProvider(cluster: Construct, logRetentionDays: number, logKey: IKey): void {
    // A condition for policies that `withoutPolicyUpdates` has kept out.
    this.node.tryRemoveChild('HasEcrPublic');
    const provider = cluster.node.findChild('KubectlProvider');
    for (const node of provider.node.findAll()) {
      if (node instanceof CfnLogGroup) {
        node.retentionInDays = logRetentionDays;
        node.kmsKeyId = logKey.keyArn;
        node.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
      }
    }
    const handler = provider.node.findChild('Handler').node.defaultChild as CfnFunction;
    acknowledge(
      provider,
      [
        `AwsSolutions-IAM5[Resource::<${Stack.of(this).getLogicalId(handler)}.Arn>:*]`,
        'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
        'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole]',
        'AwsSolutions-L1',
        'NIST.800.53.R5-IAMNoInlinePolicy',
        'NIST.800.53.R5-LambdaConcurrency',
        'NIST.800.53.R5-LambdaDLQ',
      ],
      "the CDK's own custom-resource functions, called by CloudFormation alone: it waits for them and reports a failure",
    );
  }
}
