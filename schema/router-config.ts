import { z } from 'zod';
import { wholeNumberOr } from './number-field';
import { digestSchema } from './releases';
import { slugSchema } from './slug';
import { tenantIdSchema } from './tenant';

/**
 * The contract between whoever renders the router's ConfigMap, the router (`services/router`), the loaders beside the model servers, and
 * KEDA. docs/decisions/0025-the-router.md
 */

/** What a router's configuration says first of itself; another form is another number. */
export const ROUTER_CONFIG_FORMAT = 'atoll-router/1';

/** TCP port of the router's second door, for probes, Prometheus and KEDA; tenants have no way to it. */
export const ROUTER_OPERATIONS_PORT = 9090;

/** How the router ends. */
export const ROUTER_EXITS = {
  /** SIGTERM or SIGINT, and every answer that was under way is given or cut at the end of the grace. */
  stopped: 0,
  /** EX_USAGE: its configuration; every fault of it is on standard error. */
  configuration: 64,
  /** EX_UNAVAILABLE: one of its ports cannot be listened on. */
  unavailable: 69,
} as const;

/** Seconds that answers under way have from SIGTERM on; the pod's own grace has to be longer. */
export const ROUTER_GRACE_SECONDS = 90;

/** Kinds of model servers, by the protocol that they speak. */
export const SERVER_KINDS = ['triton', 'vllm'] as const;
export type ServerKind = (typeof SERVER_KINDS)[number];

/**
 * Name under which a loader loads a tenant's adapter or head, and by which the router asks for it: made of its content alone, so that no
 * name can come to mean another content, and no two contents share what a server caches by name.
 */
export const contentModelName = (digest: string): string => digest.replace(':', '-');

/**
 * Where the demand of a pool is in the router's `GET /demand`, as the `valueLocation` of KEDA's metrics-api trigger with `format: json`.
 * Each router tells its own, so that the trigger needs `aggregateFromKubeServiceEndpoints: true` and `aggregationType: sum` over more than one.
 * @see https://keda.sh/docs/2.20/scalers/metrics-api (2026-11-26)
 */
export const demandLocation = (pool: string): string => `pools.${pool}.demand`;

const poolSchema = z.strictObject({
  name: slugSchema.describe('Name of the pool, 2 to 20 lower-case letters, digits and hyphens.'),
  kind: z
    .enum(SERVER_KINDS)
    .describe("triton: the v2 protocol's infer. vllm: the OpenAI protocol's completions and embeddings."),
  url: z
    .string()
    .regex(/^https?:\/\/[^\s/?#@]+$/, 'http:// or https://, a host and a port, without a path')
    .describe('Where its servers answer: a Service, so without a path. It may have no server yet.'),
  holdSeconds: wholeNumberOr(600, 'How long a request waits for a server and for its turn; then 503.', {
    unit: 'seconds',
    min: 1,
    max: 3600,
  }),
  answerSeconds: wholeNumberOr(300, 'How long a server may take until its answer begins; then 504.', {
    unit: 'seconds',
    min: 1,
    max: 3600,
  }),
  silenceSeconds: wholeNumberOr(60, 'Longest pause within an answer; then it is cut.', {
    unit: 'seconds',
    min: 1,
    max: 600,
  }),
  retryAfterSeconds: wholeNumberOr(30, 'What Retry-After says with 429 and 503.', {
    unit: 'seconds',
    min: 1,
    max: 600,
  }),
  running: wholeNumberOr(64, 'Most requests at its servers at once, by this router.', {
    unit: 'requests',
    min: 1,
    max: 1024,
  }),
  runningPerTenant: wholeNumberOr(16, 'Most of these of one tenant; at most `running`.', {
    unit: 'requests',
    min: 1,
    max: 1024,
  }),
  heldPerTenant: wholeNumberOr(64, 'Most requests of one tenant that wait, at this router; one more is answered 429.', {
    unit: 'requests',
    min: 1,
    max: 10_000,
  }),
  bodyBytes: wholeNumberOr(4 * 2 ** 20, 'Longest body of a request; then 413.', {
    unit: 'bytes',
    min: 1024,
    max: 256 * 2 ** 20,
  }),
});
export type RouterPool = z.output<typeof poolSchema>;

const place = {
  type: slugSchema.describe("Id of the model type in the environment's catalogue; clients name it in the path."),
  pool: slugSchema.describe('Name of the pool whose servers have the model.'),
};

const commonModelSchema = z.strictObject({
  ...place,
  model: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/, 'letters, digits, dots, underscores and hyphens, at most 128')
    .describe("Name of the model at its servers: Triton's, or vLLM's served model name."),
});

const tenantModelSchema = z.strictObject({
  ...place,
  digest: digestSchema.describe(
    "Content hash of the tenant's released adapter or head; its name at the servers is made of it.",
  ),
});

/** An absolute path of a mounted file. */
const fileSchema = z.string().regex(/^\/\S+$/, 'an absolute path');

const identitySchema = z.strictObject({
  issuer: z
    .string()
    .regex(/^https?:\/\/\S+$/, 'the URL of an issuer')
    .optional()
    .describe(
      "The cluster's OIDC issuer, compared with the token's `iss` letter by letter. EKS makes its name, so that nobody knows it before there is " +
        "a cluster: default the issuer of the token in `keysTokenFile`, which the cluster's kubelet put there.",
    ),
  keysUrl: z
    .string()
    .regex(/^(https:\/\/\S+|http:\/\/127\.0\.0\.1:\S+)$/, 'an https URL, or one of 127.0.0.1')
    .describe(
      "The issuer's JWKS. In a VPC without a way out that is the API server's own `/openid/v1/jwks`: the same keys, by the two files below.",
    ),
  keysCaFile: fileSchema
    .optional()
    .describe('Authority that the JWKS server is checked by, PEM. Default the public ones.'),
  keysTokenFile: fileSchema.optional().describe('Token to show to the JWKS server, read anew each time. Default none.'),
});

/** The whole configuration, as JSON in a mounted file. */
export const routerConfigSchema = z.strictObject({
  format: z.literal(ROUTER_CONFIG_FORMAT),
  identity: identitySchema.describe('Whose tokens count. A change of it needs a restart.'),
  heldBytes: wholeNumberOr(512 * 2 ** 20, 'Most bytes of bodies in memory at once; one more is answered 503.', {
    unit: 'bytes',
    min: 2 ** 20,
    max: 64 * 2 ** 30,
  }),
  heldBytesPerTenant: wholeNumberOr(64 * 2 ** 20, 'Most of these of one tenant; then 429. At most `heldBytes`.', {
    unit: 'bytes',
    min: 1024,
    max: 64 * 2 ** 30,
  }),
  bodySeconds: wholeNumberOr(60, 'How long a body may take to arrive; then 408.', {
    unit: 'seconds',
    min: 1,
    max: 600,
  }),
  pools: z.array(poolSchema).max(200).describe('Pools of model servers; none until a model is released.'),
  common: z
    .array(commonModelSchema)
    .max(200)
    .describe('Models that every tenant below may ask that has no list of its own.'),
  tenants: z
    .array(
      z.strictObject({
        id: tenantIdSchema,
        models: z.array(tenantModelSchema).max(100).describe('Its own models.'),
        common: z
          .array(commonModelSchema)
          .max(200)
          .optional()
          .describe(
            "All the common models that it may ask, on servers of its own. Default those that are everybody's.",
          ),
      }),
    )
    .max(1000)
    .describe('Tenants that may ask at all, each with its own models. Who is not here is refused, whatever the token.'),
});
export type RouterConfigInput = z.input<typeof routerConfigSchema>;
export type RouterConfig = z.output<typeof routerConfigSchema>;

/** One pool in the answer to `GET /demand`. */
export interface PoolDemand {
  /** Requests that wait for a server or for their turn. */
  readonly held: number;
  /** Requests at its servers. */
  readonly running: number;
  /** Both together: what KEDA scales by. */
  readonly demand: number;
}
