import type { Environment } from '../../schema/model';
import { hasDoors } from '../../schema/people-services';
import { arn } from '../../schema/arns';
import { bootstrapNames, bucketPatterns, tenantNames, ownPatterns } from '../../schema/names';
import type { ClusterName } from '../../schema/vocabulary';

/**
 * What CloudFormation may do in one account of the environment. It has to make whatever a template says, so it is wide over the
 * services in use, and `test/whole/deploy-policy.test.ts` holds it to those of the synthesized templates; what it never needs is
 * denied first: to read tenants' data, to make users or keys, to touch its own bootstrap roles or the sign-in's, to switch the
 * evidence off, to become somebody else.
 *
 * It can still write a role of the environment and hand it to a function: the organisation's guard rails, which let only the
 * deploy pipeline's role change trust, bucket and key policies, are the second lock.
 */
export function deployPolicy(env: Environment, cluster: ClusterName): object {
  const account = env.accounts[cluster];
  const role = (name: string): string => arn.role(account, name);
  const own = ownPatterns(env);
  const iam = [arn.role, arn.managedPolicy, arn.instanceProfile].flatMap((arnOf) =>
    own.map((name) => arnOf(account, name)),
  );
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'NeverReadTenantsData',
        Effect: 'Deny',
        Action: ['s3:GetObject', 's3:GetObjectVersion', 'sqs:ReceiveMessage'],
        Resource: [`${bucketPatterns.environment(env)}/*`, arn.queue(env, cluster, tenantNames.queues(env))],
      },
      {
        Sid: 'NeverUseTenantsKeys',
        Effect: 'Deny',
        Action: ['kms:Decrypt', 'kms:ReEncryptFrom', 'kms:CreateGrant'],
        Resource: '*',
        Condition: { 'ForAnyValue:StringLike': { 'kms:ResourceAliases': tenantNames.keyAlias(env, '*') } },
      },
      {
        Sid: 'NeverAnotherIdentity',
        Effect: 'Deny',
        Action: [
          'iam:CreateUser',
          'iam:CreateAccessKey',
          'iam:CreateLoginProfile',
          'iam:CreateSAMLProvider',
          'iam:CreateOpenIDConnectProvider',
          'sts:AssumeRole',
          'organizations:*',
          'account:*',
          'cloudtrail:*',
        ],
        Resource: '*',
      },
      {
        Sid: 'NeverItsOwnRolesOrThePeoples',
        Effect: 'Deny',
        NotAction: ['iam:Get*', 'iam:List*', 'iam:PassRole'],
        Resource: [
          role('cdk-*'),
          role('aws-reserved/*'),
          arn.managedPolicy(account, bootstrapNames.deployPolicy(env, cluster)),
        ],
      },
      {
        Sid: 'ServicesInUse',
        Effect: 'Allow',
        Action: [
          ...(cluster === 'research' ? ['athena:*', 'glue:*'] : []),
          'budgets:*',
          'cloudwatch:*',
          'ec2:*',
          'ecr:*',
          'eks:*',
          ...(hasDoors(env, cluster) ? ['elasticloadbalancing:*'] : []),
          'events:*',
          'firehose:*',
          'kms:*',
          'lambda:*',
          'logs:*',
          'route53resolver:*',
          's3:*',
          'sns:*',
          'sqs:*',
          'ssm:*',
        ],
        Resource: '*',
        Condition: { StringEqualsIfExists: { 'aws:RequestedRegion': [...new Set([env.region, 'us-east-1'])] } },
      },
      ...(cluster === 'research' && env.doors?.people !== undefined && hasDoors(env, cluster)
        ? [
            {
              // The secret of the sign-in, which CloudFormation puts into the listener's rules.
              Sid: 'SecretOfTheSignIn',
              Effect: 'Allow',
              Action: 'secretsmanager:GetSecretValue',
              Resource: env.doors.people.signIn.clientSecretArn,
            },
          ]
        : []),
      {
        // `Fn::GetStackOutput` reads with the execution role where it names no other
        // (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getstackoutput.html,
        // 2026-11-25): without this no cluster finds its VPC.
        Sid: 'OutputsOfOwnStacks',
        Effect: 'Allow',
        Action: 'cloudformation:DescribeStacks',
        Resource: arn.stacks(env, cluster),
      },
      {
        // EC2 asks for it of whoever makes an interface endpoint with private DNS: a dependent action of CreateVpcEndpoint in
        // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html (second-hand, 2026-11-25).
        Sid: 'PrivateDnsOfEndpoints',
        Effect: 'Allow',
        Action: 'route53:AssociateVPCWithHostedZone',
        Resource: ['arn:aws:route53:::hostedzone/*', arn.ec2(env, cluster, 'vpc')],
      },
      {
        Sid: 'OwnRolesAndPolicies',
        Effect: 'Allow',
        Action: 'iam:*',
        Resource: iam,
      },
      {
        // A node group looks its linked role up first (IamLimitedAccess of eksctl's minimum-iam-policies.md, 2026-11-25).
        Sid: 'ServiceLinkedRolesOfEks',
        Effect: 'Allow',
        Action: ['iam:CreateServiceLinkedRole', 'iam:GetRole'],
        Resource: role('aws-service-role/eks*.amazonaws.com/*'),
      },
    ],
  };
}
