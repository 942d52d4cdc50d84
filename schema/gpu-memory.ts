/**
 * Memory of one GPU by EC2 instance family, MiB, as EC2 reports it and Karpenter's label `karpenter.k8s.aws/instance-gpu-memory` says; a
 * family of which a size has less than a whole GPU (`g6f`) is left out, since a server takes a whole one.
 * @see https://github.com/aws/karpenter-provider-aws/blob/1d927085/website/content/en/docs/reference/instance-types.md (2026-08-21, looked
 * up 2026-11-26)
 */
export const GPU_MEMORY_MIB: Readonly<Record<string, number>> = {
  g4dn: 16_384,
  g5: 22_888,
  g5g: 16_384,
  g6: 22_888,
  g6e: 45_776,
  g7e: 98_304,
  gr6: 22_888,
  p4d: 40_960,
  p4de: 81_920,
  p5: 81_920,
  p5e: 144_384,
  p5en: 144_384,
};

/**
 * The memory that a server surely has, whichever of the families Karpenter takes: the least of them.
 * @returns undefined where one of the families is not known, or there is none
 */
export function leastGpuMemoryMiB(families: readonly string[]): number | undefined {
  const known = families.flatMap((family) => GPU_MEMORY_MIB[family] ?? []);
  return known.length === 0 || known.length < families.length ? undefined : Math.min(...known);
}
