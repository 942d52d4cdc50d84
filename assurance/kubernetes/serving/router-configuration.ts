import { EnvironmentFaults } from '../../../schema/faults';
import type { Environment } from '../../../schema/model';
import { clusterObjectNames } from '../../../schema/names';
import type { Server } from '../../../schema/placement/place';
import { readRouterConfig } from '../../../schema/read-router-config';
import type { RouterConfig } from '../../../schema/router-config';
import { MODEL_SERVER_PORT } from '../../../schema/server-pod';
import type { Finding } from '../../finding';
import { finding } from '../way';
import { isCommon } from './released';

/**
 * What the router is told is what the record of places and that of releases say: each tenant that is active and no other may ask, its own models by
 * their released digests on the servers where they lie, and a tenant on servers of its own at no shared one.
 * @param running servers that are rendered
 */
export function proveRouterConfiguration(
  environment: Environment,
  running: readonly Server[],
  value: unknown,
  subject: string,
): readonly Finding[] {
  let config: RouterConfig;
  try {
    config = readRouterConfig(JSON.stringify(value), subject);
  } catch (error) {
    if (!(error instanceof EnvironmentFaults)) throw error;
    return error.faults.map(({ path, got, allowed }) =>
      finding('not-understood', subject, `${path}: got ${got}, ${allowed}`),
    );
  }
  const wrong: string[] = [];
  const asked = (what: string, got: unknown, allowed: unknown): void => {
    const [a, b] = [got, allowed].map((one) => (one === undefined ? 'nothing' : JSON.stringify(one)));
    if (a !== b) wrong.push(`${what}: got ${a}, allowed ${b}`);
  };
  asked('identity', config.identity, {
    ...config.identity,
    keysUrl: 'https://kubernetes.default.svc/openid/v1/jwks',
    // The cluster makes its issuer's name, and the router's own token says it.
    issuer: undefined,
  });
  asked(
    'pools',
    config.pools.map(({ name, kind, url }) => [name, kind, url]),
    running.map(({ id, engine }) => [
      id,
      engine,
      `http://${id}.${clusterObjectNames.servingNamespace}.svc.cluster.local:${MODEL_SERVER_PORT}`,
    ]),
  );
  const active = environment.tenants.filter(({ state }) => state === 'active');
  asked(
    'tenants',
    config.tenants.map(({ id }) => id),
    active.map(({ id }) => id),
  );
  asked('common', config.common, commonOn(environment, running, undefined));
  for (const { id, serving } of active) {
    const told = config.tenants.find((each) => each.id === id);
    if (told === undefined) continue;
    asked(`tenants ${id}: models`, told.models, ownModels(environment, running, id));
    const own = serving === 'dedicated' ? commonOn(environment, running, id) : undefined;
    asked(`tenants ${id}: common`, told.common, own);
  }
  return wrong.map((what) => finding('open', subject, `whose models the router routes: ${what}`));
}

/** Released common models on shared servers, or on those of one tenant. */
const commonOn = (
  environment: Environment,
  running: readonly Server[],
  tenant: string | undefined,
): RouterConfig['common'] =>
  running
    .filter(({ dedicatedTo }) => dedicatedTo === tenant)
    .flatMap(({ id, base, models }) => {
      const types = models.map(({ model }) => model).filter((type) => isCommon(environment, type));
      // A server's own language model comes first.
      const sorted = [...types.filter((type) => type === base?.model), ...types.filter((type) => type !== base?.model)];
      return sorted
        .filter((type) => environment.releases.common[type] !== undefined)
        .map((type) => ({ type, pool: id, model: type }));
    });

const ownModels = (
  environment: Environment,
  running: readonly Server[],
  tenant: string,
): RouterConfig['tenants'][number]['models'] =>
  running.flatMap(({ id, models }) =>
    models
      .filter((each) => each.tenant === tenant && !isCommon(environment, each.model))
      .flatMap(({ model }) => {
        const digest = environment.releases.tenants[tenant]?.[model];
        return digest === undefined ? [] : [{ type: model, pool: id, digest }];
      }),
  );
