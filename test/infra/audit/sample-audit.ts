import { auditAccounts, type AuditAccount } from '../../../infra/audit/audit-account';
import { type AuditResource, auditResources } from '../../../infra/audit/resources';
import type { Environment } from '../../../schema/model';
import { sampleEnvironment, sampleInput, type SampleOverrides } from '../../support/sample-environment';

export const AUDIT = sampleInput.accounts.audit;
export const MANAGEMENT = sampleInput.accounts.management;
export const ORGANIZATION = sampleInput.organizationId;

/** The sample, and a second environment in accounts and a region of its own that shares its audit account. */
export function environmentPair(overrides: SampleOverrides = {}): readonly [Environment, Environment] {
  const other = {
    name: 'second',
    region: 'us-east-1',
    accounts: { ...sampleInput.accounts, production: '777777777777', research: '888888888888' },
    alertEmail: 'second@example.com',
  };
  return [sampleEnvironment(overrides), sampleEnvironment({ input: other })];
}

/** The one audit account of environments that share it. @default - of the pair */
export function auditOf(environments: readonly Environment[] = environmentPair()): AuditAccount {
  const [audit, ...more] = auditAccounts(environments);
  if (audit === undefined || more.length > 0)
    throw new Error('got no or many audit accounts, allowed one; correct the test');
  return audit;
}

/** A resource by the last part of its type and its name. */
export type Find = (type: string, name: string) => AuditResource;

/** Every resource of the pair's audit account, and a way to find one. */
export async function auditSample(audit: AuditAccount = auditOf()): Promise<{ all: AuditResource[]; find: Find }> {
  const all = await auditResources(audit);
  const find: Find = (type, name) => {
    const found = all.filter((each) => each.type.endsWith(`:${type}`) && each.name === name);
    const [one, ...more] = found;
    if (one === undefined || more.length > 0)
      throw new Error(`got ${String(found.length)} of ${type} ${name}, allowed one`);
    return one;
  };
  return { all, find };
}
