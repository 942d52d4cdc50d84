import { z } from 'zod';
import { amount, wholeNumber } from './number-field';

/**
 * What a usual month brings. Nothing but `atoll cost` reads it, and nothing of it has a default: what is not declared is told as not known and
 * is in no sum. docs/decisions/0029-what-a-usual-month-costs.md
 */
const inputs = (what: string) =>
  wholeNumber(`${what} that arrive.`, { unit: 'inputs a month', min: 0, max: 1_000_000_000 });
const storedGiB = amount(
  'What they and what is made of them take up in the bucket, where each is kept for retentionDays.',
  { unit: 'GiB a month', min: 0, max: 10_000_000 },
);

const recordingsSchema = z.strictObject({
  inputs: inputs('Recordings'),
  hours: amount('Hours that they last together.', { unit: 'hours of media a month', min: 0, max: 10_000_000 }),
  storedGiB,
});
const textsSchema = z.strictObject({ inputs: inputs('Mails and notes'), storedGiB });

/** What a usual month brings of a tenant. */
export const expectedMonthSchema = z.strictObject({
  video: recordingsSchema.optional().describe('Videos of a usual month. Default those of the environment.'),
  audio: recordingsSchema.optional().describe('Audio of a usual month. Default that of the environment.'),
  text: textsSchema.optional().describe('Texts of a usual month. Default those of the environment.'),
  trainingGpuHours: amount(
    "GPU hours in which its own models are trained again. Default the environment's; of a tenant without models none.",
    { unit: 'GPU hours a month', min: 0, max: 100_000 },
  ).optional(),
});
export type ExpectedMonth = z.output<typeof expectedMonthSchema>;
export type ExpectedVolume = NonNullable<ExpectedMonth['video'] | ExpectedMonth['text']>;

/** What a usual month is like in an environment. */
export const environmentMonthSchema = z.strictObject({
  workingDays: wholeNumber('Days on which tenants hand over.', { unit: 'days a month', min: 1, max: 31 }),
  hoursPerDay: wholeNumber('Hours of such a day in which they do, evenly.', { unit: 'hours a day', min: 1, max: 24 }),
  logGiB: amount('What all pods and control planes write into log groups.', {
    unit: 'GiB a month',
    min: 0,
    max: 10_000_000,
  }),
  perTenant: expectedMonthSchema.describe(
    'What a tenant brings that does not say so itself, by class. What is missing here too is not known.',
  ),
});

/** What a research team's people do in a usual month. */
export const teamMonthSchema = z.strictObject({
  trainingGpuHours: amount('GPU hours of training.', { unit: 'GPU hours a month', min: 0, max: 1_000_000 }),
  workbenchGpuHours: amount('GPU hours of workbenches.', { unit: 'GPU hours a month', min: 0, max: 1_000_000 }),
  workbenchCpuHours: amount('vCPU hours of workbenches without a GPU.', {
    unit: 'vCPU hours a month',
    min: 0,
    max: 10_000_000,
  }),
});
