import type { BadEnvironment } from './bad-environment';

const ACME = 'tenants/acme.yaml';
const END = 'monthlyBudgetUsd: 100';
const MONTH = { workingDays: 20, hoursPerDay: 10, logGiB: 1, perTenant: {} };

/** What a usual month is said to bring. */
export const monthCases: readonly BadEnvironment[] = [
  {
    name: 'a month of a class that is not handed over',
    files: { [ACME]: [[END, `${END}\nexpectedMonth:\n  video: { inputs: 1, hours: 1, storedGiB: 1 }`]] },
    expected: [
      "environments/test/tenants/acme.yaml:14: expectedMonth.video: got what arrives of it, allowed classes that the tenant hands over ('audio' or 'text'); add class 'video' to data or remove it",
    ],
  },
  {
    name: 'training of models that it has not',
    files: {
      [ACME]: [
        ['models:\n  - call-outcome\n', ''],
        [END, `${END}\nexpectedMonth: { trainingGpuHours: 8 }`],
      ],
    },
    expected: [
      'environments/test/tenants/acme.yaml:11: expectedMonth.trainingGpuHours: got 8, allowed 0 of a tenant without models; remove it',
    ],
  },
  {
    name: 'recordings without hours, and texts with them',
    files: {
      [ACME]: [
        [
          END,
          `${END}\nexpectedMonth:\n  audio: { inputs: 1, storedGiB: 1 }\n  text: { inputs: 1, hours: 2, storedGiB: 1 }`,
        ],
      ],
    },
    expected: [
      'environments/test/tenants/acme.yaml:14: expectedMonth.audio.hours: got nothing, a number is required; add it',
      "environments/test/tenants/acme.yaml:15: expectedMonth.text.hours: got an unknown key, allowed 'inputs' or 'storedGiB'; remove it",
    ],
  },
  {
    name: 'months that no calendar has',
    input: {
      expectedMonth: { ...MONTH, workingDays: 32, hoursPerDay: 0, logGiB: -1 },
      'researchTeams.0.expectedMonth': { trainingGpuHours: -1, workbenchGpuHours: 0, workbenchCpuHours: 10_000_001 },
      'pipelines.0.throughputPerHour': 0,
    },
    expected: [
      'environments/test/index.ts:1: expectedMonth.hoursPerDay: got 0, at least 1; raise it',
      'environments/test/index.ts:1: expectedMonth.logGiB: got -1, at least 0; raise it',
      'environments/test/index.ts:1: expectedMonth.workingDays: got 32, at most 31; lower it',
      'environments/test/index.ts:1: pipelines[0].throughputPerHour: got 0, at least 0.01; raise it',
      'environments/test/index.ts:1: researchTeams[0].expectedMonth.trainingGpuHours: got -1, at least 0; raise it',
      'environments/test/index.ts:1: researchTeams[0].expectedMonth.workbenchCpuHours: got 10000001, at most 10000000; lower it',
    ],
  },
  {
    name: 'servers that run for longer than a month has hours',
    input: {
      'nodePools.6': {
        name: 'serving',
        cluster: 'production',
        workload: 'serving',
        families: ['g6'],
        gpuLimit: 4,
        cpuLimit: 32,
        memoryLimitGiB: 128,
      },
      servingPools: [{ name: 'triton', engine: 'triton', nodePool: 'serving', maxServers: 2, expectedHours: 745 }],
    },
    expected: ['environments/test/index.ts:1: servingPools[0].expectedHours: got 745, at most 744; lower it'],
  },
];
