import { expect, test } from '@jest/globals';
import { tenantNames } from '../../schema/names';

test('the longest names of a tenant stay within S3 and IAM limits', () => {
  const env = {
    name: 'a'.repeat(12),
    region: 'ap-southeast-1',
    accounts: {
      management: '1'.repeat(12),
      production: '2'.repeat(12),
      research: '3'.repeat(12),
      audit: '4'.repeat(12),
    },
  };
  const id = 't'.repeat(24);
  expect(tenantNames.bucket(env, id).length).toBeLessThanOrEqual(63);
  expect(tenantNames.role(env, id).length).toBeLessThanOrEqual(64);
});
