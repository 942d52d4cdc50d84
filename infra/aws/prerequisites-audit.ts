import { auditNames } from '../../schema/audit-names';
import type { Environment } from '../../schema/model';
import { arn } from '../../schema/arns';
import { code, shell } from './markdown';

/** The section on the audit account, which no deploy of the platform has a role in. */
export function auditAccount(env: Environment, step: number): string {
  const { audit } = env.accounts;
  const state = auditNames.stateBucket(audit);
  const role = auditNames.deployerRole;
  return [
    `## ${String(step)}. Audit account ${audit}`,
    'Once for all environments that share it, and before their first deploy: what carries evidence needs somewhere to put it. The account is ' +
      'not bootstrapped for CDK, on purpose. The state of Pulumi lies in the account itself, under a key of its own. `trust.json` says who ' +
      'runs it: people of the audit, and none of the platform. Save what the role may as `deployer.json`:',
    code('json', JSON.stringify(deployerPolicy(audit), undefined, 2)),
    shell(
      `REGION=$(node -p "require('./dist/audit/${audit}/resources.json').region")`,
      `aws iam create-role --role-name ${role} --assume-role-policy-document file://trust.json`,
      `aws iam put-role-policy --role-name ${role} --policy-name make-the-audit-account --policy-document file://deployer.json`,
      `aws s3 mb s3://${state} --region "$REGION"`,
      `aws s3api put-bucket-versioning --bucket ${state} --versioning-configuration Status=Enabled`,
      'KEY=$(aws kms create-key --region "$REGION" --query KeyMetadata.KeyId --output text)',
      `aws kms create-alias --region "$REGION" --alias-name ${auditNames.stateKeyAlias} --target-key-id "$KEY"`,
    ),
    `Then as \`${role}\`, with Pulumi's command line (infra/audit/README.md):`,
    shell(
      'cd infra/audit',
      `pulumi login "s3://${state}?region=$REGION"`,
      `pulumi stack init ${audit} --secrets-provider "awskms://${auditNames.stateKeyAlias}?region=$REGION"`,
      'pulumi up',
    ),
    `People who read the evidence get the permission set \`${auditNames.readerPermissionSet}\` of the sign-in in this account, which needs the right ` +
      `to assume \`${auditNames.readerRole}\` and to set a source identity, and nothing else.`,
  ].join('\n\n');
}

/** What `pulumi up` calls: the services of its resources, the auditors' role, and what a trail asks about the organisation. */
function deployerPolicy(account: string): object {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['athena:*', 'cloudtrail:*', 'cloudwatch:*', 'glue:*', 'kms:*', 's3:*', 'sns:*'],
        Resource: '*',
      },
      { Effect: 'Allow', Action: 'iam:*', Resource: arn.role(account, auditNames.readerRole) },
      { Effect: 'Allow', Action: ['organizations:Describe*', 'organizations:List*'], Resource: '*' },
    ],
  };
}
