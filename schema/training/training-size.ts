import { z } from 'zod';
import { wholeNumberOr } from '../number-field';
import { TRAINING_MAX_HOURS } from '../training-job';

/** What each pod of a training asks for, and how long the Job may take. */
export const trainingSizeFields = {
  cpu: wholeNumberOr(4, 'vCPUs of each pod.', { unit: 'vCPUs', min: 1, max: 192 }),
  memoryGiB: wholeNumberOr(
    16,
    'Memory of each pod; a quarter of it may be shared memory, by which workers hand batches over.',
    {
      unit: 'GiB',
      min: 1,
      max: 2048,
    },
  ),
  gpus: wholeNumberOr(1, 'GPUs of each pod, all on one machine.', { unit: 'GPUs', min: 0, max: 8 }),
  maxHours: wholeNumberOr(
    24,
    'Longest run after its admission, waits after an interruption apart. What is not done by then ends, and its machine is paid until then.',
    { unit: 'hours', min: 1, max: TRAINING_MAX_HOURS },
  ),
};

export const trainingNameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'lower-case letters, digits and single hyphens');
