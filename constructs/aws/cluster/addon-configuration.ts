import type { Environment } from '../../../schema/model';
import type { ClusterName } from '../../../schema/vocabulary';
import { tenantLogFiles } from './tenant-logs';

/**
 * Configuration values of the EKS add-ons that need other than their defaults. EKS checks them against the schema of the add-on's
 * version and refuses an unknown key. These keys were not compared with the schema of a released version: docs/open-claims.md.
 */

/** https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy-configure.html and the add-on's `env`, 2026-11-24. */
export const VPC_CNI = {
  enableNetworkPolicy: 'true',
  env: {
    // A /28 per slot instead of single addresses: more pods on a node, fewer EC2 calls when a machine comes up.
    ENABLE_PREFIX_DELEGATION: 'true',
    // 'standard', not 'strict': under strict every pod without a policy is cut off, CoreDNS and Flux among them, and the
    // policies that would free them come by Flux; and strict is reported flaky. The price is that a pod's first seconds are
    // open, so every way out has a lock of its own besides (endpoint, bucket, key and queue policies).
    // docs/decisions/0006-cni-policies-in-standard-mode.md
    NETWORK_POLICY_ENFORCING_MODE: 'standard',
  },
} as const;

/**
 * Metrics of nodes, pods and GPUs. The last are the add-on's own default, said because an alarm and the dashboard hang on them: its
 * dcgm-exporter runs by itself on every node of an NVIDIA type, with CAP_SYS_ADMIN, without which Bottlerocket shows it no GPU
 * (https://github.com/aws-observability/helm-charts/pull/217, tried there on Bottlerocket 1.40), in the add-on's own namespace, where no
 * tenant's or team's pod is. Chart 6.4.0 of 2026-07-21: 250m and 128Mi a GPU node, every taint tolerated, types g3 to g6e, p2 to p6.
 * @see https://github.com/aws-observability/helm-charts/blob/71a298ffdebe9d4e13ac709d24398062a2afe8ca/charts/amazon-cloudwatch-observability/values.yaml (dcgmExporter)
 */
const METRICS = { enhanced_container_insights: true, accelerated_compute_metrics: true } as const;

/**
 * Metrics of the cluster; of what pods say, in production tenants' output to their own log groups, in research nothing. By default the
 * add-on ships all containers' output to one group that all tenants would share, and injects Application Signals into every service
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/install-CloudWatch-Observability-EKS-addon.html, 2026-11-24).
 */
export function cloudWatchObservability(env: Environment, cluster: ClusterName): object {
  return {
    containerLogs:
      cluster === 'production' ? { enabled: true, fluentBit: { config: tenantLogFiles(env) } } : { enabled: false },
    // Given whole, since the default has an `application_signals` section in logs and traces.
    agent: { config: { logs: { metrics_collected: { kubernetes: METRICS } } } },
    manager: { applicationSignals: { autoMonitor: { monitorAllServices: false } } },
  };
}
