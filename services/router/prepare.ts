import { Refusal } from './answers';
import { openAiBody } from './openai-body';
import type { Operation } from './paths';
import type { BodyFault, Prepared } from './prepared';
import { tritonBody } from './triton-body';

/**
 * Reads a body.
 * @param headerLength the header Inference-Header-Content-Length, where there is one
 * @throws Refusal `invalid` with every fault of it at once
 */
export function prepare(operation: Operation, body: Buffer, headerLength: string | undefined): Prepared {
  const faults: string[] = [];
  const report: BodyFault = (path, allowed, remedy) => {
    faults.push(`${path}: ${allowed}; ${remedy}`);
  };
  const prepared = judged(operation, body, headerLength, report);
  if (prepared === undefined || faults.length > 0) throw new Refusal('invalid', faults.join('\n'));
  return prepared;
}

function judged(
  operation: Operation,
  body: Buffer,
  headerLength: string | undefined,
  report: BodyFault,
): Prepared | undefined {
  try {
    return operation === 'infer' ? tritonBody(body, headerLength, report) : openAiBody(operation, body, report);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // JSON is read to any depth, but neither looked through nor written.
    report('body', 'allowed less nesting', 'flatten it');
    return undefined;
  }
}
