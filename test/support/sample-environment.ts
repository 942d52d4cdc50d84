import { type EnvironmentInput, environmentSchema } from '../../schema/environment';
import { type GrantInput, grantSchema } from '../../schema/grant';
import type { Environment } from '../../schema/model';
import { NO_PLACEMENTS } from '../../schema/placement/placement-record';
import { NO_RELEASES } from '../../schema/releases';
import { type TenantInput, tenantSchema } from '../../schema/tenant';
import { asScoped } from '../../schema/training/scoped';
import { type TenantTrainingInput, tenantTrainingSchema } from '../../schema/training/tenant-training';
import { commonModel, head } from './sample-models';

/** The smallest environment that has one of everything: both clusters, GPU and CPU pools, all three data classes, two teams. */
export const sampleInput: EnvironmentInput = {
  name: 'sample',
  region: 'eu-central-1',
  availabilityZones: ['eu-central-1a', 'eu-central-1b'],
  organizationId: 'o-a1b2c3d4e5',
  accounts: {
    management: '111111111111',
    production: '222222222222',
    research: '333333333333',
    audit: '444444444444',
  },
  ingestPrincipal: 'arn:aws:iam::555555555555:role/product/recorder',
  imageMirrorPrincipal: 'arn:aws:iam::666666666666:role/platform/pipeline',
  network: { production: '10.16.0.0/16', research: '10.17.0.0/16' },
  clusters: {
    production: { administrators: ['arn:aws:iam::222222222222:role/sign-in/platform-admin'] },
    research: {
      administrators: ['arn:aws:iam::333333333333:role/sign-in/platform-admin'],
      viewers: ['arn:aws:iam::333333333333:role/sign-in/platform-viewer'],
    },
  },
  nodePools: [
    {
      name: 'pipeline-gpu',
      cluster: 'production',
      workload: 'pipeline',
      families: ['g6'],
      gpuLimit: 16,
      cpuLimit: 256,
      memoryLimitGiB: 1024,
      segregation: 'tenant',
    },
    {
      name: 'pipeline-shared',
      cluster: 'production',
      workload: 'pipeline',
      families: ['g6'],
      gpuLimit: 8,
      cpuLimit: 128,
      memoryLimitGiB: 512,
    },
    {
      name: 'text-cpu',
      cluster: 'production',
      workload: 'pipeline',
      architecture: 'arm64',
      families: ['m7g', 'c7g'],
      cpuLimit: 128,
      memoryLimitGiB: 512,
      segregation: 'tenant',
    },
    {
      name: 'tenant-training',
      cluster: 'production',
      workload: 'training',
      families: ['g6e'],
      gpuLimit: 8,
      cpuLimit: 128,
      memoryLimitGiB: 512,
      segregation: 'tenant',
    },
    {
      name: 'serving-gpu',
      cluster: 'production',
      workload: 'serving',
      families: ['g6e'],
      capacityTypes: ['on-demand'],
      gpuLimit: 4,
      cpuLimit: 64,
      memoryLimitGiB: 512,
    },
    {
      name: 'training-gpu',
      cluster: 'research',
      workload: 'training',
      families: ['p5', 'g6e'],
      gpuLimit: 32,
      cpuLimit: 1024,
      memoryLimitGiB: 8192,
    },
    {
      name: 'workbench-cpu',
      cluster: 'research',
      workload: 'workbench',
      families: ['m7i'],
      cpuLimit: 128,
      memoryLimitGiB: 512,
    },
  ],
  pipelines: [
    {
      name: 'video',
      pool: 'pipeline-gpu',
      sharedPool: 'pipeline-shared',
      image: 'pipeline-worker',
      stages: [{ name: 'segment', command: ['segment-video'] }],
      cpu: 4,
      memoryGiB: 16,
      gpus: 1,
    },
    {
      name: 'audio',
      pool: 'pipeline-gpu',
      sharedPool: 'pipeline-shared',
      image: 'pipeline-worker',
      stages: [{ name: 'transcribe', command: ['transcribe'] }],
      cpu: 4,
      memoryGiB: 16,
      gpus: 1,
    },
    {
      name: 'text',
      pool: 'text-cpu',
      sharedPool: 'pipeline-shared',
      image: 'pipeline-worker',
      stages: [{ name: 'extract', command: ['extract-text'] }],
      cpu: 2,
      memoryGiB: 8,
      promiseSeconds: 3600,
    },
  ],
  models: [
    commonModel('speech', 'audio', 'Speech recognition that serves every tenant.'),
    head('topics', ['text'], "Topics of one tenant's notes and mails.", 'speech'),
  ],
  researchTeams: [
    {
      id: 'speech',
      group: 'research-speech',
      roleArn: 'arn:aws:iam::333333333333:role/sign-in/research-speech',
      cpu: 64,
      memoryGiB: 256,
      gpus: 8,
      monthlyBudgetUsd: 5000,
    },
    {
      id: 'language',
      group: 'research-language',
      roleArn: 'arn:aws:iam::333333333333:role/sign-in/research-language',
      cpu: 64,
      memoryGiB: 256,
      gpus: 16,
      monthlyBudgetUsd: 8000,
    },
  ],
  retention: {
    video: { minDays: 30, maxDays: 365 },
    audio: { minDays: 30, maxDays: 365 },
    text: { minDays: 30, maxDays: 730 },
  },
  monthlyBudgetUsd: 20_000,
  alertEmail: 'platform@example.com',
};

/** Sorted by id, as the loader does. One of each isolation mode, one suspended, none erased. */
export const sampleTenants: readonly TenantInput[] = [
  {
    id: 'acme',
    state: 'active',
    region: 'eu-central-1',
    data: [
      { class: 'video', retentionDays: 90 },
      { class: 'audio', retentionDays: 90 },
      { class: 'text', retentionDays: 180 },
    ],
    models: ['topics'],
    monthlyBudgetUsd: 2000,
  },
  {
    id: 'birch',
    state: 'active',
    region: 'eu-central-1',
    data: [{ class: 'text', retentionDays: 60 }],
    isolation: 'shared',
    monthlyBudgetUsd: 300,
  },
  {
    id: 'cedar-health',
    state: 'suspended',
    region: 'eu-central-1',
    data: [{ class: 'audio', retentionDays: 30 }],
    monthlyBudgetUsd: 500,
  },
];

export const sampleGrants: readonly GrantInput[] = [
  {
    id: 'notes-quality',
    team: 'language',
    people: ['noor@example.com'],
    tenants: ['acme', 'birch'],
    classes: ['text'],
    purpose: 'quality-assurance',
    justification: 'Judge the quality of the topics that the model finds in notes.',
    approver: 'lead@example.com',
    ticket: 'DATA-124',
    issued: '2026-11-01',
    expires: '2027-01-15',
  },
  {
    id: 'speech-eval',
    team: 'speech',
    people: ['ada@example.com', 'lin@example.com'],
    tenants: ['acme'],
    classes: ['audio'],
    purpose: 'model-evaluation',
    justification: 'Measure the word error rate of the candidate on real recordings.',
    approver: 'lead@example.com',
    ticket: 'DATA-123',
    issued: '2026-11-01',
    expires: '2027-01-15',
  },
];

/** One training of a tenant's model. */
export const sampleTrainings: readonly TenantTrainingInput[] = [
  {
    id: 'acme-topics-2',
    tenant: 'acme',
    model: 'topics',
    data: { kind: 'tenant', tenant: 'acme', classes: ['text'] },
    reason: 'new-data',
    ticket: 'MODEL-7',
    requestedBy: 'ada@example.com',
    approver: 'lead@example.com',
    issued: '2026-11-20',
    expires: '2026-12-10',
  },
];

/** What a caller may set apart from the sample; a list given here replaces the sample's. */
export interface SampleOverrides {
  readonly input?: Partial<EnvironmentInput>;
  readonly tenants?: readonly TenantInput[];
  readonly grants?: readonly GrantInput[];
  readonly trainings?: readonly TenantTrainingInput[];
}

/** A small, valid environment in memory: parsed by the real schemas, so that it cannot fall behind them. */
export function sampleEnvironment(overrides: SampleOverrides = {}): Environment {
  return Object.freeze({
    ...environmentSchema.parse({ ...sampleInput, ...overrides.input }),
    tenants: (overrides.tenants ?? sampleTenants).map((tenant) => tenantSchema.parse(tenant)),
    grants: (overrides.grants ?? sampleGrants).map((grant) => grantSchema.parse(grant)),
    trainings: (overrides.trainings ?? sampleTrainings).map((each) => asScoped(tenantTrainingSchema.parse(each))),
    placement: NO_PLACEMENTS,
    releases: NO_RELEASES,
  });
}
