import type { Case } from './case';
import { type Call, denial } from './refusal';

/** Whether a policy refuses the eraser none of its calls; the first refusal is a finding. */
export function admitted(subject: Case, where: string, policy: unknown, calls: readonly Call[]): boolean {
  for (const call of calls) {
    const denied = denial(policy, call);
    if (denied === undefined) continue;
    const { sid, unknown } = denied;
    if (unknown === undefined)
      subject.report(
        'closed',
        `${where}: ${sid} refuses the eraser ${call.action} on ${call.resource}, expected that it may`,
      );
    else
      subject.report(
        'not-understood',
        `${where}: ${sid} may refuse the eraser ${call.action}: ${unknown} is not known, expected one that is`,
      );
    return false;
  }
  return true;
}
