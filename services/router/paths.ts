import type { ServerKind } from '../../schema/router-config';

/**
 * What a tenant may ask of a model, and nothing else is routed: not Triton's repository, shared memory, statistics, trace and logging,
 * not vLLM's loading of adapters, tokenizing, sleeping and the many that its API key does not cover.
 * @see https://github.com/triton-inference-server/server/blob/main/docs/protocol/README.md (2026-11-26)
 * @see https://github.com/vllm-project/vllm/blob/main/docs/usage/security.md (2026-11-26)
 */
export const OPERATIONS = ['infer', 'chat', 'completion', 'embedding'] as const;
export type Operation = (typeof OPERATIONS)[number];

interface Way {
  readonly kind: ServerKind;
  /** Path for clients, who name the type of model in it: an OpenAI client's base URL ends with `/v1`, a Triton client's with the port. */
  readonly client: (type: string) => string;
  /** Path at the servers. */
  readonly server: (model: string) => string;
}

export const WAYS: Readonly<Record<Operation, Way>> = {
  infer: {
    kind: 'triton',
    client: (type) => `/v2/models/${type}/infer`,
    server: (model) => `/v2/models/${model}/infer`,
  },
  chat: {
    kind: 'vllm',
    client: (type) => `/models/${type}/v1/chat/completions`,
    server: () => '/v1/chat/completions',
  },
  completion: {
    kind: 'vllm',
    client: (type) => `/models/${type}/v1/completions`,
    server: () => '/v1/completions',
  },
  embedding: {
    kind: 'vllm',
    client: (type) => `/models/${type}/v1/embeddings`,
    server: () => '/v1/embeddings',
  },
};

/** Where a kind of server says that it is ready, which it does with 200. */
export const READY_PATHS: Readonly<Record<ServerKind, string>> = { triton: '/v2/health/ready', vllm: '/health' };
