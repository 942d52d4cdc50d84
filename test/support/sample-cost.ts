import { MACHINE_TYPES } from '../../assurance/cost/machine-types';
import type { Prices } from '../../assurance/idle/prices';
import type { EnvironmentInput } from '../../schema/environment';
import type { Environment } from '../../schema/model';
import { sampleEnvironment, sampleInput, type SampleOverrides } from './sample-environment';

/** Round prices of all that the sample pays for, so that a price that changes changes no test: a quarter of a dollar for an hour of a vCPU. */
export function samplePrices(region: string): Prices {
  const others = {
    'eks-cluster': 1,
    'interface-endpoint': 0.1,
    'volume-gp3': 0.5,
    'volume-gp3-throughput': 0.25,
    'kms-key': 10,
    'dns-firewall-domain': 0.25,
    alarm: 4,
    dashboard: 8,
    'queue-request': 0.001,
    'bucket-list-request': 0.01,
    'bucket-get-request': 0.02,
    'bucket-storage': 0.125,
    'data-event': 0.005,
    'key-request': 0.003,
    'log-ingestion': 2,
    'log-storage': 0.5,
  };
  const machines = MACHINE_TYPES.map(({ name, vcpus }) => [`instance ${name}`, vcpus / 4] as const);
  const rest = {
    unit: 'unit',
    source: 'https://example.com',
    checked: '2026-11-26',
    sure: 'price-list',
    seen: '',
  } as const;
  return {
    region,
    prices: Object.fromEntries([...machines, ...Object.entries(others)].map(([key, usd]) => [key, { usd, ...rest }])),
  };
}

export const SAMPLE_MONTH = {
  workingDays: 20,
  hoursPerDay: 10,
  logGiB: 100,
  perTenant: {
    video: { inputs: 40, hours: 80, storedGiB: 73 },
    audio: { inputs: 1000, hours: 500, storedGiB: 12 },
    text: { inputs: 6000, storedGiB: 6 },
    trainingGpuHours: 40,
  },
} as const satisfies NonNullable<EnvironmentInput['expectedMonth']>;

const THROUGHPUT = { video: 8, audio: 10, text: 1000 } as const;

/** The sample environment with a declared month, throughputs, and what its teams do. */
export function sampleMonth({ input, ...others }: SampleOverrides = {}): Environment {
  return sampleEnvironment({
    ...others,
    input: {
      expectedMonth: SAMPLE_MONTH,
      pipelines: sampleInput.pipelines.map((pipeline) => ({
        ...pipeline,
        throughputPerHour: THROUGHPUT[pipeline.name],
      })),
      researchTeams: sampleInput.researchTeams.map((team) => ({
        ...team,
        expectedMonth: { trainingGpuHours: 100, workbenchGpuHours: 0, workbenchCpuHours: 1000 },
      })),
      ...input,
    },
  });
}
