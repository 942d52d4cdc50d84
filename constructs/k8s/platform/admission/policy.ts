import type { Environment } from '../../../../schema/model';
import { clusterObjectNames } from '../../../../schema/names';
import {
  type MatchResources,
  type ResourceRule,
  type Validation,
  validatingAdmissionPolicy,
  validatingAdmissionPolicyBinding,
} from '../../api/admission';
import { labelSet } from '../../label-set';
import type { KubernetesObject } from '../../object';

export interface PolicyProps {
  readonly env: Environment;
  /** Without the `atoll-` that every policy's name begins with. */
  readonly name: string;
  readonly rules: readonly ResourceRule[];
  /** @default - every namespace */
  readonly namespaceSelector?: MatchResources['namespaceSelector'];
  /** What each variable is; in order, since a later one may read an earlier one. @default - none */
  readonly variables?: Readonly<Record<string, string>>;
  readonly validations: readonly Validation[];
}

/**
 * A policy and its binding. It fails closed: a request that an expression cannot judge is refused. Its mark in the audit log names
 * the policy. Nobody is exempt but where an expression names a user exactly; break-glass is deleting the binding, which the audit log shows.
 */
export function policy(props: PolicyProps): readonly KubernetesObject[] {
  const name = clusterObjectNames.admissionPolicy(props.name);
  const metadata = { name, labels: labelSet({ env: props.env, name, owner: 'platform' }) };
  const variables = Object.entries(props.variables ?? {}).map(([variable, expression]) => ({
    name: variable,
    expression,
  }));
  return [
    validatingAdmissionPolicy(metadata, {
      failurePolicy: 'Fail',
      matchConstraints: {
        resourceRules: props.rules,
        ...(props.namespaceSelector === undefined ? {} : { namespaceSelector: props.namespaceSelector }),
        matchPolicy: 'Equivalent',
      },
      ...(variables.length === 0 ? {} : { variables }),
      validations: props.validations.map((validation) => ({ ...validation, reason: validation.reason ?? 'Forbidden' })),
    }),
    validatingAdmissionPolicyBinding(metadata, { policyName: name, validationActions: ['Deny', 'Audit'] }),
  ];
}
