import type { StageVariables } from '../../schema/pipeline-job';

/** Variables of the worker that a stage has too: where programs, a home, the GPU and its libraries are. */
const PASSED = /^(?:PATH|HOME|AWS_REGION|LD_LIBRARY_PATH|NVIDIA_.*|CUDA_.*)$/;

/**
 * The whole environment of a stage. Nothing else of the worker's is in it, above all none of the variables by which a pod finds its
 * credentials: a stage has files to read and to write, and no reason to talk to AWS. It runs as the same user, so that this keeps honest
 * code apart and is no lock; the locks are the rights of the role, which end at its tenant.
 */
export function stageVariables(
  worker: Readonly<Record<string, string | undefined>>,
  call: StageVariables,
): Record<string, string> {
  const passed = Object.entries(worker).flatMap(([name, value]) =>
    value !== undefined && PASSED.test(name) ? [[name, value] as const] : [],
  );
  return { ...Object.fromEntries(passed), ...call };
}
