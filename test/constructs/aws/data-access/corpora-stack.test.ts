import { describe, expect, test } from '@jest/globals';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { CorporaStack } from '../../../../infra/aws/corpora-stack';
import { DataAccessStack } from '../../../../infra/aws/data-access-stack';
import type { SourceInput } from '../../../../schema/source';
import { testApp } from '../../../support/app';
import { nagFindings } from '../../../support/nag';
import { corpusInput, environmentWithSources } from '../../../support/sample-sources';

const env = environmentWithSources();
const props = { env, stackEnv: { account: env.accounts.research, region: env.region } };
const stack = new CorporaStack(testApp(), 'corpora', props);
const template = Template.fromStack(stack);
const NAME = `atoll-sample-corpus-dialects-${env.accounts.research}`;

describe('a corpus', () => {
  test('lies in a bucket that is versioned, encrypted by its own key, private, retained, and says why no eraser comes', () => {
    template.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
      Metadata: { 'atoll:reason': Match.stringLikeRegexp("^holds no tenant's data") },
      Properties: {
        BucketName: NAME,
        VersioningConfiguration: { Status: 'Enabled' },
        PublicAccessBlockConfiguration: { BlockPublicPolicy: true, RestrictPublicBuckets: true },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            {
              ServerSideEncryptionByDefault: {
                SSEAlgorithm: 'aws:kms',
                KMSMasterKeyID: { 'Fn::GetAtt': [Match.stringLikeRegexp('^dialectsKey'), 'Arn'] },
              },
            },
          ],
        },
        LifecycleConfiguration: {
          Rules: [Match.objectLike({ NoncurrentVersionExpiration: { NoncurrentDays: 90 } })],
        },
      },
    });
    for (const type of ['AWS::KMS::Key', 'AWS::S3::BucketPolicy'])
      template.hasResource(type, { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
  });

  test('is filled by a role that one principal of the organisation becomes', () => {
    template.hasResourceProperties('AWS::IAM::Role', {
      RoleName: 'atoll-sample-corpus-dialects-import',
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Sid: 'TheImporter',
            Effect: 'Allow',
            Principal: { AWS: 'arn:aws:iam::555555555555:root' },
            Action: 'sts:AssumeRole',
            Condition: {
              ArnEquals: { 'aws:PrincipalArn': corpusInput.importPrincipal },
              StringEquals: { 'aws:PrincipalOrgID': env.organizationId },
            },
          },
        ],
      },
    });
    template.resourceCountIs('AWS::IAM::Role', 1);
  });

  test.each([
    ['parquet', 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe'],
    ['json', 'org.openx.data.jsonserde.JsonSerDe'],
  ] as const)('has a table of %s below its own prefix', (format, serializationLibrary) => {
    const table = { format, columns: [{ name: 'phrase', type: 'string' as const }] };
    const one = environmentWithSources({ sources: [{ ...corpusInput, table }], grants: [] });
    Template.fromStack(new CorporaStack(testApp(), 'corpora', { ...props, env: one })).hasResourceProperties(
      'AWS::Glue::Table',
      {
        DatabaseName: 'atoll_sample_corpus_dialects',
        TableInput: {
          Name: 'dialects',
          StorageDescriptor: {
            Location: `s3://${NAME}/table/`,
            Columns: [{ Name: 'phrase', Type: 'string' }],
            SerdeInfo: { SerializationLibrary: serializationLibrary },
          },
        },
      },
    );
  });

  test('without a table is no part of the catalogue', () => {
    const bare = Object.fromEntries(Object.entries(corpusInput).filter(([key]) => key !== 'table'));
    const one = environmentWithSources({ sources: [bare as SourceInput], grants: [] });
    Template.fromStack(new CorporaStack(testApp(), 'corpora', { ...props, env: one })).resourceCountIs(
      'AWS::Glue::Database',
      0,
    );
  });

  test('and the grants that name it have no finding of cdk-nag that is not acknowledged', () => {
    expect(nagFindings(stack).findings).toEqual([]);
    expect(nagFindings(new DataAccessStack(testApp(), 'access', props)).findings).toEqual([]);
  });
});

test('one corpus more changes nothing of the others', () => {
  const more = environmentWithSources({ sources: [corpusInput, { ...corpusInput, id: 'accents' }], grants: [] });
  const one = environmentWithSources({ sources: [corpusInput], grants: [] });
  const [before, after] = [one, more].map(
    (environment) =>
      (
        Template.fromStack(new CorporaStack(testApp(), 'corpora', { ...props, env: environment })).toJSON() as {
          Resources: Record<string, unknown>;
        }
      ).Resources,
  );
  expect(after).toMatchObject(before ?? {});
});
