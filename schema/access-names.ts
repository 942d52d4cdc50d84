import type { Grant } from './grant';
import { base, type Env, PREFIX } from './name-base';
import type { DataClass } from './vocabulary';

/** What one grant has in AWS, all of it in the research account. */
export const grantNames = {
  /** Role of the pods that run as the grant's service account. */
  role: (env: Env, grant: string): string => `${base(env)}-grant-${grant}`,
  roleArn: (env: Env, grant: string): string =>
    `arn:aws:iam::${env.accounts.research}:role/${grantNames.role(env, grant)}`,
  /** Role that a person of the grant assumes out of the organisation's sign-in, where the grant opens that way. */
  sessionRole: (env: Env, grant: string): string => `${base(env)}-session-${grant}`,
  sessionRoleArn: (env: Env, grant: string): string =>
    `arn:aws:iam::${env.accounts.research}:role/${grantNames.sessionRole(env, grant)}`,
  /** Athena workgroup. One for each grant and not for each team: whoever reads a workgroup's results reads what its queries read. */
  workGroup: (env: Env, grant: string): string => `${base(env)}-grant-${grant}`,
};

/**
 * Patterns of the roles of all grants. A policy in another account exempts and binds them together by these and opens to each by its ARN:
 * across accounts what is not opened is closed, and the ARNs of every grant would fill a bucket's policy.
 */
export const grantRolePatterns = (env: Env): string[] => [
  grantNames.roleArn(env, '*'),
  grantNames.sessionRoleArn(env, '*'),
];

/** The roles of a grant, by the ways in which it opens. */
export const grantRoleArns = (env: Env, { id, ways }: Pick<Grant, 'id' | 'ways'>): string[] => [
  ...(ways.includes('pods') ? [grantNames.roleArn(env, id)] : []),
  ...(ways.includes('sessions') ? [grantNames.sessionRoleArn(env, id)] : []),
];

/**
 * Id of a statement that is about one grant. It takes letters and digits only: no grant's id has a capital, so none is taken for another.
 */
export const grantSid = (grant: string, rest: string): string => `Grant${grant.replaceAll('-', 'X')}${rest}`;

/** Where a team keeps what it made of granted data: the results of queries and the manifests of datasets, a folder for each grant. */
export const teamStoreNames = {
  bucket: (env: Env, team: string): string => `${base(env)}-team-${team}-${env.accounts.research}`,
  bucketArn: (env: Env, team: string): string => `arn:aws:s3:::${teamStoreNames.bucket(env, team)}`,
  keyAlias: (env: Env, team: string): string => `alias/${PREFIX}/${env.name}/team/${team}`,
  budget: (env: Env, team: string): string => `${base(env)}-team-${team}`,
  resultsPrefix: (grant: string): string => `results/${grant}/`,
  datasetsPrefix: (grant: string): string => `datasets/${grant}/`,
  /** Checkpoints and candidate of a training, beside the grant's datasets, whose names begin with a letter. */
  trainingPrefix: (grant: string, training: string): string =>
    `${teamStoreNames.datasetsPrefix(grant)}_trainings/${training}/`,
};

/** Shared corpora, which hold no tenant's data. */
export const corpusNames = {
  bucket: (env: Env, corpus: string): string => `${base(env)}-corpus-${corpus}-${env.accounts.research}`,
  bucketArn: (env: Env, corpus: string): string => `arn:aws:s3:::${corpusNames.bucket(env, corpus)}`,
  keyAlias: (env: Env, corpus: string): string => `alias/${PREFIX}/${env.name}/corpus/${corpus}`,
  importRole: (env: Env, corpus: string): string => `${base(env)}-corpus-${corpus}-import`,
  importRoleArn: (env: Env, corpus: string): string =>
    `arn:aws:iam::${env.accounts.research}:role/${corpusNames.importRole(env, corpus)}`,
  /** Files of any kind. */
  objectsPrefix: 'objects/',
  /** Files of the table, where the corpus has one. */
  tablePrefix: 'table/',
};

const underscored = (name: string): string => name.replaceAll('-', '_');

/** Glue databases and tables of the research account. Names there take no hyphen. */
export const catalogueNames = {
  database: (env: Env, tenant: string, dataClass: DataClass): string =>
    underscored(`${base(env)}-${tenant}-${dataClass}`),
  corpusDatabase: (env: Env, corpus: string): string => underscored(`${base(env)}-corpus-${corpus}`),
  /** The one table of a corpus. */
  corpusTable: (corpus: string): string => underscored(corpus),
  /** What the pipeline of a class made of each recording, mail or note: one row each. */
  recordsTable: 'records',
};
