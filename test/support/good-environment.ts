import type { EnvironmentInput } from '../../schema/environment';
import { commonModel, head } from './sample-models';

/** A small environment without a fault, which each bad one changes in one place. */
export const goodInput: EnvironmentInput = {
  name: 'test',
  region: 'eu-central-1',
  availabilityZones: ['eu-central-1a', 'eu-central-1b'],
  organizationId: 'o-exampleorg01',
  accounts: { management: '100000000001', production: '100000000002', research: '100000000003', audit: '100000000004' },
  ingestPrincipal: 'arn:aws:iam::100000000009:role/uploader',
  imageMirrorPrincipal: 'arn:aws:iam::100000000008:role/pipeline',
  network: { production: '10.0.0.0/16', research: '10.1.0.0/16' },
  clusters: {
    production: { administrators: ['arn:aws:iam::100000000002:role/admin'] },
    research: { administrators: ['arn:aws:iam::100000000003:role/admin'] },
  },
  nodePools: [
    pool('gpu', { families: ['g6'], gpuLimit: 8, segregation: 'tenant' }),
    pool('gpu-shared', { families: ['g6'], gpuLimit: 8 }),
    pool('cpu', { families: ['m7i'], segregation: 'tenant' }),
    pool('cpu-shared', { families: ['m7i'] }),
    pool('bench', { families: ['m7i'], cluster: 'research', workload: 'workbench' }),
    pool('bench-gpu', { families: ['g6'], gpuLimit: 8, cluster: 'research', workload: 'training' }),
  ],
  pipelines: [
    {
      name: 'audio',
      pool: 'gpu',
      sharedPool: 'gpu-shared',
      image: 'pipeline-worker',
      stages: [{ name: 'transcribe', command: ['transcribe'] }],
      cpu: 3,
      memoryGiB: 12,
      gpus: 1,
    },
    {
      name: 'text',
      pool: 'cpu',
      sharedPool: 'cpu-shared',
      image: 'pipeline-worker',
      stages: [{ name: 'extract', command: ['extract-text'] }],
      cpu: 2,
      memoryGiB: 6,
    },
  ],
  models: [
    commonModel('recognizer', 'audio', 'Speech into text.'),
    head('call-outcome', ['audio', 'text'], 'Outcome of a call.'),
    head('tagger', ['video'], 'Scenes of a video.'),
  ],
  researchTeams: [team('speech'), team('vision')],
  retention: {
    video: { minDays: 30, maxDays: 365 },
    audio: { minDays: 30, maxDays: 365 },
    text: { minDays: 30, maxDays: 365 },
  },
  monthlyBudgetUsd: 1000,
  alertEmail: 'platform@example.com',
  retiredTenantIds: ['gone-labs'],
};

type PoolInput = EnvironmentInput['nodePools'][number];

function pool(name: string, fields: Partial<PoolInput> & Pick<PoolInput, 'families'>): PoolInput {
  return { name, cluster: 'production', workload: 'pipeline', cpuLimit: 64, memoryLimitGiB: 256, ...fields };
}

function team(id: string): EnvironmentInput['researchTeams'][number] {
  const roleArn = `arn:aws:iam::100000000003:role/team-${id}`;
  return { id, group: `ml-${id}`, roleArn, cpu: 8, memoryGiB: 32, gpus: 1, monthlyBudgetUsd: 100 };
}

export const goodFiles: Readonly<Record<string, string>> = {
  'tenants/acme.yaml': `# yaml-language-server: $schema=../../../schema/json/tenant.schema.json
id: acme
state: active
region: eu-central-1
data:
  - class: audio
    retentionDays: 90
  - class: text
    retentionDays: 90
models:
  - call-outcome
monthlyBudgetUsd: 100
`,
  'tenants/birch.yaml': `id: birch
state: suspended
region: eu-central-1
data:
  - class: text
    retentionDays: 60
isolation: shared
limits:
  gpus: 0
monthlyBudgetUsd: 50
`,
  'grants/speech-one.yaml': `# yaml-language-server: $schema=../../../schema/json/grant.schema.json
id: speech-one
team: speech
people:
  - ada@example.com
tenants:
  - acme
classes:
  - audio
purpose: model-training
justification: Fine-tunes the recognizer for telephone lines.
approver: lin@example.com
ticket: DATA-1
issued: 2026-11-01
expires: 2027-01-15
`,
};
