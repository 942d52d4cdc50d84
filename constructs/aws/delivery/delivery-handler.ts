import { arn } from '../../../schema/arns';
import { join } from 'node:path';
import { type CfnTag, Duration } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Role } from 'aws-cdk-lib/aws-iam';
import { CfnLogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge';
import { retain } from '../retention';
import { policyDocument } from '../statement';
import type { DeliveryPrincipals } from './delivery-policies';

export interface DeliveryHandlerProps {
  readonly functionName: string;
  readonly roleName: string;
  readonly logGroupName: string;
  readonly logRetentionDays: number;
  /** Name of the bucket that it writes. */
  readonly bucketName: string;
  /** Name of the bucket to which `cdk deploy` uploads assets. */
  readonly sourceBucket: string;
  /** Name of the environment, by which tenants' stacks are told. */
  readonly environment: string;
  /** Name in CloudFormation of the stack that may deliver the platform's files. */
  readonly platformStack: string;
  readonly keyArn: string;
  readonly principals: DeliveryPrincipals;
  readonly tags: CfnTag[];
}

/** The handler answers within 40 s after it has given up; the rest is for copying. */
const TIMEOUT = Duration.minutes(2);

/**
 * The function behind `Custom::AtollDelivery`. CloudFormation calls it with the rights of the deploying role, so it has no
 * permission of its own for anybody: who may invoke it is the deploying role's policy and the organisation's guard rails. It
 * trusts the stack's id alone for what may be written (docs/decisions/0008-delivery-handler-derives-the-tenant.md).
 */
export class DeliveryHandler extends Construct {
  readonly function: lambda.Function;

  constructor(scope: Construct, id: string, props: DeliveryHandlerProps) {
    super(scope, id);
    const { account } = props.principals;
    const logs = retain(
      new CfnLogGroup(this, 'LogGroup', {
        logGroupName: props.logGroupName,
        kmsKeyId: props.keyArn,
        retentionInDays: props.logRetentionDays,
        tags: props.tags,
      }),
    );
    const role = this.role(props);
    this.function = new lambda.Function(this, 'Function', {
      functionName: props.functionName,
      description: 'Copies rendered Kubernetes objects into the delivery bucket during a deploy',
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      handler: 'index.handler',
      code: lambda.Code.fromAsset(join(__dirname, 'handler')),
      timeout: TIMEOUT,
      // A second run would come minutes later, and could write a refused update over what the rollback has restored.
      retryAttempts: 0,
      memorySize: 256,
      role: Role.fromRoleArn(this, 'HandlerRole', role.attrArn, { mutable: false }),
      logGroup: LogGroup.fromLogGroupName(this, 'Logs', props.logGroupName),
      environment: {
        ATOLL_ACCOUNT: account,
        ATOLL_BUCKET: props.bucketName,
        ATOLL_ENVIRONMENT: props.environment,
        ATOLL_PLATFORM_STACK: props.platformStack,
        ATOLL_SOURCE_BUCKET: props.sourceBucket,
      },
    });
    this.function.node.addDependency(logs);
    acknowledge(
      this.function,
      ['NIST.800.53.R5-LambdaConcurrency'],
      'it runs during deploys only, and a young account whose quota is 10 at once may reserve none of them',
    );
    acknowledge(
      this.function,
      ['NIST.800.53.R5-LambdaDLQ'],
      'CloudFormation waits for its answer and fails the deploy without one: a lost event is seen at once',
    );
    acknowledge(
      this.function,
      ['NIST.800.53.R5-LambdaInsideVPC'],
      "it reads and writes S3 alone and answers at CloudFormation's public address; a VPC would add a way out for it",
    );
  }

  private role(props: DeliveryHandlerProps): CfnRole {
    const { account, bucketArn, logGroupArn, region } = props.principals;
    const source = `${arn.bucket(props.sourceBucket)}/*`;
    const streams = `${logGroupArn}:log-stream:*`;
    const role = new CfnRole(this, 'Role', {
      roleName: props.roleName,
      description: 'Writes the delivery bucket',
      assumeRolePolicyDocument: policyDocument({
        Sid: 'Lambda',
        Effect: 'Allow',
        Principal: { Service: 'lambda.amazonaws.com' },
        Action: 'sts:AssumeRole',
      }),
      policies: [
        {
          policyName: 'deliver',
          policyDocument: policyDocument(
            {
              Sid: 'ReadAssets',
              Effect: 'Allow',
              Action: 's3:GetObject',
              Resource: source,
              Condition: { StringEquals: { 's3:ResourceAccount': account } },
            },
            {
              Sid: 'Deliver',
              Effect: 'Allow',
              Action: ['s3:DeleteObject', 's3:PutObject'],
              Resource: `${bucketArn}/*`,
            },
            {
              Sid: 'Encrypt',
              Effect: 'Allow',
              Action: 'kms:GenerateDataKey',
              Resource: props.keyArn,
              Condition: { StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` } },
            },
            {
              Sid: 'WriteLogs',
              Effect: 'Allow',
              Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
              Resource: streams,
            },
          ),
        },
      ],
      tags: props.tags,
    });
    acknowledge(
      role,
      ['NIST.800.53.R5-IAMNoInlinePolicy'],
      'the policy belongs to this one role and goes with it; a managed policy could be attached to another',
    );
    acknowledge(
      role,
      [
        `AwsSolutions-IAM5[Resource::${source}]`,
        `AwsSolutions-IAM5[Resource::${bucketArn}/*]`,
        `AwsSolutions-IAM5[Resource::${streams}]`,
      ],
      "assets are named by their hash, and the keys of all tenants' objects lie in the one bucket; the handler itself narrows them per stack",
    );
    return role;
  }
}
