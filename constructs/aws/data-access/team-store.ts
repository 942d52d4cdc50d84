import type { CfnTag } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { CfnAlias, CfnKey } from 'aws-cdk-lib/aws-kms';
import { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { grantRoleArns, teamStoreNames } from '../../../schema/access-names';
import { arn } from '../../../schema/arns';
import type { ResearchTeam } from '../../../schema/environment';
import { GRANT_MAX_DAYS } from '../../../schema/grant';
import type { Environment } from '../../../schema/model';
import { bootstrapNames, roleNames, tags } from '../../../schema/names';
import { budgetAlerts } from '../budget-alerts';
import { acknowledgeLockedBucket, lockedBucket } from '../locked-bucket';
import { retain } from '../retention';
import { storeBucketPolicy, storeKeyPolicy, type StorePrincipals } from './team-store-policies';

export interface TeamStoreProps {
  readonly env: Environment;
  readonly team: ResearchTeam;
}

/** Days that results of queries stay: they are copies of tenants' data, and a query is asked again in a minute. */
export const RESULTS_DAYS = 7;
/** Days that a version stays after it was replaced or expired: S3's shortest, so that an end is an end. */
const NONCURRENT_DAYS = 1;

/**
 * What a team keeps of granted data: results of queries for a week, manifests of datasets no longer than a grant can last. One folder
 * for each grant; no grant reads another's.
 */
export class TeamStore extends Construct {
  /** ARN of the key, as a reference. */
  readonly keyArn: string;

  constructor(scope: Construct, id: string, props: TeamStoreProps) {
    super(scope, id);
    const { env, team } = props;
    const principals = principalsOf(env, team);
    const ownTags = tagsOf(env, team);
    const key = retain(
      new CfnKey(this, 'Key', {
        description: `Results and datasets of team ${team.id} in ${env.name}`,
        enableKeyRotation: true,
        keyPolicy: storeKeyPolicy(principals),
        tags: ownTags,
      }),
    );
    new CfnAlias(this, 'KeyAlias', { aliasName: teamStoreNames.keyAlias(env, team.id), targetKeyId: key.ref });
    this.keyArn = key.attrArn;
    this.bucket(env, team, principals, ownTags);
    new CfnBudget(this, 'Budget', {
      budget: {
        budgetName: teamStoreNames.budget(env, team.id),
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: team.monthlyBudgetUsd, unit: 'USD' },
        costFilters: { TagKeyValue: [`user:${tags.team}$${team.id}`] },
      },
      notificationsWithSubscribers: budgetAlerts('EMAIL', env.alertEmail),
      resourceTags: ownTags,
    });
  }

  private bucket(env: Environment, team: ResearchTeam, principals: StorePrincipals, ownTags: CfnTag[]): void {
    const bucketName = teamStoreNames.bucket(env, team.id);
    const bucket = retain(
      new CfnBucket(this, 'Bucket', {
        bucketName,
        ...lockedBucket(this.keyArn),
        lifecycleConfiguration: {
          rules: [
            { id: 'results', status: 'Enabled', prefix: 'results/', expirationInDays: RESULTS_DAYS },
            { id: 'datasets', status: 'Enabled', prefix: 'datasets/', expirationInDays: GRANT_MAX_DAYS },
            {
              id: 'everything',
              status: 'Enabled',
              noncurrentVersionExpiration: { noncurrentDays: NONCURRENT_DAYS },
              abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
              expiredObjectDeleteMarker: true,
            },
          ],
        },
        tags: ownTags,
      }),
    );
    acknowledgeLockedBucket(
      bucket,
      'what lies here is made of tenants’ data and must end: an erasure has to find every copy, and a query is asked again',
    );
    const policy = new CfnBucketPolicy(this, 'BucketPolicy', {
      bucket: bucketName,
      policyDocument: storeBucketPolicy(principals, this.keyArn),
    });
    retain(policy).addResourceDependency(bucket);
  }
}

function principalsOf(env: Environment, team: ResearchTeam): StorePrincipals {
  const account = env.accounts.research;
  return {
    account,
    region: env.region,
    bucketArn: teamStoreNames.bucketArn(env, team.id),
    eraserArn: arn.role(env.accounts.production, roleNames.eraser(env)),
    deployRoleArn: arn.role(account, bootstrapNames.deployRole(account, env.region)),
    grants: env.grants
      .filter((grant) => grant.team === team.id)
      .map((grant) => ({ grant, roleArns: grantRoleArns(env, grant) })),
  };
}

const tagsOf = (env: Environment, team: ResearchTeam): CfnTag[] => [
  { key: tags.environment, value: env.name },
  { key: tags.owner, value: `team/${team.id}` },
  { key: tags.room, value: 'data-access' },
  { key: tags.team, value: team.id },
];
