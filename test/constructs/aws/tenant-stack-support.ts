import { Template } from 'aws-cdk-lib/assertions';
import { TenantStack } from '../../../infra/aws/tenant-stack';
import type { RenderedFile } from '../../../infra/rendered';
import type { Environment } from '../../../schema/model';
import type { TenantState } from '../../../schema/vocabulary';
import { sampleEnvironment, sampleTenants } from '../../support/sample-environment';
import { testApp } from '../../support/app';

export function file(id: string, key: string, text = 'kind: Namespace\n'): RenderedFile {
  return { cluster: 'production', key, text, owner: { kind: 'tenant', id } };
}

export function stackOf(env: Environment, id: string, files?: readonly RenderedFile[]): TenantStack {
  const tenant = env.tenants.find((candidate) => candidate.id === id);
  if (tenant === undefined) throw new Error(`no tenant ${id}`);
  return new TenantStack(testApp(), `tenant-${id}`, {
    env,
    tenant,
    files: files ?? [file(id, `index/${id}.yaml`), file(id, `tenants/${id}/platform/objects.yaml`)],
    stackEnv: { account: env.accounts.production, region: env.region },
  });
}

/** The template of tenant `acme` in a state. */
export const acmeIn = (state: TenantState): Template =>
  Template.fromStack(
    stackOf(sampleEnvironment({ tenants: sampleTenants.map((t) => (t.id === 'acme' ? { ...t, state } : t)) }), 'acme'),
  );
