import { expect, test } from '@jest/globals';
import { environmentPair, auditOf, auditSample, AUDIT } from './sample-audit';
import { auditAccounts } from '../../../infra/audit/audit-account';
import { auditResources } from '../../../infra/audit/resources';
import { readInput } from '../../../environments/read-input';
import { auditNames } from '../../../schema/audit-names';
import { loadEnvironment } from '../../../schema/load';
import { ProjectCopy } from '../../support/project-copy';
import { runUnderEngine } from '../../support/pulumi-engine';
import { sampleEnvironment } from '../../support/sample-environment';

test('the same environments give the same resources, at the same time as well as one after the other', async () => {
  const [second] = [...environmentPair()].reverse();
  const other = auditOf(second === undefined ? [] : [second]);
  const [a, b, c] = await Promise.all([auditResources(auditOf()), auditResources(other), auditResources(auditOf())]);
  expect(JSON.stringify(c)).toBe(JSON.stringify(a));
  expect(JSON.stringify(b)).not.toContain('sample');
});

test('a tenant or a grant more changes no resource', async () => {
  const [, second] = environmentPair();
  const empty = auditOf([sampleEnvironment({ tenants: [], grants: [] }), second]);
  expect(await auditResources(empty)).toEqual((await auditSample()).all);
});

test('whatever the credentials are of, the program goes to the audit account and its region, or nowhere', async () => {
  const { find } = await auditSample();
  const { inputs } = find('aws', 'audit');
  expect(inputs).toMatchObject({ region: 'eu-central-1', allowedAccountIds: JSON.stringify([AUDIT]) });
});

test('Pulumi runs the program as its project file says, for the stack of an audit account, and gets what the synth writes', async () => {
  const copy = new ProjectCopy();
  const folder = copy.path('environments/one');
  const [audit] = auditAccounts([loadEnvironment(readInput(folder), folder)]);
  if (audit === undefined) throw new Error('got no audit account, allowed one; correct the test');
  const { status, project, registered, log } = await runUnderEngine(copy.path('infra/audit'), audit.account);
  expect(project).toBe(auditNames.project);
  expect({ status, log }).toEqual({ status: 0, log: [] });
  const written = await auditResources(audit);
  const named = (all: readonly { type: string; name: string; protect: boolean }[]): string[] =>
    all.map(({ type, name, protect }) => `${type} ${name} ${String(protect)}`).sort();
  expect(named(registered)).toEqual(named(written));
  const policies = (all: readonly { type: string; inputs: Readonly<Record<string, unknown>> }[]): unknown[] =>
    all.filter(({ type }) => type.endsWith(':BucketPolicy')).map(({ inputs }) => inputs['bucket']);
  expect(policies(registered).sort()).toEqual(policies(written).sort());
});

test('a stack that is no audit account is refused with those there are, and nothing is registered', async () => {
  const copy = new ProjectCopy();
  const { status, registered, log } = await runUnderEngine(copy.path('infra/audit'), 'nowhere');
  expect({ status: status !== 0, registered }).toEqual({ status: true, registered: [] });
  expect(log.join('\n')).toContain(
    "stack: got 'nowhere', allowed an audit account, one of 100000000004 (one), 200000000004 (two); name one of them",
  );
});
