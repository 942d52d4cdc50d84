import type { ClusterName } from './vocabulary';

/** What one pod asks of a node, and may use at most. */
export interface PodSize {
  /** vCPUs requested, thousandths. */
  readonly cpuMillis: number;
  /** Most vCPUs, thousandths. */
  readonly cpuLimitMillis: number;
  /** Memory requested, and the most of it, MiB. */
  readonly memoryMiB: number;
  readonly memoryLimitMiB: number;
}

/** A controller of the platform: pods that run always, on the system nodes. */
export interface Controller extends PodSize {
  readonly replicas: number;
  readonly clusters: readonly ClusterName[];
}

const BOTH = ['production', 'research'] as const;

const controller = (
  replicas: number,
  [cpuMillis, cpuLimitMillis]: readonly [number, number],
  [memoryMiB, memoryLimitMiB]: readonly [number, number],
  clusters: readonly ClusterName[] = BOTH,
): Controller => ({ replicas, cpuMillis, cpuLimitMillis, memoryMiB, memoryLimitMiB, clusters });

/**
 * Sizes of the controllers that charts install, from which both the charts' values and the smallest system node group follow. None is
 * measured (docs/open-claims.md). CPU requests are a quarter to a half of what the projects' examples ask: a controller is idle nearly always,
 * and a request is what a node must hold free for ever. Karpenter sets Go's soft memory limit to 90 % of its limit, so request and limit are
 * the same.
 * @see https://github.com/aws/karpenter-provider-aws/tree/v1.14.1/website/content/en/docs (step08-apply-helm-chart.sh: 1 CPU, 1Gi)
 * @see https://github.com/kubernetes-sigs/kueue/blob/v0.19.2/charts/kueue/values.yaml (500m, 512Mi)
 * @see https://github.com/kedacore/charts/blob/v2.20.2/keda/values.yaml (100m, 100Mi; more here for a queue per tenant and pipeline)
 */
export const CONTROLLERS = {
  karpenter: controller(2, [250, 1000], [1024, 1024]),
  kueue: controller(2, [250, 1000], [512, 512]),
  kedaOperator: controller(2, [250, 1000], [512, 1024], ['production']),
  kedaMetricsServer: controller(1, [50, 500], [128, 256], ['production']),
  kedaWebhooks: controller(2, [50, 500], [128, 256], ['production']),
  // Always two, since they hold who waits for a server; 512 MiB of bodies, and Node besides.
  router: controller(2, [150, 1000], [1024, 1024], ['production']),
  fluxSource: controller(1, [100, 1000], [1024, 1024]),
  fluxKustomize: controller(1, [100, 1000], [1024, 1024]),
  fluxHelm: controller(1, [100, 1000], [512, 512]),
} as const satisfies Record<string, Controller>;

/** vCPUs and memory that pods request together. */
export interface Load {
  readonly cpuMillis: number;
  readonly memoryMiB: number;
}

/**
 * What the EKS add-ons request beside: CoreDNS twice (100m, 70Mi each, from memory), the EBS CSI controller twice with six containers of
 * 10m and 40Mi, Mountpoint's controller, the CloudWatch operator (100m, 64Mi).
 * @see https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/charts/aws-ebs-csi-driver/values.yaml (2026-08-19)
 * @see https://github.com/aws-observability/helm-charts/blob/main/charts/amazon-cloudwatch-observability/values.yaml (2026-08-07)
 */
const ADD_ONS: Load = { cpuMillis: 200 + 120 + 10 + 100, memoryMiB: 140 + 480 + 40 + 64 };

/**
 * What runs on every node: kube-proxy (100m, from memory), the VPC CNI and its policy agent (25m each), the CSI drivers' node pods (30m and
 * 120Mi each), the CloudWatch agent (250m, 128Mi), Fluent Bit (50m, 25Mi).
 * @see https://github.com/aws/amazon-vpc-cni-k8s/blob/master/charts/aws-vpc-cni/values.yaml (2026-08-20)
 * @see https://github.com/awslabs/mountpoint-s3-csi-driver/blob/main/charts/aws-mountpoint-s3-csi-driver/values.yaml (2026-08-08)
 */
export const EACH_NODE: Load = { cpuMillis: 100 + 50 + 60 + 250 + 50, memoryMiB: 240 + 128 + 25 };

/** Share of a node group that whole pods leave free between them. */
const FRAGMENTATION = 0.05;

/** vCPUs and GiB of a Graviton type: its family says how many GiB go with a vCPU, its size how many vCPUs there are. */
function machine(instanceType: string): { readonly vcpus: number; readonly memoryGiB: number } | undefined {
  const [, family = '', times] = /^([cmr])\d+g[dn]*\.(?:(?:(\d*)x)?large)$/.exec(instanceType) ?? [];
  const perVcpu = { c: 2, m: 4, r: 8 }[family];
  if (perVcpu === undefined) return undefined;
  const vcpus = instanceType.endsWith('.large') ? 2 : 4 * Number(times === '' || times === undefined ? 1 : times);
  return { vcpus, memoryGiB: vcpus * perVcpu };
}

/** What EKS keeps of a node for itself: 6 % of the first core, 1 % of the second, half of that of two more, 0.25 % of the rest. */
function reservedCpuMillis(vcpus: number): number {
  return 60 + (vcpus > 1 ? 10 : 0) + Math.max(0, Math.min(vcpus, 4) - 2) * 5 + Math.max(0, vcpus - 4) * 2.5;
}

/** Pods that a node may have with prefix delegation; EKS reserves 11 MiB for each, 255 MiB besides, and 100 MiB against eviction. */
const MAX_PODS = 110;
const RESERVED_MEMORY_MIB = 11 * MAX_PODS + 255 + 100;

export interface Fit {
  readonly needed: Load;
  /** What that many nodes have to give to the controllers. */
  readonly given: Load;
}

/**
 * What a cluster's controllers need, and what its system nodes give when the group is at its smallest: nothing makes it larger by itself.
 * Undefined where the instance type is not known.
 * What EKS reserves of a node is the formula of its machine images, which Bottlerocket repeats (excerpts of awslabs/amazon-eks-ami and
 * of Bottlerocket's kubelet settings, 2026-11-25).
 */
export function systemFit(cluster: ClusterName, instanceType: string, nodes: number): Fit | undefined {
  const size = machine(instanceType);
  if (size === undefined) return undefined;
  const own = Object.values<Controller>(CONTROLLERS).filter(({ clusters }) => clusters.includes(cluster));
  const sum = (of: (each: Controller) => number): number =>
    own.reduce((total, each) => total + each.replicas * of(each), 0);
  const usable = (node: number, each: number): number => Math.floor(nodes * (node - each) * (1 - FRAGMENTATION));
  return {
    needed: {
      cpuMillis: sum(({ cpuMillis }) => cpuMillis) + ADD_ONS.cpuMillis,
      memoryMiB: sum(({ memoryMiB }) => memoryMiB) + ADD_ONS.memoryMiB,
    },
    given: {
      cpuMillis: usable(size.vcpus * 1000 - reservedCpuMillis(size.vcpus), EACH_NODE.cpuMillis),
      memoryMiB: usable(size.memoryGiB * 1024 - RESERVED_MEMORY_MIB, EACH_NODE.memoryMiB),
    },
  };
}
