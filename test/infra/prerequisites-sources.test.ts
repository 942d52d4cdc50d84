import { expect, test } from '@jest/globals';
import { prerequisites } from '../../infra/aws/prerequisites';
import { sampleEnvironment } from '../support/sample-environment';
import { corpusInput, environmentWithSources, relationalInput } from '../support/sample-sources';

const env = environmentWithSources();
const text = prerequisites(env);
const jsonAfter = (whole: string, line: RegExp): unknown => {
  const [, json = 'null'] = new RegExp(`${line.source}[^\\n]*\\n\\n\`\`\`json\\n([^\`]*)\\n\`\`\``).exec(whole) ?? [];
  return JSON.parse(json) as unknown;
};

test('an environment without sources says nothing of them', () => {
  expect(prerequisites(sampleEnvironment())).not.toMatch(/Relational|secretsmanager|corpora/);
});

test('the owner of a secret gets its policy and the statements of its key, each until the end of its grant', () => {
  expect(text).toMatch(/^## (\d+)\. Relational sources\n[^#]*^### \1\.1 tickets$/m);
  const roles = ['grant', 'session'].map((kind) => `arn:aws:iam::333333333333:role/atoll-sample-${kind}-notes-quality`);
  expect(jsonAfter(text, /save the policy of the secret/)).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'GrantnotesXqualityReads',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::333333333333:root' },
        Action: 'secretsmanager:GetSecretValue',
        Resource: '*',
        Condition: {
          ArnEquals: { 'aws:PrincipalArn': roles },
          DateLessThan: { 'aws:CurrentTime': '2027-01-16T00:00:00Z' },
          Null: { 'aws:SourceVpce': 'false' },
        },
      },
    ],
  });
  expect(jsonAfter(text, /The policy of the key/)).toEqual([
    {
      Sid: 'GrantnotesXqualityDecrypts',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::333333333333:root' },
      Action: ['kms:Decrypt'],
      Resource: '*',
      Condition: {
        ArnEquals: { 'aws:PrincipalArn': roles },
        StringEquals: { 'kms:ViaService': ['secretsmanager.eu-central-1.amazonaws.com'] },
        DateLessThan: { 'aws:CurrentTime': '2027-01-16T00:00:00Z' },
      },
    },
  ]);
});

test('the network team gets the way there and back, and the port', () => {
  expect(text).toContain(
    `aws ec2 create-transit-gateway-route --region eu-central-1 --destination-cidr-block ${relationalInput.cidrBlock} \\`,
  );
  expect(text).toContain(
    'aws ec2 create-transit-gateway-route --region eu-central-1 --destination-cidr-block 10.17.0.0/16 \\',
  );
  expect(text).toContain('--protocol tcp --port 5432 --cidr 10.17.0.0/16');
});

test('a source that no grant opens now has no policy to attach, and says to take out what is left', () => {
  const closed = prerequisites(environmentWithSources({ tenant: { id: 'acme', state: 'suspended' } }));
  expect(closed).toContain('No grant opens it now');
  expect(closed).toContain(
    `aws secretsmanager delete-resource-policy --region eu-central-1 --secret-id ${relationalInput.secretArn}`,
  );
  expect(closed).not.toContain('put-resource-policy');
});

test('the importer of a corpus must exist, and may become its import role', () => {
  expect(text).toContain(`exists ${corpusInput.importPrincipal}`);
  expect(text).toContain('"arn:aws:iam::333333333333:role/atoll-sample-corpus-dialects-import"');
});
