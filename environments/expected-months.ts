import type { EnvironmentInput } from '../schema/environment';

type Month = NonNullable<EnvironmentInput['expectedMonth']>;
type TeamMonth = NonNullable<EnvironmentInput['researchTeams'][number]['expectedMonth']>;

/**
 * What one job works through in an hour: hours of media, or texts. Decisions that nobody has measured (docs/open-claims.md); the same in every
 * environment, as stages and images are.
 */
export const THROUGHPUT = { video: 8, audio: 30, text: 6000 } as const;

/** A tenant of the usual size that does not say what it brings: a support team of ten people. */
const USUAL_TENANT: Month['perTenant'] = {
  video: { inputs: 600, hours: 300, storedGiB: 270 },
  audio: { inputs: 8000, hours: 1000, storedGiB: 30 },
  text: { inputs: 20_000, storedGiB: 1 },
  trainingGpuHours: 8,
};

/** Made-up recordings, as many as a change of the platform is tried with. */
const TRIALS: Month['perTenant'] = {
  video: { inputs: 20, hours: 10, storedGiB: 9 },
  audio: { inputs: 200, hours: 25, storedGiB: 1 },
  text: { inputs: 1000, storedGiB: 0.1 },
  trainingGpuHours: 1,
};

/** What a usual month is like in each environment: expectations, by which `atoll cost` reckons. */
export const MONTHS = {
  dev: { workingDays: 21, hoursPerDay: 8, logGiB: 5, perTenant: TRIALS },
  staging: { workingDays: 21, hoursPerDay: 10, logGiB: 10, perTenant: TRIALS },
  'prod-us': { workingDays: 22, hoursPerDay: 12, logGiB: 400, perTenant: USUAL_TENANT },
  'prod-eu': { workingDays: 21, hoursPerDay: 11, logGiB: 120, perTenant: USUAL_TENANT },
} as const satisfies Readonly<Record<string, Month>>;

/** A team that trains, one that mostly reads and labels, and a trial of either. */
export const TEAM_MONTHS = {
  training: { trainingGpuHours: 3000, workbenchGpuHours: 600, workbenchCpuHours: 4000 },
  reading: { trainingGpuHours: 0, workbenchGpuHours: 0, workbenchCpuHours: 6000 },
  trial: { trainingGpuHours: 20, workbenchGpuHours: 10, workbenchCpuHours: 100 },
} as const satisfies Readonly<Record<string, TeamMonth>>;
