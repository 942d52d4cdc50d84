import fastify, { type FastifyInstance } from 'fastify';
import type { RouterState } from './state';

/**
 * The second door, for probes, Prometheus and KEDA: tenants' network policies open no way to its port, and it tells counts alone.
 * @param areKeysThere whether the issuer's keys have been got
 */
export function operations(state: RouterState, areKeysThere: () => boolean): FastifyInstance {
  const app = fastify({ logger: false, exposeHeadRoutes: false, forceCloseConnections: true });
  app.get('/healthz', () => ({ ok: true }));
  app.get('/readyz', async (_, reply) => {
    const missing = [...(areKeysThere() ? [] : ['keys']), ...(state.isStopping ? ['stopping'] : [])];
    await reply.code(missing.length === 0 ? 200 : 503).send({ ok: missing.length === 0, missing });
  });
  app.get('/demand', () => ({ pools: state.pools.demand }));
  app.get('/metrics', async (_, reply) => {
    await reply.type(state.metrics.contentType).send(await state.metrics.text());
  });
  return app;
}
