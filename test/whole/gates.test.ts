import { describe, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { buildApp } from '../../infra/build-app';
import { renderKubernetes } from '../../infra/k8s/render';
import { SynthesisFaults, synthesize } from '../../infra/synth';
import type { Environment } from '../../schema/model';
import { sampleEnvironment } from '../support/sample-environment';
import { temporaryFolder } from '../support/temporary';

/** Environments that no file could say, since the schema refuses them: what comes through must be stopped by the synth's own gates. */
const env = sampleEnvironment();
const scratch = temporaryFolder();
let count = 0;
const outdir = (): string => join(scratch, String((count += 1)));
const withTenant = (id: string): Environment => ({
  ...env,
  tenants: env.tenants.map((tenant) => (tenant.id === 'acme' ? { ...tenant, id } : tenant)),
});

function faultsOf(broken: Environment): readonly string[] {
  try {
    synthesize(broken, { outdir: outdir() });
  } catch (error) {
    if (error instanceof SynthesisFaults) return error.faults;
    throw error;
  }
  return [];
}

describe('a synth', () => {
  test('of the sample has no fault', () => {
    expect(faultsOf(env)).toEqual([]);
  });

  test('fails on what a guard finds in a tenant’s template', () => {
    const id = `${'long-'.repeat(7)}name`;
    expect(faultsOf(withTenant(id))).toContain(
      `sample-tenant-${id}/Bucket: Properties.BucketName: got 'atoll-sample-${id}-222222222222' of 65 characters, allowed 3 to 63 characters; shorten or correct it in schema/names.ts`,
    );
  });

  test('fails on what a guard finds in a template of the platform', () => {
    const accounts = { ...env.accounts, research: '333' };
    expect(faultsOf({ ...env, accounts }).join('\n')).toMatch(/^sample-research-\w+\//m);
  });

  test('fails on what the gate finds in a tenant’s objects', () => {
    expect(faultsOf(withTenant('Acme'))).toContain(
      'production/tenants/Acme/platform/objects.yaml: Namespace tenant-Acme: metadata.name: got "tenant-Acme", allowed a DNS label of at most 63 characters; make the name in schema/names.ts',
    );
  });

  test('fails on what the gate finds in the platform’s and the teams’ objects', () => {
    const nodePools = env.nodePools.map((pool) => (pool.name === 'serving-gpu' ? { ...pool, name: 'Serving' } : pool));
    expect(faultsOf({ ...env, nodePools })).toContain(
      'production/platform/20-pools/objects.yaml: NodePool Serving: metadata.name: got "Serving", allowed a DNS subdomain of at most 253 characters; make the name in schema/names.ts',
    );
    const researchTeams = env.researchTeams.map((team) => ({ ...team, id: 'Speech' })).slice(0, 1);
    expect(faultsOf({ ...env, researchTeams })).toContain(
      'research/research/Speech.yaml: Namespace research-Speech: metadata.name: got "research-Speech", allowed a DNS label of at most 63 characters; make the name in schema/names.ts',
    );
  });
});

test('CDK’s own validation of templates is on in the checks, and fails them', () => {
  const broken = { ...env, logRetentionDays: 17 } as unknown as Environment;
  const { files } = renderKubernetes(broken);
  const synth = (validate: boolean) => (): unknown =>
    buildApp(broken, files, { outdir: outdir(), validate, tenants: ['acme'] }).synth();
  expect(synth(false)).not.toThrow();
  expect(synth(true)).toThrow(/RetentionInDays: 17 is not one of/);
});
