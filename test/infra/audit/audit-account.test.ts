import { expect, test } from '@jest/globals';
import { auditAccounts, requireAuditAccount } from '../../../infra/audit/audit-account';
import { sampleEnvironment, sampleInput } from '../../support/sample-environment';
import { AUDIT, environmentPair, MANAGEMENT, ORGANIZATION } from './sample-audit';

const apart = sampleEnvironment({
  input: {
    name: 'apart',
    region: 'eu-west-1',
    accounts: { ...sampleInput.accounts, production: '990000000001', research: '990000000002', audit: '990000000003' },
  },
});

test('environments are grouped by the audit account that they share, in the order of a rollout, in the region of the first', () => {
  const [sample, second] = environmentPair();
  const accounts = auditAccounts([sample, apart, second]);
  expect(
    accounts.map(({ environments, ...rest }) => ({ ...rest, names: environments.map(({ name }) => name) })),
  ).toEqual([
    {
      account: AUDIT,
      region: 'eu-central-1',
      management: MANAGEMENT,
      organizationId: ORGANIZATION,
      names: ['sample', 'second'],
    },
    {
      account: '990000000003',
      region: 'eu-west-1',
      management: MANAGEMENT,
      organizationId: ORGANIZATION,
      names: ['apart'],
    },
  ]);
});

test('one trail covers one organisation: environments of two cannot share an audit account, and all faults are said at once', () => {
  const [sample] = environmentPair();
  const stranger = sampleEnvironment({
    input: {
      name: 'stranger',
      organizationId: 'o-otherorg001',
      accounts: {
        ...sampleInput.accounts,
        management: '121212121212',
        production: '131313131313',
        research: '141414141414',
      },
    },
  });
  expect(() => auditAccounts([sample, stranger])).toThrow(
    new Error(
      "environments/stranger/index.ts: organizationId: got 'o-otherorg001', allowed 'o-a1b2c3d4e5' of environment 'sample', " +
        'whose audit account 444444444444 it shares; give it an audit account of its own\n' +
        "environments/stranger/index.ts: accounts.management: got '121212121212', allowed '111111111111' of environment 'sample', " +
        'whose audit account 444444444444 it shares; give it an audit account of its own',
    ),
  );
});

test('a stack is named after an audit account, and another name is refused with those there are', () => {
  const accounts = auditAccounts([...environmentPair(), apart]);
  expect(requireAuditAccount(accounts, AUDIT, 'stack').environments).toHaveLength(2);
  expect(() => requireAuditAccount(accounts, 'dev', 'stack')).toThrow(
    new Error(
      "stack: got 'dev', allowed an audit account, one of 444444444444 (sample, second), 990000000003 (apart); name one of them",
    ),
  );
});
