import type { Environment } from '../schema/model';
import type { Finding } from './finding';
import { accessMatrix } from './isolation/matrix';
import { matrixPage } from './isolation/page';
import { type IsolationResult, proveIsolation } from './isolation/prove';
import type { OtherProofs } from './others';
import { readOutput } from './output/output';
import { proveBeside } from './proof-beside';
import { proofLines } from './proof-lines';

/** What all proofs say of one environment. */
export interface EnvironmentProof {
  readonly findings: readonly Finding[];
  /** What the isolation proof went through, counted. */
  readonly covered: Readonly<Record<string, number>>;
  /** A line for each proof. */
  readonly lines: readonly string[];
  /** Reports: the access matrix as JSON and as a page, and all that the proofs say. */
  readonly files: readonly { readonly name: string; readonly text: string }[];
}

const rank = ({ kind }: Finding): number => (kind === 'not-understood' ? 0 : kind === 'one-lock-left' ? 2 : 1);

/**
 * Runs every proof over the output of one environment.
 * @param folder where it was synthesized to, such as `dist`
 * @param progress told of each step
 * @throws UnreadableOutput where there is no output
 */
export async function proveEnvironment(
  env: Environment,
  folder: string,
  progress: (text: string) => void = () => undefined,
): Promise<EnvironmentProof> {
  const output = readOutput(folder, env.name);
  // On a processor of their own: what needs no solver is done before what does.
  const beside = proveBeside(env, folder);
  try {
    progress('isolation');
    const isolation = await proveIsolation(env, output, {
      progress: (tenant) => {
        progress(`isolation of ${tenant}`);
      },
    });
    progress('Kubernetes, erasure, idle bill, limits');
    return told(env, isolation, await beside.results);
  } finally {
    await beside.stop();
  }
}

function told(env: Environment, isolation: IsolationResult, others: OtherProofs): EnvironmentProof {
  const { delivery, kubernetes, erasure, idle, limits } = others;
  const findings = [isolation, delivery, kubernetes, erasure, idle, limits]
    .flatMap((result) => result.findings)
    // What was not understood may be why others are told.
    .toSorted((a, b) => rank(a) - rank(b));
  const matrix = accessMatrix(env, isolation.classes, {
    closedTo: isolation.closedTo,
    covered: isolation.covered,
    findings,
  });
  const results = { isolation, delivery, kubernetes, erasure, idle, limits };
  return {
    findings,
    covered: isolation.covered,
    lines: proofLines(results),
    files: [
      { name: 'access-matrix.json', text: `${JSON.stringify(matrix, undefined, 2)}\n` },
      { name: 'access-matrix.html', text: matrixPage(matrix) },
      { name: 'proof.json', text: `${JSON.stringify(results, undefined, 2)}\n` },
    ],
  };
}
