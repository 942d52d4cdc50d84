/** The closed word lists that every room shares. A word is added here and nowhere else. */

/** What kind of content a tenant hands over; also the prefix under `raw/` and the name of the pipeline that reads it. */
export const DATA_CLASSES = ['video', 'audio', 'text'] as const;
export type DataClass = (typeof DATA_CLASSES)[number];

/** One batch pipeline per data class: it reads `raw/<class>/` and writes `derived/`. */
export const PIPELINES = DATA_CLASSES;
export type Pipeline = DataClass;

/** The two clusters of an environment, each in an account and a VPC of its own. */
export const CLUSTERS = ['production', 'research'] as const;
export type ClusterName = (typeof CLUSTERS)[number];

/** The accounts of an environment: one per cluster, that of the organisation, and the one of the audit's evidence. */
export const ACCOUNTS = ['management', 'production', 'research', 'audit'] as const;
export type AccountName = (typeof ACCOUNTS)[number];

/** `active` works; `suspended` keeps its data and runs nothing; `erasing` admits the eraser only; `erased` leaves its name. */
export const TENANT_STATES = ['active', 'suspended', 'erasing', 'erased'] as const;
export type TenantState = (typeof TENANT_STATES)[number];

/** `dedicated`: nodes that carry this tenant's label while it works. `shared`: nodes shared with other `shared` tenants. */
export const ISOLATION_MODES = ['dedicated', 'shared'] as const;
export type IsolationMode = (typeof ISOLATION_MODES)[number];

/** The only reasons for which a person or a pod of research may read tenant data. */
export const PURPOSES = [
  'model-training',
  'model-evaluation',
  'quality-assurance',
  'annotation',
  'incident-investigation',
] as const;
export type Purpose = (typeof PURPOSES)[number];

/** How the people of a grant reach what it opens. */
export const GRANT_WAYS = ['pods', 'sessions'] as const;
export type GrantWay = (typeof GRANT_WAYS)[number];

/** The only reasons for which a tenant's model is trained again. */
export const RETRAIN_REASONS = ['first-model', 'new-data', 'drift', 'new-base', 'erasure'] as const;
export type RetrainReason = (typeof RETRAIN_REASONS)[number];

/** The service accounts of a tenant's namespace; the rights of each are apart. */
export const TENANT_SERVICE_ACCOUNTS = ['pipeline', 'training', 'inference'] as const;
export type TenantServiceAccount = (typeof TENANT_SERVICE_ACCOUNTS)[number];

/**
 * The prefixes of a tenant's bucket. What an interrupted stage leaves for the next machine lies apart from what it made, so that no grant on a class
 * and no training reads half a result; and so do the checkpoints of trainings, which no pipeline reads.
 */
export const BUCKET_PREFIXES = {
  raw: 'raw/',
  derived: 'derived/',
  models: 'models/',
  exports: 'exports/',
  checkpoints: 'checkpoints/',
  trainings: 'trainings/',
} as const;

/** The model servers: Triton for ONNX models and tenants' own heads, vLLM for a language model with its tenants' adapters. */
export const ENGINES = ['triton', 'vllm'] as const;
export type Engine = (typeof ENGINES)[number];

/** How a tenant's models are served: beside others', or on servers of its own. */
export const SERVING_MODES = ['shared', 'dedicated'] as const;
export type ServingMode = (typeof SERVING_MODES)[number];
