import { z } from 'zod';
import { CLUSTERS } from './vocabulary';

/**
 * One Karpenter NodePool: machines that come up for waiting pods and go when empty. A pool has no floor; nothing here can give it one.
 * @see https://karpenter.sh/docs/concepts/nodepools/ (v1.14, looked up 2026-11-24)
 */
export const nodePoolSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,18}[a-z0-9]$/, 'lower-case letters, digits and hyphens, 3 to 20 characters')
    .describe('Name of the NodePool, its EC2NodeClass and its taint. Contract: renaming it replaces every node of it.'),
  cluster: z.enum(CLUSTERS).describe('The cluster that has this pool.'),
  workload: z
    .enum(['pipeline', 'training', 'serving', 'workbench'])
    .describe(
      'What runs on it. Pipelines, serving and per-tenant training are production; training and workbench are research.',
    ),
  architecture: z
    .enum(['arm64', 'amd64'])
    .default('amd64')
    .describe('CPU architecture. Default amd64, which every NVIDIA family but g5g needs.'),
  families: z
    .array(z.string().regex(/^[a-z][a-z0-9-]*$/, "an EC2 instance family such as 'g6' or 'm7g'"))
    .min(1)
    .describe('EC2 instance families, in no order of preference: Karpenter takes the cheapest that fits.'),
  capacityTypes: z
    .array(z.enum(['reserved', 'spot', 'on-demand']))
    .min(1)
    .default(['spot', 'on-demand'])
    .describe(
      'What Karpenter may buy, preferred in the order reserved, spot, on-demand. Default spot, then on-demand.',
    ),
  capacityReservations: z
    .array(z.string().regex(/^cr-[0-9a-f]{8,17}$/, "a capacity reservation id such as 'cr-0123456789abcdef0'"))
    .default([])
    .describe(
      "Ids of on-demand capacity reservations or capacity blocks; needs 'reserved' among capacityTypes. Default none.",
    ),
  gpuLimit: z
    .number()
    .int()
    .min(0)
    .max(512)
    .default(0)
    .describe('Most GPUs that the pool may hold at once, count. 0 (the default) means a pool without GPUs.'),
  cpuLimit: z
    .number()
    .int()
    .min(1)
    .max(20_000)
    .describe('Most vCPUs that the pool may hold at once, count. Caps the bill of a runaway.'),
  memoryLimitGiB: z.number().int().min(1).max(100_000).describe('Most memory that the pool may hold at once, GiB.'),
  idleSeconds: z
    .number()
    .int()
    .min(0)
    .max(3600)
    .default(60)
    .describe(
      'Seconds a node stays after its last pod ended. Default 60. Every second of it is paid, and saves a cold start.',
    ),
  segregation: z
    .enum(['tenant', 'shared'])
    .default('shared')
    .describe(
      "'tenant': a node serves one tenant and carries its label while it lives. 'shared' (default): pods of several owners share nodes.",
    ),
  dataVolumeGiB: z
    .number()
    .int()
    .min(20)
    .max(2000)
    .default(100)
    .describe('Size of the encrypted data volume for images and scratch, GiB. Default 100.'),
  dataVolumeSnapshot: z
    .string()
    .regex(/^snap-[0-9a-f]{8,17}$/, "a snapshot id such as 'snap-0123456789abcdef0'")
    .optional()
    .describe(
      'EBS snapshot with images pulled beforehand; a cold start of minutes becomes one of about 30 s. Default none.',
    ),
});
export type NodePool = z.output<typeof nodePoolSchema>;
