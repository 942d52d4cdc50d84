import { createRequire } from 'node:module';
import { join } from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { Environment } from '../schema/model';
import { type OtherProofs, otherProofs } from './others';
import { UnreadableOutput } from './output/unreadable';

/** What the thread is given: plain values, which are copied. */
interface Given {
  readonly proveBeside: { readonly env: Environment; readonly folder: string };
}
type Answer = { readonly results: OtherProofs } | { readonly faults: readonly string[] };

/** Proofs that run in a thread of their own. */
export interface Beside {
  /** @throws UnreadableOutput where there is no output */
  readonly results: Promise<OtherProofs>;
  /** Ends the thread, whether it is done or not. */
  readonly stop: () => Promise<void>;
}

const load = createRequire(__filename);

/** Runs `otherProofs` in a thread of its own. */
export function proveBeside(env: Environment, folder: string): Beside {
  const worker = new Worker(join(__dirname, 'proof-beside.ts'), {
    execArgv: ['--require', load.resolve('tsx/cjs')],
    workerData: { proveBeside: { env, folder } } satisfies Given,
  });
  const results = new Promise<OtherProofs>((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (answer: Answer) => {
      if ('results' in answer) resolve(answer.results);
      else reject(new UnreadableOutput(answer.faults));
    });
    worker.once('exit', (code) => {
      reject(new Error(`the proofs' thread ended without an answer (code ${String(code)})`));
    });
  });
  // Whoever waits for it is told; until then nobody may.
  results.catch(() => undefined);
  return {
    results,
    stop: async () => {
      await worker.terminate();
    },
  };
}

function answer({ env, folder }: Given['proveBeside']): Answer {
  try {
    return { results: otherProofs(env, folder) };
  } catch (error) {
    if (error instanceof UnreadableOutput) return { faults: error.faults };
    throw error;
  }
}

/** Another thread may load this file too, such as one of a test runner: only what is given these values answers. */
if (!isMainThread && isGiven(workerData)) parentPort?.postMessage(answer(workerData.proveBeside));

function isGiven(value: unknown): value is Given {
  return typeof value === 'object' && value !== null && 'proveBeside' in value;
}
