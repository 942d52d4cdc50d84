/**
 * Baseline of the network of the smallest machine with a GPU of an EC2 instance family, megabits a second, of the families of `gpu-memory.ts`.
 * @see https://github.com/aws/karpenter-provider-aws/blob/1d927085/pkg/providers/instancetype/zz_generated.bandwidth.go (2026-08-21, looked up
 * 2026-11-26)
 */
const NETWORK_MEGABITS: Readonly<Record<string, number>> = {
  g4dn: 5000,
  g5: 2500,
  g5g: 1250,
  g6: 2500,
  g6e: 2500,
  g7e: 50_000,
  gr6: 10_000,
  p4d: 400_000,
  p4de: 400_000,
  p5: 100_000,
  p5e: 3_200_000,
  p5en: 3_200_000,
};

/**
 * What a machine surely has, whichever of the families Karpenter takes.
 * @returns undefined where one of the families is not known, or there is none
 */
export function leastNetworkMegabits(families: readonly string[]): number | undefined {
  const known = families.flatMap((family) => NETWORK_MEGABITS[family] ?? []);
  return known.length === 0 || known.length < families.length ? undefined : Math.min(...known);
}
