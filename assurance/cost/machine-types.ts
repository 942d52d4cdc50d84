/** One type of machine, and what Karpenter reckons it has free for pods. */
export interface MachineType {
  readonly name: string;
  readonly family: string;
  readonly architecture: 'amd64' | 'arm64';
  readonly vcpus: number;
  readonly memoryMiB: number;
  readonly gpus: number;
  /** For pods, daemons among them: without what the system keeps for itself. */
  readonly freeCpuMillis: number;
  readonly freeMemoryMiB: number;
}

type Row = readonly [
  name: string,
  architecture: 'amd64' | 'arm64',
  vcpus: number,
  memoryMiB: number,
  gpus: number,
  freeCpuMillis: number,
  freeMemoryMiB: number,
];

/**
 * Every type, but bare metal, of the families that environments buy. A family that is missing is a finding.
 * @see https://github.com/aws/karpenter-provider-aws/blob/1d927085dd81a9df9301e613f371dac5b4d16bfe/website/content/en/v1.14/reference/instance-types.md (2026-11-26)
 */
const ROWS: readonly Row[] = [
  ['c7a.medium', 'amd64', 1, 2048, 0, 940, 1451],
  ['c7a.large', 'amd64', 2, 4096, 0, 1930, 3114],
  ['c7a.xlarge', 'amd64', 4, 8192, 0, 3920, 6584],
  ['c7a.2xlarge', 'amd64', 8, 16384, 0, 7910, 14162],
  ['c7a.4xlarge', 'amd64', 16, 32768, 0, 15890, 27381],
  ['c7a.8xlarge', 'amd64', 32, 65536, 0, 31850, 57691],
  ['c7a.12xlarge', 'amd64', 48, 98304, 0, 47810, 88002],
  ['c7a.16xlarge', 'amd64', 64, 131072, 0, 63770, 112779],
  ['c7a.24xlarge', 'amd64', 96, 196608, 0, 95690, 173400],
  ['c7a.32xlarge', 'amd64', 128, 262144, 0, 127610, 234021],
  ['c7a.48xlarge', 'amd64', 192, 393216, 0, 191450, 355262],
  ['c7g.medium', 'arm64', 1, 2048, 0, 940, 1392],
  ['c7g.large', 'arm64', 2, 4096, 0, 1930, 3055],
  ['c7g.xlarge', 'arm64', 4, 8192, 0, 3920, 6525],
  ['c7g.2xlarge', 'arm64', 8, 16384, 0, 7910, 14103],
  ['c7g.4xlarge', 'arm64', 16, 32768, 0, 15890, 27322],
  ['c7g.8xlarge', 'arm64', 32, 65536, 0, 31850, 57632],
  ['c7g.12xlarge', 'arm64', 48, 98304, 0, 47810, 87943],
  ['c7g.16xlarge', 'arm64', 64, 131072, 0, 63770, 112720],
  ['c7i.large', 'amd64', 2, 4096, 0, 1930, 3114],
  ['c7i.xlarge', 'amd64', 4, 8192, 0, 3920, 6584],
  ['c7i.2xlarge', 'amd64', 8, 16384, 0, 7910, 14162],
  ['c7i.4xlarge', 'amd64', 16, 32768, 0, 15890, 27381],
  ['c7i.8xlarge', 'amd64', 32, 65536, 0, 31850, 57691],
  ['c7i.12xlarge', 'amd64', 48, 98304, 0, 47810, 88002],
  ['c7i.16xlarge', 'amd64', 64, 131072, 0, 63770, 112779],
  ['c7i.24xlarge', 'amd64', 96, 196608, 0, 95690, 173400],
  ['c7i.48xlarge', 'amd64', 192, 393216, 0, 191450, 355262],
  ['g5.xlarge', 'amd64', 4, 16384, 1, 3920, 14162],
  ['g5.2xlarge', 'amd64', 8, 32768, 1, 7910, 29317],
  ['g5.4xlarge', 'amd64', 16, 65536, 1, 15890, 57691],
  ['g5.8xlarge', 'amd64', 32, 131072, 1, 31850, 118312],
  ['g5.12xlarge', 'amd64', 48, 196608, 4, 47810, 173400],
  ['g5.16xlarge', 'amd64', 64, 262144, 1, 63770, 239554],
  ['g5.24xlarge', 'amd64', 96, 393216, 4, 95690, 355262],
  ['g5.48xlarge', 'amd64', 192, 786432, 8, 191450, 723299],
  ['g6.xlarge', 'amd64', 4, 16384, 1, 3920, 14162],
  ['g6.2xlarge', 'amd64', 8, 32768, 1, 7910, 29317],
  ['g6.4xlarge', 'amd64', 16, 65536, 1, 15890, 57691],
  ['g6.8xlarge', 'amd64', 32, 131072, 1, 31850, 118312],
  ['g6.12xlarge', 'amd64', 48, 196608, 4, 47810, 178933],
  ['g6.16xlarge', 'amd64', 64, 262144, 1, 63770, 234021],
  ['g6.24xlarge', 'amd64', 96, 393216, 4, 95690, 355262],
  ['g6.48xlarge', 'amd64', 192, 786432, 8, 191450, 718987],
  ['g6e.xlarge', 'amd64', 4, 32768, 1, 3920, 29317],
  ['g6e.2xlarge', 'amd64', 8, 65536, 1, 7910, 59627],
  ['g6e.4xlarge', 'amd64', 16, 131072, 1, 15890, 118312],
  ['g6e.8xlarge', 'amd64', 32, 262144, 1, 31850, 239554],
  ['g6e.12xlarge', 'amd64', 48, 393216, 4, 47810, 360157],
  ['g6e.16xlarge', 'amd64', 64, 524288, 1, 63770, 476504],
  ['g6e.24xlarge', 'amd64', 96, 786432, 4, 95690, 721682],
  ['g6e.48xlarge', 'amd64', 192, 1572864, 8, 191450, 1449132],
  ['m7a.medium', 'amd64', 1, 4096, 0, 940, 3345],
  ['m7a.large', 'amd64', 2, 8192, 0, 1930, 6903],
  ['m7a.xlarge', 'amd64', 4, 16384, 0, 3920, 14162],
  ['m7a.2xlarge', 'amd64', 8, 32768, 0, 7910, 29317],
  ['m7a.4xlarge', 'amd64', 16, 65536, 0, 15890, 57691],
  ['m7a.8xlarge', 'amd64', 32, 131072, 0, 31850, 118312],
  ['m7a.12xlarge', 'amd64', 48, 196608, 0, 47810, 178933],
  ['m7a.16xlarge', 'amd64', 64, 262144, 0, 63770, 234021],
  ['m7a.24xlarge', 'amd64', 96, 393216, 0, 95690, 355262],
  ['m7a.32xlarge', 'amd64', 128, 524288, 0, 127610, 476504],
  ['m7a.48xlarge', 'amd64', 192, 786432, 0, 191450, 718987],
  ['m7g.medium', 'arm64', 1, 4096, 0, 940, 3286],
  ['m7g.large', 'arm64', 2, 8192, 0, 1930, 6844],
  ['m7g.xlarge', 'arm64', 4, 16384, 0, 3920, 14103],
  ['m7g.2xlarge', 'arm64', 8, 32768, 0, 7910, 29258],
  ['m7g.4xlarge', 'arm64', 16, 65536, 0, 15890, 57632],
  ['m7g.8xlarge', 'arm64', 32, 131072, 0, 31850, 118253],
  ['m7g.12xlarge', 'arm64', 48, 196608, 0, 47810, 178874],
  ['m7g.16xlarge', 'arm64', 64, 262144, 0, 63770, 233962],
  ['m7i.large', 'amd64', 2, 8192, 0, 1930, 6903],
  ['m7i.xlarge', 'amd64', 4, 16384, 0, 3920, 14162],
  ['m7i.2xlarge', 'amd64', 8, 32768, 0, 7910, 29317],
  ['m7i.4xlarge', 'amd64', 16, 65536, 0, 15890, 57691],
  ['m7i.8xlarge', 'amd64', 32, 131072, 0, 31850, 118312],
  ['m7i.12xlarge', 'amd64', 48, 196608, 0, 47810, 178933],
  ['m7i.16xlarge', 'amd64', 64, 262144, 0, 63770, 234021],
  ['m7i.24xlarge', 'amd64', 96, 393216, 0, 95690, 355262],
  ['m7i.48xlarge', 'amd64', 192, 786432, 0, 191450, 718987],
  ['p5.4xlarge', 'amd64', 16, 262144, 1, 15890, 240830],
  ['p5.48xlarge', 'amd64', 192, 2097152, 8, 191450, 1938410],
];

export const MACHINE_TYPES: readonly MachineType[] = ROWS.map(
  ([name, architecture, vcpus, memoryMiB, gpus, freeCpuMillis, freeMemoryMiB]) => ({
    name,
    family: name.split('.')[0] ?? '',
    architecture,
    vcpus,
    memoryMiB,
    gpus,
    freeCpuMillis,
    freeMemoryMiB,
  }),
);
