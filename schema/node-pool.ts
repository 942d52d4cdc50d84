import { z } from 'zod';
import { wholeNumber, wholeNumberOr } from './number-field';
import { CLUSTERS } from './vocabulary';

/** Throughput of each node's data volume: 125, the default of gp3, is slower than the network that images come over. */
export const DATA_VOLUME_MIB_PER_SECOND = 500;

/**
 * One Karpenter NodePool: machines that come up for waiting pods and go when empty. A pool has no floor; nothing here can give it one.
 * @see https://karpenter.sh/docs/concepts/nodepools/ (v1.14, looked up 2026-11-24)
 */
export const nodePoolSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,18}[a-z0-9]$/, 'lower-case letters, digits and hyphens, 3 to 20 characters')
    .describe(
      'Name of the NodePool, its EC2NodeClass and its taint, 3 to 20 lower-case letters, digits and hyphens; unique over both clusters. ' +
        'Contract: renaming it replaces every node of it.',
    ),
  cluster: z.enum(CLUSTERS).describe('The cluster that has this pool. A change replaces every node of it.'),
  workload: z
    .enum(['pipeline', 'training', 'serving', 'workbench'])
    .describe(
      'What runs on it. Pipelines, serving and per-tenant training are production; training and workbench are research. It decides how ' +
        'long a leaving node waits for its pods: pipeline and workbench 24 h, training 7 days, serving 1 h.',
    ),
  architecture: z
    .enum(['arm64', 'amd64'])
    .default('amd64')
    .describe('CPU architecture of all its families. Default amd64, which every NVIDIA family but g5g needs.'),
  families: z
    .array(z.string().regex(/^[a-z][a-z0-9-]{0,19}$/, "an EC2 instance family such as 'g6' or 'm7g'"))
    .min(1)
    .describe(
      'EC2 instance families, at least 1, of CPUs or of NVIDIA GPUs, in no order of preference: Karpenter takes the cheapest that fits. ' +
        'More families are more machines to choose from, and fewer waits for spot.',
    ),
  capacityTypes: z
    .array(z.enum(['reserved', 'spot', 'on-demand']))
    .min(1)
    .default(['spot', 'on-demand'])
    .describe(
      "What Karpenter may buy, preferred in the order reserved, spot, on-demand. Spot is cheapest and may be taken away with two minutes' " +
        'notice. Default spot, then on-demand.',
    ),
  capacityReservations: z
    .array(z.string().regex(/^cr-[0-9a-f]{8,17}$/, "a capacity reservation id such as 'cr-0123456789abcdef0'"))
    .default([])
    .describe(
      "Ids of on-demand capacity reservations or capacity blocks; needs 'reserved' among capacityTypes. They are paid whether used or " +
        'not. Default none.',
    ),
  reservationReason: z
    .string()
    .min(20)
    .max(300)
    .optional()
    .describe(
      'Why machines are paid for that nobody works on, in a sentence of 20 to 300 characters: wanted where capacityReservations names one, and ' +
        'only there. It stands in the idle bill. Default none.',
    ),
  gpuLimit: wholeNumberOr(
    0,
    'Most GPUs that the pool may hold at once, which caps its bill. 0 means a pool without GPUs.',
    {
      unit: 'GPUs',
      min: 0,
      max: 512,
    },
  ),
  cpuLimit: wholeNumber('Most vCPUs that the pool may hold at once. Caps the bill of a runaway.', {
    unit: 'vCPUs',
    min: 1,
    max: 20_000,
  }),
  memoryLimitGiB: wholeNumber('Most memory that the pool may hold at once. Caps the bill of a runaway.', {
    unit: 'GiB',
    min: 1,
    max: 100_000,
  }),
  idleSeconds: wholeNumberOr(
    60,
    'How long a node stays after its last pod ended. All of it is paid, and saves a cold start.',
    { unit: 'seconds', min: 0, max: 3600 },
  ),
  segregation: z
    .enum(['tenant', 'shared'])
    .default('shared')
    .describe(
      "'tenant': a node serves one tenant and carries its label while it lives. 'shared' (default): pods of several owners share nodes.",
    ),
  dataVolumeGiB: wholeNumberOr(
    100,
    "Size of each node's encrypted data volume for images and scratch; a quarter of it is a job's scratch. Paid while the node lives.",
    { unit: 'GiB', min: 20, max: 2000 },
  ),
  dataVolumeSnapshot: z
    .string()
    .regex(/^snap-[0-9a-f]{8,17}$/, "a snapshot id such as 'snap-0123456789abcdef0'")
    .optional()
    .describe(
      'EBS snapshot with images pulled beforehand; a cold start of minutes becomes one of about 30 s. Default none.',
    ),
});
export type NodePool = z.output<typeof nodePoolSchema>;
