import { type CfnResource, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * How a finding of cdk-nag 3 is accepted: beside the construct that causes it, with a written reason.
 *
 *     acknowledge(role, ['AwsSolutions-IAM5[Resource::*]'], 'ec2:Describe* actions have no resource to name')
 *
 * - An id is `<Pack>-<Rule>`, or `<Pack>-<Rule>[<finding>]` for rules that report several (`AwsSolutions-IAM5`): version 3
 *   matches ids exactly, a prefix matches nothing. Take the ids from `nagFindings(scope)` in `test/support/nag.ts`.
 * - CDK's own template validation prints its ids whole: `CloudFormation-Validate::W3010`.
 * - The acknowledgement holds for the construct and everything below it, so put it on the smallest construct that has it.
 * - In a test: `expect(nagFindings(stack).findings).toEqual([])`.
 *
 * A reason has at least 20 characters; it appears in the review report.
 * @throws when the reason is shorter.
 */
export function acknowledge(construct: IConstruct, ids: readonly [string, ...string[]], reason: string): void {
  const written = requireReason(construct, `acknowledge(${ids.join(', ')})`, reason);
  for (const id of ids) {
    // Written as metadata instead of by `Validations.acknowledge`, which turns every blank of an id into a hyphen (so a
    // finding that quotes a policy with blanks never matches) and adds a stack trace, a path of this machine, to the assembly.
    construct.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, { [qualified(id)]: written });
  }
}

/** Nag rules have no namespace of their own and count as annotations; CDK's template validation writes one before its rules. */
const qualified = (id: string): string => (/^[\w-]+::/.test(id) ? id : `Annotation::${id}`);

/**
 * Writes why a resource carries a wildcard, or another exception that no nag rule names, into the template as
 * `Metadata: { 'atoll:reason': … }`, where reviewers and the invariants read it.
 * @throws when the reason is shorter than 20 characters.
 */
export function explain(resource: CfnResource, reason: string): void {
  resource.addMetadata('atoll:reason', requireReason(resource, "explain('atoll:reason')", reason));
}

function requireReason(construct: IConstruct, call: string, reason: string): string {
  const written = reason.trim();
  if (written.length >= REASON_MIN_CHARACTERS) return written;
  throw new Error(
    `${construct.node.path}: ${call}: got the reason '${written}' of ${String(written.length)} characters, ` +
      `allowed ${String(REASON_MIN_CHARACTERS)} or more; write why the exception holds here`,
  );
}

/** Fewest characters of a reason: enough for a clause, too many for 'n/a'. */
const REASON_MIN_CHARACTERS = 20;
