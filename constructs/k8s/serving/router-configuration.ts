import { holdSeconds } from '../../../schema/cold-start';
import type { Environment } from '../../../schema/model';
import { clusterObjectNames } from '../../../schema/names';
import { ROUTER_CONFIG_FORMAT, type RouterConfigInput } from '../../../schema/router-config';
import { MODEL_SERVER_PORT } from '../../../schema/server-pod';
import type { RenderedServer } from './rendered-servers';

/** Where the files for the API server are mounted: the router's own token and the authority of the cluster. */
export const ROUTER_TOKEN_FOLDER = '/var/run/secrets/atoll.dev/api-server';

/** A model that is released, and the server that has it. */
interface Served {
  readonly type: string;
  readonly pool: string;
  readonly digest: string;
  /** @default - common */
  readonly tenant?: string | undefined;
  /** @default - of a server for several */
  readonly dedicatedTo?: string | undefined;
}

/**
 * Which models lie on which server, as the router is told: what is released, of tenants that are active. Each server is a pool of its own, since the
 * models on it are no other's.
 */
export function routerConfiguration(env: Environment, servers: readonly RenderedServer[]): RouterConfigInput {
  const served = servers.flatMap(servedBy);
  const common = (of: (one: Served) => boolean): RouterConfigInput['common'] =>
    served.filter((one) => one.tenant === undefined && of(one)).map(({ type, pool }) => ({ type, pool, model: type }));
  return {
    format: ROUTER_CONFIG_FORMAT,
    identity: {
      keysUrl: 'https://kubernetes.default.svc/openid/v1/jwks',
      keysCaFile: `${ROUTER_TOKEN_FOLDER}/ca.crt`,
      keysTokenFile: `${ROUTER_TOKEN_FOLDER}/token`,
    },
    pools: servers.map(({ server: { id, engine }, pool }) => ({
      name: id,
      kind: engine,
      holdSeconds: holdSeconds(pool),
      url: `http://${id}.${clusterObjectNames.servingNamespace}.svc.cluster.local:${MODEL_SERVER_PORT}`,
    })),
    common: common(({ dedicatedTo }) => dedicatedTo === undefined),
    tenants: env.tenants
      .filter(({ state }) => state === 'active')
      .map(({ id, serving }) => ({
        id,
        models: served.filter(({ tenant }) => tenant === id).map(({ type, pool, digest }) => ({ type, pool, digest })),
        // Never a shared server, be it for a model that its own do not have.
        ...(serving === 'dedicated' ? { common: common(({ dedicatedTo }) => dedicatedTo === id) } : {}),
      })),
  };
}

function servedBy({ server: { id: pool, dedicatedTo }, config }: RenderedServer): Served[] {
  const models = config.engine === 'vllm' ? [config.base, ...config.models] : config.models;
  return models.map((model) => ({
    type: model.type,
    pool,
    digest: model.digest,
    tenant: 'tenant' in model ? model.tenant : undefined,
    dedicatedTo,
  }));
}
