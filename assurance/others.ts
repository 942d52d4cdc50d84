import type { Environment } from '../schema/model';
import { proveErasure } from './erasure/prove-erasure';
import { readPrices } from './idle/prices';
import { proveIdle } from './idle/prove-idle';
import { proveDeliveries } from './isolation/prove-deliveries';
import { proveKubernetes } from './kubernetes/prove';
import { proveLimits } from './limits/prove-limits';
import { readOutput } from './output/output';

/** What the proofs say that need no solver. */
export interface OtherProofs {
  readonly delivery: ReturnType<typeof proveDeliveries>;
  readonly kubernetes: ReturnType<typeof proveKubernetes>;
  readonly erasure: ReturnType<typeof proveErasure>;
  readonly idle: ReturnType<typeof proveIdle>;
  readonly limits: ReturnType<typeof proveLimits>;
}

/**
 * Runs them over the output of one environment.
 * @param folder where it was synthesized to, such as `dist`
 * @throws UnreadableOutput where there is no output
 */
export function otherProofs(env: Environment, folder: string): OtherProofs {
  const output = readOutput(folder, env.name);
  return {
    delivery: proveDeliveries(env, output),
    kubernetes: proveKubernetes(env, output),
    erasure: proveErasure(env, output),
    idle: proveIdle(env, output, readPrices(env.region)),
    limits: proveLimits(env, output),
  };
}
