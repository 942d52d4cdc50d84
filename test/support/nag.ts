import { CfnResource } from 'aws-cdk-lib';
import { AwsSolutionsChecks, type IApplyRule, NIST80053R5Checks } from 'cdk-nag';
import type { IConstruct } from 'constructs';

export interface NagResult {
  /** One line per unacknowledged finding: `<id> <construct path>`, sorted. */
  readonly findings: readonly string[];
  /** Rule evaluations over all resources, count; more than 0, or `nagFindings` has thrown. */
  readonly evaluated: number;
  /** CloudFormation resources looked at, count. */
  readonly resources: number;
}

class CountedAwsSolutions extends AwsSolutionsChecks {
  evaluated = 0;
  protected override applyRule(params: IApplyRule): void {
    this.evaluated += 1;
    super.applyRule(params);
  }
}

class CountedNist extends NIST80053R5Checks {
  evaluated = 0;
  protected override applyRule(params: IApplyRule): void {
    this.evaluated += 1;
    super.applyRule(params);
  }
}

/**
 * Runs cdk-nag's AwsSolutions and NIST 800-53 r5 packs over an app, a stage or a stack (no synth needed) and returns what
 * `acknowledge` has not accepted. A rule that throws on a token counts as a finding.
 * @throws when a pack evaluated no rule at all: a run over nothing is no pass.
 */
export function nagFindings(...scopes: readonly IConstruct[]): NagResult {
  const findings = new Set<string>();
  let evaluated = 0;
  let resources = 0;
  for (const scope of scopes) {
    const found = scope.node.findAll().filter((node) => CfnResource.isCfnResource(node)).length;
    for (const pack of [new CountedAwsSolutions(), new CountedNist()]) {
      for (const violation of pack.validateScope(scope).violations) {
        for (const resource of violation.violatingResources) {
          findings.add(`${violation.ruleName} ${resource.constructPath ?? '(no path)'}`);
        }
      }
      if (pack.evaluated === 0) {
        throw new Error(
          `${scope.node.path}: got 0 rules of ${pack.readPackName} evaluated over ${String(found)} resources, allowed 1 or more; ` +
            'pass a scope with resources in it',
        );
      }
      evaluated += pack.evaluated;
    }
    resources += found;
  }
  if (scopes.length === 0) throw new Error('nagFindings: got no scope, allowed 1 or more; pass an app or its stacks');
  return { findings: [...findings].sort(), evaluated, resources };
}
