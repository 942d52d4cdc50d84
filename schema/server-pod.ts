/**
 * What the pod of a model server looks like to the server and to the loader beside it: volumes, files, ports, command lines. Whoever renders the
 * pod renders exactly this. docs/decisions/0027-a-loader-beside-each-server.md
 */

/** TCP port of both engines, the same on Service and container: the VPC CNI's policies do not see a translated one. */
export const MODEL_SERVER_PORT = 8000;

/** Mount paths. */
export const SERVER_MOUNTS = {
  /** The ConfigMap with `config.json`; the loader alone, read-only, as a folder, since a `subPath` sees no change. */
  config: '/etc/atoll/server',
  /** An emptyDir on the node's disk; the loader writes, the server reads. */
  models: '/models',
  /** An emptyDir of medium Memory, `CONTROL_VOLUME_MIB` large; the loader writes, the server reads. */
  control: '/run/atoll',
  /** An emptyDir of each container's own, for HOME and caches: the root file system is read-only. */
  scratch: '/tmp',
  /** An emptyDir of medium Memory of the server's own: both engines share tensors between processes there. */
  sharedMemory: '/dev/shm',
} as const;
export const CONTROL_VOLUME_MIB = 1;

/** Files and folders on them. */
export const SERVER_FILES = {
  config: `${SERVER_MOUNTS.config}/config.json`,
  /** What was fetched, a folder for each digest. */
  store: `${SERVER_MOUNTS.models}/store`,
  /** Triton's model repository. */
  repository: `${SERVER_MOUNTS.models}/repository`,
  /** The value that Triton asks for before it loads or unloads: drawn by the loader at its start. */
  key: `${SERVER_MOUNTS.control}/key`,
  /** What the loader's probes read. */
  state: `${SERVER_MOUNTS.control}/state.json`,
  /** What vLLM is started with. */
  vllm: `${SERVER_MOUNTS.control}/vllm.yaml`,
} as const;

/**
 * User and group of both containers, and `fsGroup`: what the loader writes, the server reads. It is the user that vLLM's image has besides root,
 * since torch looks the user up at its import and ends where there is none.
 * @see https://github.com/vllm-project/vllm/pull/40275 (2026-04-19, looked up 2026-11-26)
 */
export const SERVER_USER = 2000;

/** How the loader ends. */
export const LOADER_EXITS = {
  /** SIGTERM or SIGINT. */
  stopped: 0,
  /** EX_USAGE: its configuration; every fault of it is on standard error. */
  configuration: 64,
  /** EX_NOINPUT: the language model is not to be had or not what its digest says. Without it no adapter works. */
  base: 66,
  /** EX_CANTCREAT: a volume that cannot be written. */
  volume: 73,
} as const;

/** Seconds that the loader needs from SIGTERM on; sidecars end after the server. */
export const LOADER_GRACE_SECONDS = 10;

/** What the loader's probes ask; each is a command, since the loader listens on no address. */
export type LoaderProbe = 'started' | 'ready' | 'alive';

/**
 * Command of a probe of the loader's container.
 *
 * `started`, the startup probe: the server may start. Beside Triton that is at once, beside vLLM when all is fetched. `ready`, the readiness probe:
 * every model is loaded, or left out and reported; a sidecar's counts for the whole pod. `alive`, the liveness probe.
 */
export const loaderProbeCommand = (probe: LoaderProbe): readonly string[] => ['node', '/app/main.js', 'probe', probe];

/** Header that carries the key. Lower-case: Triton compares without regard to case, and HTTP/1.1 of Node sends it as it stands. */
export const KEY_HEADER = 'atoll-loader-key';
/** Letters of the key: 32 random bytes in hexadecimal, since Triton splits the option at ':' and '='. */
export const KEY_LENGTH = 64;

/** All of Triton's APIs besides `health` and `inference`, which the router asks. */
const RESTRICTED = 'metadata,shared-memory,model-config,model-repository,statistics,trace,logging';

/** What Triton is started with besides the key. */
export const tritonArguments = (): readonly string[] => [
  `--model-repository=${SERVER_FILES.repository}`,
  // Nothing is loaded that the loader does not ask for.
  '--model-control-mode=explicit',
  `--http-port=${MODEL_SERVER_PORT}`,
  '--allow-http=true',
  // Each would be a door of its own; the one of SageMaker ignored restrictions (CVE-2026-24207).
  '--allow-grpc=false',
  '--allow-sagemaker=false',
  '--allow-vertex-ai=false',
  '--allow-metrics=false',
  '--strict-readiness=true',
  '--exit-timeout-secs=30',
  '--log-verbose=0',
];

/**
 * Triton's container: a shell puts the key into the command line, since Triton reads it from nowhere else. It starts nothing where there is none.
 * The line is seen by processes of the container alone: the pod must not share its process namespace.
 * @see https://github.com/triton-inference-server/server/blob/e1db8a60/docs/customization_guide/inference_protocols.md#limit-endpoint-access-beta
 * (2026-08-19, looked up 2026-11-26), and `ParseRestrictedFeatureOption` of src/command_line_parser.cc for the form
 */
export const tritonCommand = (): readonly string[] => [
  '/bin/sh',
  '-euc',
  `key="$(cat ${SERVER_FILES.key})"; [ "\${#key}" -eq ${KEY_LENGTH} ]; exec tritonserver "$@" "--http-restricted-api=${RESTRICTED}:${KEY_HEADER}=$key"`,
  'tritonserver',
];

export const TRITON_ENVIRONMENT = { HOME: SERVER_MOUNTS.scratch, TMPDIR: SERVER_MOUNTS.scratch } as const;

/**
 * vLLM's container. The model, its adapters and their memory stand in the file, which the loader writes before the server starts; an argument
 * here goes before one of the file.
 * @see https://raw.githubusercontent.com/vllm-project/vllm/v0.30.0/docs/configuration/serve_args.md (looked up 2026-11-26)
 */
export const vllmCommand = (): readonly string[] => ['vllm', 'serve'];
export const vllmArguments = (): readonly string[] => [
  '--config',
  SERVER_FILES.vllm,
  '--host',
  '0.0.0.0',
  '--port',
  String(MODEL_SERVER_PORT),
];

/** VLLM_ALLOW_RUNTIME_LORA_UPDATING is not among them, on purpose: whoever may call it loads any file as anybody's adapter. */
export const VLLM_ENVIRONMENT = {
  HOME: SERVER_MOUNTS.scratch,
  TMPDIR: SERVER_MOUNTS.scratch,
  USER: 'vllm',
  LOGNAME: 'vllm',
  XDG_CACHE_HOME: `${SERVER_MOUNTS.scratch}/cache`,
  VLLM_CACHE_ROOT: `${SERVER_MOUNTS.scratch}/cache/vllm`,
  TORCHINDUCTOR_CACHE_DIR: `${SERVER_MOUNTS.scratch}/cache/inductor`,
  TRITON_CACHE_DIR: `${SERVER_MOUNTS.scratch}/cache/triton`,
  HF_HUB_OFFLINE: '1',
  TRANSFORMERS_OFFLINE: '1',
  VLLM_NO_USAGE_STATS: '1',
  DO_NOT_TRACK: '1',
} as const;
