import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * How a finding of cdk-nag 3 is accepted: beside the construct that causes it, with a written reason.
 *
 *     acknowledge(role, ['AwsSolutions-IAM5[Resource::*]'], 'ec2:Describe* actions have no resource to name')
 *
 * - An id is `<Pack>-<Rule>`, or `<Pack>-<Rule>[<finding>]` for rules that report several (`AwsSolutions-IAM5`): version 3
 *   matches ids exactly, a prefix matches nothing. Take the ids from `nagFindings(scope)` in `test/support/nag.ts`.
 * - The acknowledgement holds for the construct and everything below it, so put it on the smallest construct that has it.
 * - In a test: `expect(nagFindings(stack).findings).toEqual([])`.
 *
 * A reason has at least 20 characters; it appears in the review report.
 * @throws when the reason is shorter, or when no id is given.
 */
export function acknowledge(construct: IConstruct, ids: readonly [string, ...string[]], reason: string): void {
  const written = reason.trim();
  if (written.length < REASON_MIN_CHARACTERS) {
    throw new Error(
      `${construct.node.path}: acknowledge(${ids.join(', ')}): got the reason '${written}' of ${String(written.length)} characters, ` +
        `allowed ${String(REASON_MIN_CHARACTERS)} or more; write why the finding is accepted here`,
    );
  }
  for (const id of ids) {
    // Written as metadata instead of by `Validations.acknowledge`, which turns every blank of an id into a hyphen (so a
    // finding that quotes a policy with blanks never matches) and adds a stack trace, a path of this machine, to the assembly.
    construct.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, { [`Annotation::${id}`]: written });
  }
}

/** Fewest characters of a reason: enough for a clause, too many for 'n/a'. */
export const REASON_MIN_CHARACTERS = 20;
