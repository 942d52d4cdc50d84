import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { DefaultStackSynthesizer } from 'aws-cdk-lib';
import { environmentNames, loadNamed } from '../../environments';
import { prerequisites } from '../../infra/aws/prerequisites';
import { judge } from '../constructs/aws/tenant-policy-request';
import { bootstrapNames } from '../../schema/names';
import { sampleEnvironment } from '../support/sample-environment';
import { run } from '../support/command-line';

const ACCOUNT = '222222222222';
const REGION = 'eu-central-1';

interface Bootstrap {
  readonly Resources: Readonly<Record<string, { readonly Properties: Readonly<Record<string, unknown>> }>>;
}

/** CDK's own template, with its pseudo parameters filled in. */
const template = JSON.parse(
  JSON.stringify(
    parse(
      readFileSync(
        join(dirname(require.resolve('aws-cdk/package.json')), 'lib/api/bootstrap/bootstrap-template.yaml'),
        'utf8',
      ),
    ),
  )
    .replaceAll('{"Ref":"AWS::AccountId"}', `"${ACCOUNT}"`)
    .replace(/\{"Fn::Sub":"([^"]*)"\}/g, '"$1"')
    .replaceAll('${AWS::Region}', REGION),
) as Bootstrap;
const keyPolicy = template.Resources['FileAssetsBucketEncryptionKey']?.Properties['KeyPolicy'] as {
  readonly Statement: readonly { readonly Principal: unknown }[];
};
const forEveryone = {
  Statement: keyPolicy.Statement.filter(({ Principal }) => JSON.stringify(Principal) === '{"AWS":"*"}'),
};

test("the bootstrap's key lets every principal of its account decrypt assets through S3, so that no reader needs a right on it", () => {
  const decrypts = (account: string, via?: string): number =>
    judge(forEveryone, {
      action: 'kms:Decrypt',
      resource: '*',
      context: { 'kms:CallerAccount': account, ...(via === undefined ? {} : { 'kms:ViaService': via }) },
    }).allowed.length;
  const s3 = `s3.${REGION}.amazonaws.com`;
  expect(decrypts(ACCOUNT, s3)).toBe(1);
  expect(decrypts('333333333333', s3)).toBe(0);
  expect(decrypts(ACCOUNT)).toBe(0);
});

test("the bootstrap's bucket refuses readers for want of TLS alone", () => {
  const { Statement } = template.Resources['StagingBucketPolicy']?.Properties['PolicyDocument'] as {
    readonly Statement: readonly unknown[];
  };
  expect(Statement).toEqual([
    expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
  ]);
});

test('the roles of the bootstrap trust their own account unless --trust names another, which PREREQUISITES.md does not', () => {
  const trusts = Object.values(template.Resources)
    .map(({ Properties }) => JSON.stringify(Properties['AssumeRolePolicyDocument'] ?? null))
    .flatMap((trust) => [...trust.matchAll(/"Principal":\{"AWS":("\d+"|\{"Ref":"\w+"\})\}/g)].map((match) => match[1]));
  expect([...new Set(trusts)].sort()).toEqual(
    [`"${ACCOUNT}"`, '{"Ref":"TrustedAccountsForLookup"}', '{"Ref":"TrustedAccounts"}'].sort(),
  );
  const commands = prerequisites(sampleEnvironment()).match(/^npx cdk bootstrap (?:.*\\\n)*.*$/gm) ?? [];
  expect(commands).toHaveLength(2);
  for (const command of commands) {
    expect(command).toContain('--bootstrap-customer-key');
    expect(command).not.toMatch(/--trust|--bootstrap-kms-key-id|--qualifier|--bootstrap-bucket-name/);
  }
});

test('the command that PREREQUISITES.md prints gets as far as a shell without credentials can', () => {
  const [name = ''] = environmentNames;
  const [, command] = /^(npx cdk bootstrap (?:.*\\\n)*.*)$/m.exec(prerequisites(loadNamed(name))) ?? [];
  const { status, stderr } = run('bash', ['-c', command ?? ''], {
    env: { AWS_EC2_METADATA_DISABLED: 'true', CDK_DISABLE_CLI_TELEMETRY: 'true' },
  });
  expect(stderr).toContain('no credentials have been configured');
  expect(status).toBe(1);
});

test("the guard rails know the bootstrap's roles, bucket and stack by the names that CDK gives them", () => {
  const names = JSON.stringify(template.Resources)
    .replaceAll('${Qualifier}', DefaultStackSynthesizer.DEFAULT_QUALIFIER)
    .replaceAll('${AWS::AccountId}', ACCOUNT);
  for (const name of [
    bootstrapNames.deployRole(ACCOUNT, REGION),
    bootstrapNames.cliRole(ACCOUNT, REGION),
    bootstrapNames.filePublishingRole(ACCOUNT, REGION),
    bootstrapNames.assetsBucket(ACCOUNT, REGION),
  ])
    expect(names).toContain(`"${name}"`);
  const roles = [...names.matchAll(/"RoleName":"([^"]+)"/g)].map(([, name]) => name ?? '');
  const prefix = bootstrapNames.ownRoles.replace(/\*$/, '');
  expect(roles.length).toBeGreaterThan(3);
  expect(roles.filter((name) => !name.startsWith(prefix))).toEqual([]);
  const cli = readFileSync(join(dirname(require.resolve('aws-cdk/package.json')), 'lib/index.js'), 'utf8');
  expect(/DEFAULT_TOOLKIT_STACK_NAME = "([^"]+)"/.exec(cli)?.[1]).toBe(bootstrapNames.stack);
});
