import { NotUnderstood } from '../not-understood';
import { type KubernetesObject, type Labels, nameOf, Reader } from '../objects/kubernetes-object';
import { labelSelector, type LabelSelector, selects } from '../objects/label-selector';
import type { AdmissionRequest } from './request';

/** A ValidatingAdmissionPolicy and whether anything binds it so that it refuses. */
export interface AdmissionPolicy {
  readonly name: string;
  /** The object as it was read: the same text is the same object, whatever binds it. */
  readonly source: KubernetesObject;
  /** What an expression that errs does to the request. */
  readonly failurePolicy: 'Fail' | 'Ignore';
  readonly matchPolicy: 'Equivalent' | 'Exact';
  readonly match: Match;
  readonly conditions: readonly string[];
  /** In their order: a later one may read an earlier one. */
  readonly variables: readonly (readonly [name: string, expression: string])[];
  readonly validations: readonly { readonly expression: string; readonly message: string }[];
  readonly bindings: readonly Binding[];
}

interface Binding {
  /** It refuses, and does not only write down or warn. */
  readonly denies: boolean;
  /** @default - all that the policy matches */
  readonly match?: Match;
}

interface Match {
  /** @default - everything */
  readonly rules?: readonly Rule[];
  readonly excluded: readonly Rule[];
  readonly namespaces?: LabelSelector;
  readonly objects?: LabelSelector;
}

interface Rule {
  readonly groups: readonly string[];
  readonly versions: readonly string[];
  readonly operations: readonly string[];
  readonly resources: readonly string[];
}

const TOP: readonly string[] = ['apiVersion', 'kind', 'metadata', 'spec'];

/**
 * The admission policies of a cluster with their bindings.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/validating-admission-policy-v1/ (2026-11-25)
 * @throws NotUnderstood on a field that is not known, parameters above all
 */
export function admissionPolicies(objects: readonly KubernetesObject[]): readonly AdmissionPolicy[] {
  const bindings = new Map<string, Binding[]>();
  for (const object of objects) {
    if (object.kind !== 'ValidatingAdmissionPolicyBinding') continue;
    const [policy, binding] = bindingOf(object);
    bindings.set(policy, [...(bindings.get(policy) ?? []), binding]);
  }
  const policies = objects
    .filter(({ kind }) => kind === 'ValidatingAdmissionPolicy')
    .map((object) => policyOf(object, bindings.get(object.metadata.name) ?? []));
  const known = new Set(policies.map(({ name }) => name));
  for (const name of bindings.keys())
    if (!known.has(name))
      throw new NotUnderstood(
        `ValidatingAdmissionPolicyBinding of ${name}`,
        `policyName: got '${name}', which is no policy of the output`,
      );
  return policies;
}

function bindingOf(object: KubernetesObject): [policy: string, binding: Binding] {
  const spec = Reader.of(nameOf(object), 'binding', object)
    .only(...TOP)
    .object('spec')
    .only('policyName', 'validationActions', 'matchResources');
  const match = spec.optionalObject('matchResources');
  return [
    spec.text('policyName'),
    {
      denies: spec.texts('validationActions').includes('Deny'),
      ...(match === undefined ? {} : { match: matchOf(match) }),
    },
  ];
}

function policyOf(object: KubernetesObject, bindings: readonly Binding[]): AdmissionPolicy {
  const spec = Reader.of(nameOf(object), 'policy', object)
    .only(...TOP)
    .object('spec')
    .only('failurePolicy', 'matchConstraints', 'matchConditions', 'variables', 'validations', 'auditAnnotations');
  const constraints = spec.object('matchConstraints');
  const failurePolicy = spec.optionalText('failurePolicy') ?? 'Fail';
  if (failurePolicy !== 'Fail' && failurePolicy !== 'Ignore') throw spec.wrong('failurePolicy', 'Fail, Ignore');
  return {
    name: object.metadata.name,
    source: object,
    failurePolicy,
    matchPolicy: constraints.optionalText('matchPolicy') === 'Exact' ? 'Exact' : 'Equivalent',
    match: matchOf(constraints),
    conditions: spec.objects('matchConditions').map((each) => each.only('name', 'expression').text('expression')),
    variables: spec.objects('variables').map((each) => {
      each.only('name', 'expression');
      return [each.text('name'), each.text('expression')] as const;
    }),
    validations: spec.objects('validations').map((each) => {
      each.only('expression', 'message', 'messageExpression', 'reason');
      return { expression: each.text('expression'), message: each.optionalText('message') ?? '' };
    }),
    bindings,
  };
}

function matchOf(reader: Reader): Match {
  reader.only('resourceRules', 'excludeResourceRules', 'namespaceSelector', 'objectSelector', 'matchPolicy');
  const [namespaces, objects] = [reader.optionalObject('namespaceSelector'), reader.optionalObject('objectSelector')];
  return {
    ...(reader.has('resourceRules') ? { rules: reader.objects('resourceRules').map(ruleOf) } : {}),
    excluded: reader.objects('excludeResourceRules').map(ruleOf),
    ...(namespaces === undefined ? {} : { namespaces: labelSelector(namespaces) }),
    ...(objects === undefined ? {} : { objects: labelSelector(objects) }),
  };
}

function ruleOf(reader: Reader): Rule {
  // A rule by name would leave the others out; none of ours has one.
  reader.only('apiGroups', 'apiVersions', 'operations', 'resources', 'scope');
  const scope = reader.optionalText('scope') ?? '*';
  if (scope !== '*') throw reader.wrong('scope', '*');
  return {
    groups: reader.texts('apiGroups'),
    versions: reader.texts('apiVersions'),
    operations: reader.texts('operations'),
    resources: reader.texts('resources'),
  };
}

/** What of a request decides which rules cover it. */
export type Target = Pick<AdmissionRequest, 'operation' | 'group' | 'version' | 'resource'>;

/** Whether any rule of the policy covers what is written, wherever it goes and whatever it says. */
export const mayJudge = ({ match: { rules } }: AdmissionPolicy, target: Target): boolean =>
  rules === undefined || rules.some((rule) => covers(rule, target));

/**
 * Whether the policy judges a request that it may judge, and what it finds counts: a binding that denies takes it too.
 */
export function judges(policy: AdmissionPolicy, request: AdmissionRequest): boolean {
  return (
    takes(policy.match, request) &&
    policy.bindings.some(
      ({ denies, match }) =>
        denies &&
        (match === undefined ||
          ((match.rules === undefined || match.rules.some((rule) => covers(rule, request))) && takes(match, request))),
    )
  );
}

function takes({ excluded, namespaces, objects }: Match, request: AdmissionRequest): boolean {
  if (excluded.some((rule) => covers(rule, request))) return false;
  // A namespace is judged by its own labels; what else has no namespace is never left out.
  const labels =
    request.resource === 'namespaces' ? labelsOf(request.object ?? request.oldObject) : request.namespace?.labels;
  if (namespaces !== undefined && labels !== undefined && !selects(namespaces, labels)) return false;
  return (
    objects === undefined ||
    selects(objects, labelsOf(request.object)) ||
    (request.oldObject !== null && selects(objects, labelsOf(request.oldObject)))
  );
}

function labelsOf(object: AdmissionRequest['object']): Labels {
  const metadata = object?.['metadata'] as { readonly labels?: Labels } | undefined;
  return metadata?.labels ?? {};
}

function covers(rule: Rule, request: Target): boolean {
  const has = (list: readonly string[], value: string): boolean => list.includes('*') || list.includes(value);
  const [resource = '', sub] = request.resource.split('/');
  const named = rule.resources.some((each) =>
    sub === undefined
      ? each === '*' || each === '*/*' || each === resource
      : each === '*/*' || each === `${resource}/*` || each === `*/${sub}` || each === request.resource,
  );
  return (
    named &&
    has(rule.groups, request.group) &&
    has(rule.versions, request.version) &&
    has(rule.operations, request.operation)
  );
}
