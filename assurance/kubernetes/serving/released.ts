import type { Environment } from '../../../schema/model';
import type { PlacedModel } from '../../../schema/placement/place';

/** Whether a model type is common to all tenants. */
export const isCommon = (environment: Environment, type: string): boolean =>
  environment.models.some(({ id, scope }) => id === type && scope === 'common');

/** The digest of a model that is in service; of a copy of a common model for one tenant everybody's. */
export const releaseOf = (environment: Environment, { model, tenant }: PlacedModel): string | undefined =>
  isCommon(environment, model)
    ? environment.releases.common[model]
    : environment.releases.tenants[tenant ?? '']?.[model];
