/**
 * Release of Bottlerocket that every pool's nodes run, with and without NVIDIA drivers: Karpenter picks the variant by machine. Pinned, since
 * `latest` makes all nodes drift on the day of a release that nobody here has reviewed; it has variants for Kubernetes 1.35 and 1.36.
 * @see https://github.com/bottlerocket-os/bottlerocket/releases/tag/v1.66.0 (2026-09-22, looked up 2026-11-24; the page still called it
 * a pre-release, and that each region has its images was not looked up: docs/open-claims.md)
 */
const BOTTLEROCKET_VERSION = 'v1.66.0';
export const BOTTLEROCKET_ALIAS = `bottlerocket@${BOTTLEROCKET_VERSION}`;

/** No Session Manager (the control container) and no admin container on a node, and no telemetry out of a network without a way out. */
export const LOCKED_HOST_CONTAINERS = `[settings.host-containers.admin]
enabled = false
[settings.host-containers.control]
enabled = false
[settings.metrics]
send-metrics = false
`;

/**
 * SOCI's parallel mode downloads and unpacks the layers of one image at once; without it a 15 to 20 GB image takes 4 to 6 minutes by
 * AWS's own account ("Reducing container cold start times using SOCI index on DLAMI and DLC"). For images in ECR its guide
 * recommends parts of 8 or 16 MB and 10 to 20 downloads per image; 10 unpacks are its example. It also recommends machines of 64
 * cores and 128 GB, which not every pool has: what the mode gains on a small one is not measured (docs/open-claims.md).
 * @see https://github.com/awslabs/soci-snapshotter/blob/main/docs/parallel-mode.md (2026-11-24)
 * @see https://bottlerocket.dev/en/os/1.53.x/api/settings/container-runtime-plugins (2026-11-24), for the settings
 */
const PARALLEL_PULL = `[settings.container-runtime]
snapshotter = "soci"
[settings.container-runtime-plugins.soci-snapshotter]
pull-mode = "parallel-pull-unpack"
[settings.container-runtime-plugins.soci-snapshotter.parallel-pull-unpack]
max-concurrent-downloads-per-image = 10
concurrent-download-chunk-size = "16mb"
max-concurrent-unpacks-per-image = 10
discard-unpacked-layers = true
`;

/**
 * Bottlerocket removes containers and images when it finds another snapshotter selected than at the boot before, and a snapshot is taken
 * to be written with the default one. So a pool with a snapshot keeps the default, and loads what is missing with more downloads at
 * once; the 10 is an estimate. That a volume from a snapshot counts as "the boot before" was not tried (docs/open-claims.md).
 * @see https://bottlerocket.dev/en/os/1.52.x/api/settings/container-runtime (2026-11-24)
 */
const DEFAULT_PULL = `[settings.container-runtime]
max-concurrent-downloads = 10
`;

/** User data (TOML) of a pool's nodes; Karpenter adds the cluster's own settings. */
export function bottlerocketUserData(hasSnapshot: boolean): string {
  return LOCKED_HOST_CONTAINERS + (hasSnapshot ? DEFAULT_PULL : PARALLEL_PULL);
}
