import { z } from 'zod';
import { wholeNumberOr } from './number-field';
import { roleArnSchema as roleArn } from './role-arn';

/** The managed node group of a cluster's controllers. */
const systemNodesSchema = z.strictObject({
  instanceType: z
    .string()
    .regex(/^[cmr]\d+g[dn]*\.(\d*x)?large$/, "a Graviton instance type of family c, m or r such as 'm7g.large'")
    .default('m7g.large')
    .describe(
      'EC2 instance type of the nodes: Graviton, of family c, m or r. Always paid, on demand. A change replaces the nodes one by one. ' +
        'Default m7g.large.',
    ),
  min: wholeNumberOr(
    2,
    'Nodes that always run and are always paid; they carry the controllers and must have room for all of them (schema/system-load.ts).',
    { unit: 'nodes', min: 2, max: 6 },
  ),
  max: wholeNumberOr(
    4,
    'Most nodes, for a person who raises the group in need: nothing grows it by itself, so what is above min costs nothing until ' +
      'then. The vCPU quota of PREREQUISITES.md counts all of them. At least min.',
    { unit: 'nodes', min: 2, max: 12 },
  ),
});

/** One EKS cluster: 0.10 $/h in standard support, 0.60 $/h in extended support. */
export const clusterSchema = z.strictObject({
  kubernetesVersion: z
    .enum(['1.35', '1.36'])
    .default('1.36')
    .describe(
      'Kubernetes minor version. Raised by one at a time and never lowered: EKS upgrades in place and knows no way back. A version ' +
        'in extended support costs 0.60 $/h instead of 0.10. Default 1.36, the newest that Karpenter 1.14 supports.',
    ),
  systemNodes: systemNodesSchema
    .prefault({})
    .describe(
      'The managed node group for the controllers: the only machines that never go. Default 2 to 4 nodes of m7g.large.',
    ),
  administrators: z
    .array(roleArn)
    .min(1)
    .describe(
      'ARNs of IAM roles (of the sign-in) with cluster-admin by an access entry, at least 1. Break-glass: keep it short. They must ' +
        'exist before the deploy, and each has one entry: none is a viewer or a team too. No default.',
    ),
  viewers: z
    .array(roleArn)
    .default([])
    .describe(
      "ARNs of IAM roles that see every object but Secrets, and of pods' output the controllers' only. They must exist before the " +
        'deploy. Default none.',
    ),
});
export type Cluster = z.output<typeof clusterSchema>;
