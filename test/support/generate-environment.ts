import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { environmentSchema, type EnvironmentInput } from '../../schema/environment';
import { grantSchema, type GrantInput } from '../../schema/grant';
import type { Environment } from '../../schema/model';
import { NO_PLACEMENTS } from '../../schema/placement/placement-record';
import { NO_RELEASES } from '../../schema/releases';
import { QUOTAS } from '../../schema/quotas';
import { tenantSchema, type TenantInput } from '../../schema/tenant';
import type { DataClass } from '../../schema/vocabulary';
import { bigInput } from './big-environment';

/** What the tenants of a generated environment hand over, in turn. */
const CLASSES: readonly (readonly DataClass[])[] = [
  ['audio', 'text'],
  ['video', 'audio', 'text'],
  ['text'],
  ['video'],
  ['audio'],
  ['video', 'text'],
];
const MODELS: Readonly<Record<DataClass, readonly string[]>> = {
  video: ['scene-tagger'],
  audio: ['call-outcome', 'keyword-spotter'],
  text: ['reply-assistant'],
};
/** One grant for each hundred tenants, opening some of the first ten of them. */
const TENANTS_PER_GRANT = 100;
const TENANTS_LOOKED_AT = 10;

/**
 * `bigInput` with that many made-up tenants, which depend on their number in the row only: one tenant more leaves all others, and
 * the grants, as they were.
 * @param tenantCount 0 to the quota of an environment
 */
export function generateEnvironment(tenantCount: number): Environment {
  return {
    ...environmentSchema.parse(bigInput),
    tenants: generatedTenants(tenantCount).map((tenant) => tenantSchema.parse(tenant)),
    grants: generatedGrants(tenantCount).map((grant) => grantSchema.parse(grant)),
    trainings: [],
    placement: NO_PLACEMENTS,
    releases: NO_RELEASES,
  };
}

/** Writes the same environment as files below `dir`, for `loadEnvironment(input, folder)`. */
export function writeEnvironment(dir: string, tenantCount: number): { input: EnvironmentInput; folder: string } {
  const folder = join(dir, 'environments', bigInput.name);
  const write = (kind: string, values: readonly { readonly id: string }[]): void => {
    mkdirSync(join(folder, kind), { recursive: true });
    for (const value of values) writeFileSync(join(folder, kind, `${value.id}.yaml`), stringify(value));
  };
  write('tenants', generatedTenants(tenantCount));
  write('grants', generatedGrants(tenantCount));
  return { input: bigInput, folder };
}

function generatedTenants(count: number): TenantInput[] {
  const most = QUOTAS.tenantsPerEnvironment.value;
  if (!Number.isInteger(count) || count < 0 || count > most)
    throw new Error(
      `tenantCount: got ${count}, allowed a whole number from 0 to ${most}; generate several environments`,
    );
  return Array.from({ length: count }, (_, i) => generatedTenant(i));
}

function generatedTenant(i: number): TenantInput {
  const classes = CLASSES[i % CLASSES.length] ?? [];
  return {
    id: `made-up-${String(i + 1).padStart(4, '0')}`,
    state: i % 20 === 19 ? 'erasing' : i % 20 === 13 ? 'suspended' : 'active',
    region: bigInput.region,
    data: classes.map((name) => ({ class: name, retentionDays: 30 + 30 * (i % 12) })),
    models: i % 3 === 2 ? [] : classes.flatMap((name) => MODELS[name]),
    isolation: i % 4 === 3 ? 'shared' : 'dedicated',
    limits: { concurrentJobs: 3 + (i % 5), gpus: 2 + (i % 7), cpu: 32 * (1 + (i % 4)), memoryGiB: 128 * (1 + (i % 4)) },
    monthlyBudgetUsd: 500 * (1 + (i % 9)),
  };
}

function generatedGrants(tenantCount: number): GrantInput[] {
  const teams = bigInput.researchTeams;
  const first = Array.from({ length: Math.ceil(tenantCount / TENANTS_PER_GRANT) }, (_, n) => n * TENANTS_PER_GRANT);
  return first
    .filter((start) => start + TENANTS_LOOKED_AT <= tenantCount)
    .map((start, n) => ({
      id: `made-up-${String(n + 1).padStart(2, '0')}`,
      team: teams[n % teams.length]?.id ?? '',
      people: [`researcher-${n + 1}@example.com`],
      tenants: generatedTenants(start + TENANTS_LOOKED_AT)
        .slice(start)
        .filter((tenant) => tenant.state === 'active' && tenant.data.some((entry) => entry.class === 'audio'))
        .map((tenant) => tenant.id),
      classes: ['audio'],
      purpose: 'model-training',
      justification: 'A grant of a generated environment, for tests and measurements.',
      approver: 'approver@example.com',
      ticket: `TEST-${n + 1}`,
      issued: '2026-11-01',
      expires: '2027-01-15',
    }));
}
