import type { Environment } from '../../schema/model';
import type { ProofResult } from '../finding';
import type { Output } from '../output/output';
import { examineKubernetes } from './examine';

/** Proves what an environment's clusters let happen: rights, network, admission, placement, controllers. No finding is a pass. */
export function proveKubernetes(environment: Environment, output: Output): ProofResult {
  const { findings, covered } = examineKubernetes(environment, output);
  return { findings, covered };
}
