import { join } from 'node:path';
import { type CfnTag, Duration, IgnoreMode } from 'aws-cdk-lib';
import { CfnRole, Role } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { arn } from '../../../schema/arns';
import { auditNames, evidenceNames } from '../../../schema/audit-names';
import type { Environment } from '../../../schema/model';
import { acknowledge } from '../acknowledge';
import { retain } from '../retention';
import { policyDocument } from '../statement';
import { archiveObjects, putIntoArchive } from './archive-rights';

export interface LedgerFunctionProps {
  readonly env: Environment;
  /** Name in CloudFormation of the only stack whose grants it records. */
  readonly stackName: string;
  /** Key of its log group. */
  readonly key: IKey;
  readonly tags: CfnTag[];
}

/** The handler answers within 40 s after it has given up; the rest is for one put. */
const TIMEOUT = Duration.minutes(1);

/** What it shares with the delivery's handler lies there: the asset is the folder above both, and nothing else of it. */
const NOT_IN_ASSET = [
  '/*',
  '!/evidence',
  '/evidence/*',
  '!/evidence/handler',
  '!/delivery',
  '/delivery/*',
  '!/delivery/handler',
  '/delivery/handler/*',
  ...['keys', 'respond', 'within-time'].map((name) => `!/delivery/handler/${name}.cjs`),
];

/**
 * The function that writes the grants ledger. Its role puts objects under the ledger's prefix of the archive and does nothing else: what is
 * written stays, since nobody here may delete there. CloudFormation calls it with the rights of the deploying role, as it does the delivery handler.
 */
export class LedgerFunction extends Construct {
  readonly function: lambda.Function;

  constructor(scope: Construct, id: string, props: LedgerFunctionProps) {
    super(scope, id);
    const { env, tags } = props;
    const logGroupName = evidenceNames.ledgerLogGroup(env);
    const logs = retain(
      new CfnLogGroup(this, 'LogGroup', {
        logGroupName,
        kmsKeyId: props.key.keyArn,
        retentionInDays: env.logRetentionDays,
        tags,
      }),
    );
    const role = this.role(env, tags);
    this.function = new lambda.Function(this, 'Function', {
      functionName: evidenceNames.ledger(env),
      description: 'Puts what happens to grants into the archive of the audit account',
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      handler: 'evidence/handler/index.handler',
      code: lambda.Code.fromAsset(join(__dirname, '..'), { exclude: NOT_IN_ASSET, ignoreMode: IgnoreMode.GIT }),
      timeout: TIMEOUT,
      // A second run would record the event a second time.
      retryAttempts: 0,
      memorySize: 256,
      role: Role.fromRoleArn(this, 'HandlerRole', role.attrArn, { mutable: false }),
      logGroup: LogGroup.fromLogGroupName(this, 'Logs', logGroupName),
      environment: {
        ATOLL_ACCOUNT: env.accounts.research,
        ATOLL_ARCHIVE_ACCOUNT: env.accounts.audit,
        ATOLL_ARCHIVE_BUCKET: auditNames.archiveBucket(env.accounts.audit),
        ATOLL_ENVIRONMENT: env.name,
        ATOLL_PREFIX: auditNames.ledgerPrefix(env),
        ATOLL_STACK: props.stackName,
      },
    });
    this.function.node.addDependency(logs);
    acknowledge(
      this.function,
      ['NIST.800.53.R5-LambdaConcurrency'],
      'it runs at deploys and once an hour, and a young account whose quota is 10 at once may reserve none of them',
    );
    acknowledge(
      this.function,
      ['NIST.800.53.R5-LambdaDLQ'],
      'CloudFormation waits for its answer and fails the deploy without one; an hour without a sign of life is what an audit question asks for',
    );
    acknowledge(
      this.function,
      ['NIST.800.53.R5-LambdaInsideVPC'],
      "it puts into S3 alone and answers at CloudFormation's public address; a VPC would add a way out for it",
    );
  }

  private role(env: Environment, tags: CfnTag[]): CfnRole {
    const prefix = auditNames.ledgerPrefix(env);
    const streams = `${arn.logGroup(env, 'research', evidenceNames.ledgerLogGroup(env))}:log-stream:*`;
    const role = new CfnRole(this, 'Role', {
      roleName: evidenceNames.ledger(env),
      description: 'Writes the grants ledger',
      assumeRolePolicyDocument: policyDocument({
        Sid: 'Lambda',
        Effect: 'Allow',
        Principal: { Service: 'lambda.amazonaws.com' },
        Action: 'sts:AssumeRole',
      }),
      policies: [
        {
          policyName: 'record',
          policyDocument: policyDocument(...putIntoArchive(env, prefix), {
            Sid: 'WriteLogs',
            Effect: 'Allow',
            Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            Resource: streams,
          }),
        },
      ],
      tags,
    });
    acknowledge(
      role,
      ['NIST.800.53.R5-IAMNoInlinePolicy'],
      'the policy belongs to this one role and goes with it; a managed policy could be attached to another',
    );
    acknowledge(
      role,
      [
        `AwsSolutions-IAM5[Resource::${archiveObjects(env, prefix)}]`,
        `AwsSolutions-IAM5[Resource::${arn.auditKeys(env)}]`,
        `AwsSolutions-IAM5[Resource::${streams}]`,
      ],
      'objects are named by the time and keys by their alias: it puts under one prefix with one key, and reads nothing',
    );
    return role;
  }
}
