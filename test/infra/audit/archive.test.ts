import { beforeAll, expect, test } from '@jest/globals';
import { archivePolicy } from '../../../infra/audit/archive-policy';
import type { AuditResource } from '../../../infra/audit/resources';
import { auditResources } from '../../../infra/audit/resources';
import { sampleEnvironment, sampleInput } from '../../support/sample-environment';
import { AUDIT, auditOf, auditSample, environmentPair, type Find } from './sample-audit';

let all: AuditResource[];
let find: Find;
beforeAll(async () => {
  ({ all, find } = await auditSample());
});

const ARCHIVE = 'atoll-audit-archive-444444444444';

test('what is in the archive is locked in compliance mode, for as long as the environment with the longest memory keeps its logs', async () => {
  expect(find('Bucket', 'archive').inputs).toMatchObject({ bucket: ARCHIVE, objectLockEnabled: true });
  expect(find('BucketObjectLockConfiguration', 'archive-lock').inputs).toEqual({
    bucket: ARCHIVE,
    objectLockEnabled: 'Enabled',
    rule: { defaultRetention: { mode: 'COMPLIANCE', days: 365 } },
  });
  const [, second] = environmentPair();
  const longer = await auditSample(auditOf([sampleEnvironment({ input: { logRetentionDays: 731 } }), second]));
  expect(longer.find('BucketObjectLockConfiguration', 'archive-lock').inputs['rule']).toEqual({
    defaultRetention: { mode: 'COMPLIANCE', days: 731 },
  });
});

test('nothing expires before its lock does, and what grants and erasures leave never does', () => {
  const { rules } = find('BucketLifecycleConfiguration', 'archive-lifecycle').inputs as {
    rules: readonly { filter: { prefix?: string }; expiration?: { days: number } }[];
  };
  const expiring = rules.filter(({ expiration }) => expiration !== undefined);
  expect(expiring.map(({ filter, expiration }) => [filter.prefix, expiration?.days])).toEqual([
    ['trail/', 365],
    ['kubernetes/', 365],
  ]);
});

test.each(['archive', 'queries'])('the bucket %s has versions, its own key, one owner and no public access', (name) => {
  const bucket = `atoll-audit-${name}-444444444444`;
  expect(find('BucketVersioning', `${name}-versioning`).inputs).toEqual({
    bucket,
    versioningConfiguration: { status: 'Enabled' },
  });
  expect(find('BucketServerSideEncryptionConfiguration', `${name}-encryption`).inputs).toEqual({
    bucket,
    rules: [
      {
        bucketKeyEnabled: true,
        applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: `\${${name}-key.arn}` },
      },
    ],
  });
  expect(find('BucketOwnershipControls', `${name}-ownership`).inputs).toEqual({
    bucket,
    rule: { objectOwnership: 'BucketOwnerEnforced' },
  });
  expect(find('BucketPublicAccessBlock', `${name}-public-access`).inputs).toEqual({
    bucket,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
});

test('whatever holds evidence, or its key, is refused to the engine when it would delete it, and stays when it is forgotten', () => {
  const lasting = all.filter(({ type }) =>
    /:(Bucket|Key|Trail|BucketPolicy|BucketObjectLockConfiguration)$/.test(type),
  );
  expect(lasting.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['archive', 'archive-key', 'archive-policy', 'archive-lock', 'trail']),
  );
  expect(lasting.filter(({ protect, retainOnDelete }) => !protect || !retainOnDelete)).toEqual([]);
});

test('every key rotates, and has an alias', () => {
  const keys = all.filter(({ type }) => type.endsWith(':Key'));
  expect(keys.map(({ inputs }) => inputs['enableKeyRotation'])).toEqual([true, true, true]);
  const aliases = all.filter(({ type }) => type.endsWith(':Alias'));
  expect(aliases.map(({ inputs }) => [inputs['name'], inputs['targetKeyId']])).toEqual([
    ['alias/atoll/audit/archive', '${archive-key.keyId}'],
    ['alias/atoll/audit/queries', '${queries-key.keyId}'],
    ['alias/atoll/audit/silence', '${silence-key.keyId}'],
  ]);
});

test('the trail waits for the lock and the policy of the bucket that it writes to', () => {
  expect(find('Trail', 'trail').dependsOn).toEqual(['archive', 'archive-lock', 'archive-policy']);
});

test('more environments than one policy has room for are refused by name', async () => {
  const many = Array.from({ length: 12 }, (_, i) => {
    const account = (offset: number): string => String(900000000000 + i * 10 + offset);
    return sampleEnvironment({
      input: {
        name: `environ-${String(i).padStart(2, '0')}`,
        accounts: { ...sampleInput.accounts, production: account(1), research: account(2) },
      },
    });
  });
  const audit = auditOf(many);
  const bytes = JSON.stringify(archivePolicy(audit, `arn:aws:kms:eu-central-1:${AUDIT}:key/${'0'.repeat(36)}`)).length;
  expect(bytes).toBeGreaterThan(20_480);
  await expect(auditResources(audit)).rejects.toThrow(
    new Error(
      `accounts.audit: got 444444444444 with an archive policy of ${String(bytes)} bytes for 12 environments, allowed 20480; ` +
        'give some of them an audit account of their own',
    ),
  );
});
