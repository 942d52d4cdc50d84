import { expect, test } from '@jest/globals';
import { Template } from 'aws-cdk-lib/assertions';
import { IngestStack } from '../../../infra/aws/ingest';
import { nagFindings } from '../../support/nag';
import { sampleEnvironment } from '../../support/sample-environment';
import { testApp } from '../../support/app';

const env = sampleEnvironment();
const stackEnv = { account: env.accounts.production, region: env.region };
const app = testApp();
const stack = new IngestStack(app, 'production-ingest', { env, stackEnv });
const template = Template.fromStack(stack);

test('only the named role of the organisation becomes the ingest role', () => {
  template.hasResourceProperties('AWS::IAM::Role', {
    RoleName: 'atoll-sample-ingest',
    AssumeRolePolicyDocument: {
      Statement: [
        {
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { AWS: 'arn:aws:iam::555555555555:root' },
          Condition: {
            ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::555555555555:role/product/recorder' },
            StringEquals: { 'aws:PrincipalOrgID': env.organizationId },
          },
        },
      ],
    },
  });
});

test('it puts under raw/ and has no other right', () => {
  const [role] = Object.values(
    template.findResources('AWS::IAM::Role') as Record<
      string,
      { Properties: { Policies: { PolicyDocument: { Statement: unknown[] } }[]; ManagedPolicyArns?: string[] } }
    >,
  );
  expect(role?.Properties.ManagedPolicyArns).toBeUndefined();
  expect(role?.Properties.Policies.map(({ PolicyDocument }) => PolicyDocument.Statement)).toEqual([
    [
      {
        Sid: 'PutRaw',
        Effect: 'Allow',
        Action: ['s3:PutObject', 's3:AbortMultipartUpload'],
        Resource: 'arn:aws:s3:::atoll-sample-*-222222222222/raw/*',
        Condition: { StringEquals: { 's3:ResourceAccount': '222222222222' } },
      },
      {
        Sid: 'NotThePlatforms',
        Effect: 'Deny',
        Action: ['s3:PutObject', 's3:AbortMultipartUpload'],
        Resource: [
          'arn:aws:s3:::atoll-sample-delivery-production-222222222222/*',
          'arn:aws:s3:::atoll-sample-common-models-222222222222/*',
        ],
      },
      {
        Sid: 'EncryptThroughS3',
        Effect: 'Allow',
        Action: ['kms:GenerateDataKey', 'kms:Decrypt'],
        Resource: 'arn:aws:kms:eu-central-1:222222222222:key/*',
        Condition: {
          StringEquals: { 'kms:ViaService': 's3.eu-central-1.amazonaws.com' },
          'ForAnyValue:StringLike': { 'kms:ResourceAliases': 'alias/atoll/sample/tenant/*' },
        },
      },
    ],
  ]);
  template.resourceCountIs('AWS::IAM::Policy', 0);
});

test('its stack has no finding of cdk-nag that is not acknowledged', () => {
  expect(nagFindings(stack).findings).toEqual([]);
});
