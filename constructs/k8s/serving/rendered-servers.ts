import type { Environment } from '../../../schema/model';
import { placeModels, type Server } from '../../../schema/placement/place';
import type { ServerConfigInput } from '../../../schema/server-config';
import { serverConfigOf } from '../../../schema/server-config-of';
import type { ServingPool } from '../../../schema/serving-pool';
import { servingNames } from '../../../schema/serving-names';

/** A server with what its loader is told. */
export interface RenderedServer {
  readonly server: Server;
  readonly pool: ServingPool;
  readonly config: ServerConfigInput;
}

/**
 * The servers on which something is released: a language model without its weights has nothing to start, and a server that nothing is on serves
 * nobody. Their roles are there before, so that the first release changes no rights.
 */
export const renderedServers = (env: Environment): readonly RenderedServer[] =>
  placeModels(env, env.placement).servers.flatMap((server) => {
    const config = serverConfigOf(server, env, servingNames.bucket(env));
    const pool = env.servingPools.find(({ name }) => name === server.pool);
    return config === undefined || pool === undefined ? [] : [{ server, pool, config }];
  });
