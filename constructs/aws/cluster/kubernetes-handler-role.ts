import type { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Environment } from '../../../schema/model';
import { arn, registryNames, roleNames } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';
import { acknowledge } from '../acknowledge';

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
          resources: [`arn:aws:ecr:${env.region}:${account}:repository/${registryNames.chartRepository(env, 'flux2')}`],
        }),
        // `aws ecr get-login-password`: the token is of the caller, the action has no resource to name.
        new iam.PolicyStatement({
          sid: 'SignInToRegistry',
          actions: ['ecr:GetAuthorizationToken'],
          resources: ['*'],
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
      ],
      'a function in a VPC needs the network interfaces of this AWS policy; ecr:GetAuthorizationToken has no resource to name',
    );
  }

  /** Lets the handler read one chart that was uploaded as an asset: that object, nothing else of the bucket. */
  readAsset(asset: Asset): iam.ManagedPolicy {
    return new iam.ManagedPolicy(this, 'ReadSyncChart', {
      roles: [this.role],
      statements: [
        new iam.PolicyStatement({
          sid: 'ReadSyncChart',
          actions: ['s3:GetObject'],
          resources: [asset.bucket.arnForObjects(asset.s3ObjectKey)],
        }),
      ],
    });
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
