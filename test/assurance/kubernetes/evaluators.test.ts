import { describe, expect, test } from '@jest/globals';
import { refusals } from '../../../assurance/kubernetes/admission/evaluate';
import { admissionPolicies } from '../../../assurance/kubernetes/admission/policy';
import { pieces, rangeOf, textOf } from '../../../assurance/kubernetes/network/addresses';
import { networkPolicies, openPorts } from '../../../assurance/kubernetes/network/policies';
import { Reader } from '../../../assurance/kubernetes/objects/kubernetes-object';
import { labelSelector, selects } from '../../../assurance/kubernetes/objects/label-selector';
import { parseStream } from '../../../assurance/kubernetes/objects/stream';
import { allows, grantsOf } from '../../../assurance/kubernetes/rbac/grants';

const range = (block: string) => rangeOf(block) ?? { from: -1, to: -1 };
const objects = (text: string) => parseStream(text, 'a file');

describe('a stream of objects', () => {
  test('is cut at its separators, and not within a text', () => {
    const found = objects(
      'apiVersion: v1\nkind: A\nmetadata: { name: a }\ndata: |\n  ---\n---\napiVersion: v1\nkind: B\nmetadata: { name: b }\n',
    );
    expect(found.map(({ kind }) => kind)).toEqual(['A', 'B']);
  });

  test.each([
    ['a: [', 'is no YAML that can be read: Flow sequence'],
    ['a: 1\na: 2', 'is no YAML that can be read: Map keys must be unique'],
    ['- a', 'got ["a"], allowed objects with apiVersion, kind and metadata.name'],
    [
      'apiVersion: v1\nkind: A\nmetadata: { name: a, labels: { n: 1 } }',
      'A a: metadata: allowed a namespace, labels and annotations of strings',
    ],
  ])('%j cannot be read', (text, message) => {
    expect(() => objects(text)).toThrow(message);
  });
});

describe('label selectors', () => {
  const selector = (value: object) => labelSelector(Reader.of('an object', 'selector', value));

  test.each([
    [{}, {}, true],
    [{ matchLabels: { a: 'b' } }, { a: 'b', c: 'd' }, true],
    [{ matchLabels: { a: 'b' } }, {}, false],
    [{ matchExpressions: [{ key: 'a', operator: 'In', values: ['b', 'c'] }] }, { a: 'c' }, true],
    [{ matchExpressions: [{ key: 'a', operator: 'NotIn', values: ['b'] }] }, {}, true],
    [{ matchExpressions: [{ key: 'a', operator: 'NotIn', values: ['b'] }] }, { a: 'b' }, false],
    [{ matchExpressions: [{ key: 'a', operator: 'Exists' }] }, { a: '' }, true],
    [{ matchExpressions: [{ key: 'a', operator: 'DoesNotExist' }] }, { a: '' }, false],
  ])('%j with labels %j: %j', (value, labels, expected) => {
    expect(selects(selector(value), labels)).toBe(expected);
  });
});

describe('addresses', () => {
  test('are cut where any block begins or ends, and none is left out', () => {
    const cut = pieces([range('10.0.0.0/8'), range('10.16.0.0/16')]);
    expect(cut.map(({ from, to }) => `${textOf(from)} ${textOf(to)}`)).toEqual([
      '0.0.0.0 9.255.255.255',
      '10.0.0.0 10.15.255.255',
      '10.16.0.0 10.16.255.255',
      '10.17.0.0 10.255.255.255',
      '11.0.0.0 255.255.255.255',
    ]);
  });

  test.each(['10.0.0.0/33', '10.0.0.256', '::/0', 'ten'])('%s is none', (text) => {
    expect(rangeOf(text)).toBeUndefined();
  });
});

describe('network policies', () => {
  const policy = (spec: string) =>
    networkPolicies(
      objects(
        `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: p, namespace: home }\nspec: ${spec}`,
      ),
    );
  const elsewhere = { name: 'b', labels: { 'kubernetes.io/metadata.name': 'b' } };

  test('close nothing where none selects every pod', () => {
    expect(
      openPorts(policy('{ podSelector: { matchLabels: { a: b } }, policyTypes: [Egress] }'), 'egress', { address: 1 }),
    ).toHaveLength(3);
    expect(openPorts(policy('{ podSelector: {}, policyTypes: [Egress] }'), 'egress', { address: 1 })).toEqual([]);
    expect(openPorts(policy('{ podSelector: {} }'), 'egress', { address: 1 })).toHaveLength(3);
    expect(openPorts(policy('{ podSelector: {} }'), 'ingress', { address: 1 })).toEqual([]);
  });

  test('let through what any rule does, by address but for its exceptions', () => {
    const found = policy(
      '{ podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: 0.0.0.0/0, except: [10.0.0.0/8] } }], ports: [{ port: 443 }] }] }',
    );
    expect(openPorts(found, 'egress', { address: range('8.8.8.8').from })).toEqual([
      { protocol: 'TCP', from: 443, to: 443 },
    ]);
    expect(openPorts(found, 'egress', { address: range('10.8.8.8').from })).toEqual([]);
  });

  test('mean pods of their own namespace where they name none', () => {
    const found = policy('{ podSelector: {}, policyTypes: [Ingress], ingress: [{ from: [{ podSelector: {} }] }] }');
    expect(openPorts(found, 'ingress', { namespace: elsewhere })).toEqual([]);
    expect(openPorts(found, 'ingress', { namespace: { ...elsewhere, name: 'home' } })).toHaveLength(3);
  });
});

describe('grants', () => {
  const grants = grantsOf(
    objects(
      [
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: { name: r, namespace: n }\nrules: [{ apiGroups: [""], resources: [pods, "pods/log"], verbs: [get] }]',
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: { name: b, namespace: n }\nroleRef: { kind: Role, name: r }\nsubjects: [{ kind: User, name: "system:serviceaccount:x:y" }]',
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: { name: c }\nroleRef: { kind: ClusterRole, name: cluster-admin }\nsubjects: [{ kind: Group, name: admins }]',
      ].join('\n---\n'),
    ),
  );

  test.each([
    ['ServiceAccount x/y', 'get', '/pods', 'n', true],
    ['ServiceAccount x/y', 'get', '/pods/log', 'n', true],
    ['ServiceAccount x/y', 'get', '/pods/exec', 'n', false],
    ['ServiceAccount x/y', 'get', '/pods', 'other', false],
    ['ServiceAccount x/y', 'list', '/pods', 'n', false],
    ['ServiceAccount x/y', 'get', 'apps/pods', 'n', false],
    ['Group admins', 'create', '/pods/exec', 'other', true],
  ] as const)('%s may %s %s in %s: %j', (subject, verb, resource, namespace, expected) => {
    expect(allows(grants, [subject], { verb, resource }, namespace) !== undefined).toBe(expected);
  });
});

describe('admission', () => {
  const policies = (failurePolicy: string, expression: string) =>
    admissionPolicies(
      objects(
        [
          `apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\nmetadata: { name: p }\nspec: ${JSON.stringify(
            {
              failurePolicy,
              matchConstraints: {
                resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
              },
              variables: [{ name: 'unused', expression: 'object.nothing' }],
              validations: [{ expression, message: 'no' }],
            },
          )}`,
          'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicyBinding\nmetadata: { name: p }\nspec: { policyName: p, validationActions: [Deny] }',
        ].join('\n---\n'),
      ),
    );
  const refused = (failurePolicy: string, expression: string, key: string) =>
    refusals(
      policies(failurePolicy, expression),
      {
        operation: 'CREATE',
        group: '',
        version: 'v1',
        resource: 'pods',
        namespace: { name: 'n', labels: {} },
        object: { spec: { replicas: 1 } },
        oldObject: null,
        username: 'u',
        groups: [],
      },
      key,
    );

  test('refuses what an expression says no to, or cannot find, unless it is told to ignore that', () => {
    expect(refused('Fail', 'object.spec.replicas == 1', 'a')).toEqual([]);
    expect(refused('Fail', 'object.spec.replicas == 2', 'a')).toEqual([{ policy: 'p', message: 'no' }]);
    expect(refused('Fail', "object.spec.name == 'x'", 'a')).toEqual([{ policy: 'p', message: 'no' }]);
    expect(refused('Ignore', "object.spec.name == 'x'", 'a')).toEqual([]);
  });

  test.each(['1 +', "object.spec.made_up('x')", 'params.a', 'object.spec.replicas > "x"'])(
    'does not understand %s',
    (expression) => {
      expect(() => refused('Fail', expression, 'a')).toThrow('got an expression that cannot be evaluated here');
    },
  );
});
