import type { Environment } from '../../../schema/model';
import { tenantNames } from '../../../schema/names';
import type { Tenant } from '../../../schema/tenant';
import type { Pipeline } from '../../../schema/vocabulary';

/** What decides what a variable of a pipeline's container has to say. */
export interface Contract {
  readonly environment: Environment;
  readonly tenant: Tenant;
  readonly pipeline: Pipeline;
  /** Where its one volume is mounted. */
  readonly scratch: string;
}

/**
 * Every environment variable of a pipeline's container, and the one value that it may have: the worker reads and writes where they
 * say. One that is not here is unknown to the proof; AWS's SDKs take endpoints, roles and credentials from many.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html (2026-11-26)
 */
export const VARIABLES: Readonly<Record<string, (contract: Contract) => string>> = {
  ATOLL_TENANT: ({ tenant }) => tenant.id,
  ATOLL_PIPELINE: ({ pipeline }) => pipeline,
  ATOLL_QUEUE_URL: ({ environment, tenant, pipeline }) => tenantNames.queueUrl(environment, tenant.id, pipeline),
  ATOLL_BUCKET: ({ environment, tenant }) => tenantNames.bucket(environment, tenant.id),
  ATOLL_ACCOUNT: ({ environment }) => environment.accounts.production,
  ATOLL_STAGES: ({ environment, pipeline }) =>
    JSON.stringify(environment.pipelines.find(({ name }) => name === pipeline)?.stages),
  AWS_REGION: ({ environment }) => environment.region,
  HOME: ({ scratch }) => scratch,
  TMPDIR: ({ scratch }) => scratch,
};
