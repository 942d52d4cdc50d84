import { admissionObjects } from '../../../constructs/k8s/platform/admission/admission';
import { CLUSTERS, type ClusterName } from '../../../schema/vocabulary';
import { sampleEnvironment } from '../../support/sample-environment';
import { at, changeObject, type Mutation, removeObject, set } from './edits';
import { LOSSES, UNSEEN, VALIDATIONS } from './admission-losses';

interface Spec {
  readonly matchConstraints: {
    readonly resourceRules: readonly {
      readonly operations: readonly string[];
      readonly resources: readonly string[];
    }[];
    readonly namespaceSelector?: unknown;
  };
  readonly validations: readonly { readonly message: string }[];
}

interface Policy {
  readonly cluster: ClusterName;
  /** Without the `atoll-` of every policy's name. */
  readonly name: string;
  readonly spec: Spec;
}

/** The policies that the sample environment has, which name the faults: what is changed is read from its output. */
const POLICIES: readonly Policy[] = CLUSTERS.flatMap((cluster) =>
  admissionObjects(sampleEnvironment(), cluster)
    .filter(({ kind }) => kind === 'ValidatingAdmissionPolicy')
    .map((object) => ({
      cluster,
      name: object.metadata.name.replace(/^atoll-/, ''),
      spec: (object as unknown as { readonly spec: Spec }).spec,
    })),
);

const policyOf = ({ cluster, name }: Policy) =>
  ({ cluster, kind: 'ValidatingAdmissionPolicy', name: `atoll-${name}` }) as const;
const bindingOf = ({ cluster, name }: Policy) =>
  ({ cluster, kind: 'ValidatingAdmissionPolicyBinding', name: `atoll-${name}` }) as const;

function lossOf({ name }: Policy): RegExp {
  const found = Object.entries(LOSSES).find(([prefix]) => name === prefix || name.startsWith(`${prefix}-`));
  if (found === undefined)
    throw new Error(`${name}: got no way that its loss opens, allowed one in admission-losses.ts`);
  return found[1];
}

/** Ways to lose a policy whole: it is gone, unbound, only written down, or judges a part of what it should. */
const whole = (policy: Policy): readonly Mutation[] => {
  const id = `${policy.cluster}-${policy.name}`;
  const without = lossOf(policy);
  return [
    {
      id: `${id}-gone`,
      description: 'a policy and its binding are gone',
      apply: (output) => removeObject(removeObject(output, policyOf(policy)), bindingOf(policy)),
      expects: without,
    },
    {
      id: `${id}-unbound`,
      description: 'a policy without its binding',
      apply: (output) => removeObject(output, bindingOf(policy)),
      expects: without,
    },
    {
      id: `${id}-audit`,
      description: 'a binding that warns and writes down, and does not deny',
      apply: (output) =>
        changeObject(output, bindingOf(policy), (object) => {
          set(object, 'spec.validationActions', ['Warn', 'Audit']);
        }),
      expects: without,
    },
    {
      id: `${id}-ignore`,
      description: 'an expression that errs lets the request through',
      apply: (output) =>
        changeObject(output, policyOf(policy), (object) => {
          set(object, 'spec.failurePolicy', 'Ignore');
        }),
      expects: new RegExp(
        `one-lock-left ${policy.cluster}: ValidatingAdmissionPolicy atoll-${policy.name}: admission: failurePolicy is Ignore`,
      ),
    },
    {
      id: `${id}-narrowed`,
      description: 'a binding for one namespace only',
      apply: (output) =>
        changeObject(output, bindingOf(policy), (object) => {
          set(object, 'spec.matchResources', {
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'elsewhere' } },
          });
        }),
      expects: new RegExp(`ValidatingAdmissionPolicy atoll-${policy.name}: admission: its binding leaves out a part`),
    },
    {
      id: `${id}-condition`,
      description: 'a condition that no request meets',
      apply: (output) =>
        changeObject(output, policyOf(policy), (object) => {
          set(object, 'spec.matchConditions', [{ name: 'never', expression: "request.userInfo.username == 'nobody'" }]);
        }),
      expects: without,
    },
  ];
};

/** Each validation of a policy, gone. */
const validations = (policy: Policy): readonly Mutation[] =>
  policy.spec.validations.map(({ message }, i) => {
    const found = Object.entries(VALIDATIONS).find(([part]) => message.includes(part));
    return {
      id: `${policy.cluster}-${policy.name}-validation-${i + 1}`,
      description: `a policy no longer says: ${message}`,
      apply: (output) =>
        changeObject(output, policyOf(policy), (object) => {
          // The API server wants at least one validation.
          set(object, `spec.validations.${i}`, { expression: 'true', message: 'nothing' });
        }),
      expects: found?.[1] ?? lossOf(policy),
    };
  });

/** Each operation and each resource of a policy's rules, gone. */
const rules = (policy: Policy): readonly Mutation[] =>
  policy.spec.matchConstraints.resourceRules.flatMap((rule, i) => [
    ...rule.operations.map((operation): Mutation => narrowed(policy, i, 'operations', operation)),
    ...rule.resources.map((resource): Mutation => narrowed(policy, i, 'resources', resource)),
  ]);

function narrowed(policy: Policy, rule: number, list: 'operations' | 'resources', value: string): Mutation {
  const id = `${policy.cluster}-${policy.name}-rule-${rule + 1}-without-${value.toLowerCase().replace('/', '-')}`;
  const unseen = Object.entries(UNSEEN).find(([part]) => new RegExp(`^(production|research)-(${part})$`).test(id));
  return {
    id,
    description: `a policy leaves out ${value}`,
    apply: (output) =>
      changeObject(output, policyOf(policy), (object) => {
        const path = `spec.matchConstraints.resourceRules.${rule}`;
        const left = (at(object, `${path}.${list}`) as readonly string[]).filter((each) => each !== value);
        if (left.length > 0) set(object, `${path}.${list}`, left);
        else set(object, path, undefined);
      }),
    expects: lossOf(policy),
    ...(unseen === undefined ? {} : { noChange: unseen[1] }),
  };
}

/** Namespaces that a policy no longer judges. */
const selectors = (policy: Policy): readonly Mutation[] =>
  policy.spec.matchConstraints.namespaceSelector === undefined
    ? []
    : [
        {
          id: `${policy.cluster}-${policy.name}-selector`,
          description: 'a policy goes by a label that no namespace has',
          apply: (output) =>
            changeObject(output, policyOf(policy), (object) => {
              set(object, 'spec.matchConstraints.namespaceSelector', { matchLabels: { 'atoll.dev/tenants': 'all' } });
            }),
          expects: lossOf(policy),
        },
        {
          id: `${policy.cluster}-${policy.name}-objects`,
          description: 'a policy goes by a label that whoever writes the object leaves out',
          apply: (output) =>
            changeObject(output, policyOf(policy), (object) => {
              set(object, 'spec.matchConstraints.objectSelector', { matchLabels: { judged: 'yes' } });
            }),
          expects: lossOf(policy),
        },
      ];

/** Faults of the admission policies: every policy, every validation, every rule. */
export const ADMISSION_MUTATIONS: readonly Mutation[] = POLICIES.flatMap((policy) => [
  ...whole(policy),
  ...validations(policy),
  ...rules(policy),
  ...selectors(policy),
]);
