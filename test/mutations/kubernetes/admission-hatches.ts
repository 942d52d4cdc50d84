import type { ClusterName } from '../../../schema/vocabulary';
import { at, changeObject, type Draft, type Mutation, set } from './edits';

type Spec = Draft & { readonly validations: { expression: string }[] };

/** A policy changed so that it lets somebody through who knows how. */
function hatch(
  id: string,
  description: string,
  [cluster, name]: readonly [ClusterName, string],
  change: (spec: Spec) => void,
  expects: RegExp,
): Mutation {
  return {
    id: `hatch-${id}`,
    description,
    apply: (output) =>
      changeObject(output, { cluster, kind: 'ValidatingAdmissionPolicy', name: `atoll-${name}` }, (object) => {
        change(at(object, 'spec') as Spec);
      }),
    expects,
  };
}

/** Every validation holds besides where the expression does. */
const or =
  (expression: string) =>
  ({ validations }: Spec): void => {
    for (const each of validations) each.expression = `(${each.expression}) || ${expression}`;
  };

const orEve: readonly (readonly [ClusterName, string])[] = [
  ['research', 'grant-use'],
  ['research', 'queued-jobs'],
  ['research', 'job-deadlines'],
  ['research', 'queued-pods'],
  ['production', 'tenant-jobs'],
  ['production', 'tenant-pods'],
  ['production', 'bindings'],
  ['production', 'namespaces'],
  ['production', 'images-pods'],
  ['production', 'accounts-pods'],
];

const users = orEve.flatMap((policy): Mutation[] => [
  hatch(
    `user-${policy.join('-')}`,
    'a policy lets one person do anything',
    policy,
    or("request.userInfo.username == 'eve'"),
    new RegExp(
      `open ${policy[0]}: ValidatingAdmissionPolicy atoll-${policy[1]}: admission: 'eve' in request.userInfo.username lets`,
    ),
  ),
  hatch(
    `group-${policy.join('-')}`,
    'a policy lets one group do anything',
    policy,
    or("request.userInfo.groups.exists(g, g == 'eve')"),
    new RegExp(
      `open ${policy[0]}: ValidatingAdmissionPolicy atoll-${policy[1]}: admission: 'eve' in request.userInfo.groups\\S* lets`,
    ),
  ),
]);

const GRANT = ['research', 'grant-use'] as const;
const IMAGES = ['production', 'images-pods'] as const;
const TENANT_PODS = ['production', 'tenant-pods'] as const;
const PLACEMENT = ['production', 'tenant-placement-pods'] as const;

/** Ways round a policy by something that only the policy knows. */
export const HATCH_MUTATIONS: readonly Mutation[] = [
  ...users,
  hatch(
    'name-prefix',
    'any Job of that name runs as the grant',
    GRANT,
    or("object.metadata.name.startsWith('grant-speech-eval--nightly-')"),
    /open research: .*atoll-grant-use: admission: 'grant-speech-eval--nightly-' in object\.metadata\.name lets CREATE of jobs in research-\S+ by person:/,
  ),
  hatch(
    'name-suffix',
    'any Job whose name ends like that',
    GRANT,
    or("object.metadata.name.endsWith('-nightly')"),
    // Its beginning is another policy's: no name of this constant alone is let through by both.
    /not-understood research: .*atoll-grant-use: admission: it has the constant \(endsWith -nightly\)/,
  ),
  hatch(
    'name-list',
    'a list of names, put together from a variable',
    GRANT,
    (spec) => {
      spec['variables'] = [
        ...(spec['variables'] as readonly object[]),
        { name: 'free', expression: "['mend-' + 'all', 'grant-speech-eval--mend']" },
      ];
      or('object.metadata.name in variables.free')(spec);
    },
    /atoll-grant-use: admission: 'grant-speech-eval--mend' in object\.metadata\.name lets CREATE of jobs/,
  ),
  hatch(
    'name-parts',
    'a name of parts that only the policy puts together',
    GRANT,
    or("object.metadata.name == 'night' + 'ly'"),
    /not-understood research: .*atoll-grant-use: admission: it goes by object\.metadata\.name, which no attack varies/,
  ),
  hatch(
    'generate-name',
    'any Job of a generated name',
    GRANT,
    or('has(object.metadata.generateName) && object.metadata.generateName.contains("nightly")'),
    /atoll-grant-use: admission: 'nightly' in object\.metadata\.generateName lets CREATE of jobs/,
  ),
  hatch(
    'annotation',
    'an annotation lets a Job run as the grant',
    GRANT,
    or("(has(object.metadata.annotations) && 'break-glass' in object.metadata.annotations)"),
    /atoll-grant-use: admission: '\S+' in object\.metadata\.annotations\[break-glass\] lets CREATE of jobs/,
  ),
  hatch(
    'annotation-value',
    'an annotation of one value',
    IMAGES,
    or("(has(object.metadata.annotations) && object.metadata.annotations[?'atoll.dev/skip'].orValue('') == 'yes')"),
    /atoll-images-pods: admission: 'yes' in object\.metadata\.annotations\[atoll\.dev\/skip\] lets CREATE of pods/,
  ),
  hatch(
    'annotation-any',
    'any annotation that begins like that',
    IMAGES,
    or("(has(object.metadata.annotations) && object.metadata.annotations.exists(k, k.startsWith('skip.')))"),
    /atoll-images-pods: admission: 'skip\.' in object\.metadata\.annotations\[\] lets CREATE of pods/,
  ),
  hatch(
    'name',
    'a pod of one name has any image',
    IMAGES,
    or("object.metadata.name == 'break-glass'"),
    /open production: .*atoll-images-pods: admission: 'break-glass' in object\.metadata\.name lets CREATE of pods/,
  ),
  hatch(
    'name-pattern',
    'a pod whose name matches',
    IMAGES,
    or("object.metadata.name.matches('break.*')"),
    /not-understood production: .*atoll-images-pods: admission: it has the constant \(matches break\.\*\)/,
  ),
  hatch(
    'request-name',
    'a request by its name',
    IMAGES,
    or("request.name == 'break-glass'"),
    /not-understood production: .*atoll-images-pods: admission: it goes by request\.name, which no attack varies/,
  ),
  hatch(
    'image',
    'images of one more registry',
    IMAGES,
    or("variables.images.all(i, i.startsWith('ghcr.io/theirs/'))"),
    /atoll-images-pods: admission: 'ghcr\.io\/theirs\/' in object\.spec\.containers\[\]\.image lets/,
  ),
  hatch(
    'image-contains',
    'images that have the registry somewhere in their name',
    IMAGES,
    ({ validations }) => {
      for (const each of validations) each.expression = each.expression.replace('startsWith', 'contains');
    },
    /atoll-images-pods: admission: '\S+\.dkr\.ecr\.\S+' in object\.spec\.containers\[\]\.image lets/,
  ),
  hatch(
    'container-name',
    'a container of one name',
    IMAGES,
    or("object.spec.containers.exists(c, c.name == 'debug')"),
    /atoll-images-pods: admission: 'debug' in object\.spec\.containers\[\]\.name lets/,
  ),
  hatch(
    'known-field',
    'a field that another policy judges',
    IMAGES,
    or("(has(object.spec.schedulerName) && object.spec.schedulerName == 'default-scheduler')"),
    /atoll-images-pods: admission: 'default-scheduler' in object\.spec\.schedulerName lets/,
  ),
  hatch(
    'known-user',
    'a controller that has no business there',
    TENANT_PODS,
    or("request.userInfo.username == 'system:serviceaccount:keda:keda-operator'"),
    /atoll-tenant-pods: admission: 'system:serviceaccount:keda:keda-operator' in request\.userInfo\.username lets CREATE of pods/,
  ),
  hatch(
    'user-prefix',
    'any user whose name begins like that',
    TENANT_PODS,
    or("request.userInfo.username.startsWith('person:admin')"),
    /atoll-tenant-pods: admission: 'person:admin' in request\.userInfo\.username lets CREATE of pods/,
  ),
  hatch(
    'user-extra',
    'a field of the user that nothing varies',
    TENANT_PODS,
    or("has(request.userInfo.extra) && 'glass' in request.userInfo.extra"),
    /not-understood production: .*atoll-tenant-pods: admission: it goes by request\.userInfo\.extra/,
  ),
  hatch(
    'whole-object',
    'an object as a whole',
    TENANT_PODS,
    or("[object.metadata].exists(m, m.name == 'glass')"),
    /not-understood production: .*atoll-tenant-pods: admission: it goes by object\.metadata, which no attack varies/,
  ),
  hatch(
    'namespace-label',
    'a label of the namespace that anyone may set who labels it',
    PLACEMENT,
    or("'free' in namespaceObject.metadata.labels"),
    /not-understood production: .*atoll-tenant-placement-pods: admission: it goes by namespaceObject\.metadata\.labels\[free\]/,
  ),
  hatch(
    'condition-user',
    'a condition that one user does not meet',
    IMAGES,
    (spec) => {
      spec['matchConditions'] = [{ name: 'glass', expression: "request.userInfo.username != 'eve'" }];
    },
    /open production: .*atoll-images-pods: admission: 'eve' in request\.userInfo\.username lets/,
  ),
  hatch(
    'condition-true',
    'a condition that every request meets today',
    IMAGES,
    (spec) => {
      spec['matchConditions'] = [{ name: 'always', expression: 'true' }];
    },
    /not-understood production: .*atoll-images-pods: admission: matchConditions: got true, allowed none/,
  ),
  hatch(
    'object-selector',
    'objects with a label are not judged',
    TENANT_PODS,
    (spec) => {
      set(spec, 'matchConstraints.objectSelector', {
        matchExpressions: [{ key: 'break-glass', operator: 'DoesNotExist' }],
      });
    },
    /open production: .*atoll-tenant-pods: admission: 'true' in object\.metadata\.labels\[break-glass\] lets CREATE of pods/,
  ),
  hatch(
    'excluded-rule',
    'a kind that the policy leaves out',
    PLACEMENT,
    (spec) => {
      set(spec, 'matchConstraints.excludeResourceRules', [
        { apiGroups: [''], apiVersions: ['v1'], operations: ['UPDATE'], resources: ['pods/ephemeralcontainers'] },
      ]);
    },
    /not-understood production: .*atoll-tenant-placement-pods: admission: excludeResourceRules: got pods\/ephemeralcontainers/,
  ),
  hatch(
    'namespace-selector',
    'namespaces with one more label are not judged',
    PLACEMENT,
    (spec) => {
      const path = 'matchConstraints.namespaceSelector.matchExpressions';
      set(spec, path, [...(at(spec, path) as readonly object[]), { key: 'free', operator: 'DoesNotExist' }]);
    },
    /not-understood production: .*atoll-tenant-placement-pods: admission: namespaceSelector: got atoll\.dev\/tenant Exists, free DoesNotExist/,
  ),
  {
    id: 'hatch-policy-renamed',
    description: 'a policy of a name that no attack is known for',
    apply: (output) =>
      changeObject(
        changeObject(
          output,
          { cluster: 'production', kind: 'ValidatingAdmissionPolicy', name: 'atoll-bindings' },
          (object) => {
            set(object, 'metadata.name', 'atoll-more');
          },
        ),
        { cluster: 'production', kind: 'ValidatingAdmissionPolicyBinding', name: 'atoll-bindings' },
        (object) => {
          set(object, 'spec.policyName', 'atoll-more');
        },
      ),
    expects: /not-understood production: ValidatingAdmissionPolicy atoll-more: admission: got a policy of another name/,
  },
];
