import { at, changeObject, type Mutation, type Place, set } from './edits';
import { faults } from './make';

const { longer } = faults('workbenches');

const policy = (name: string): Place => ({
  cluster: 'research',
  kind: 'ValidatingAdmissionPolicy',
  name: `atoll-${name}`,
});

/** A part of an expression of a policy replaced. */
const text = (
  id: string,
  description: string,
  name: string,
  path: string,
  [from, to]: readonly [string, string],
  expects: RegExp,
): Mutation => ({
  id: `workbenches-${id}`,
  description,
  apply: (output) =>
    changeObject(output, policy(name), (object) => {
      set(object, path, String(at(object, path)).replace(from, to));
    }),
  expects,
});

const TEAM = 'research: research-speech: team speech: ';

/** Faults by which a workbench is somebody else's, has what it must not have, or is nobody's at all. */
export const WORKBENCH_MUTATIONS: readonly Mutation[] = [
  text(
    'priority',
    'a workbench may not have the priority of a workbench',
    'team-placement-templates',
    'spec.validations.7.expression',
    ["'atoll-workbench'", "'atoll-training'"],
    new RegExp(`closed ${TEAM}member@example\\.com makes workbench on pool workbench-cpu: got closed`),
  ),
  text(
    'of-a-person',
    'one of the people of a grant gets no workbench',
    'grant-use',
    'spec.variables.0.expression',
    ["'person:lin@example.com'", "'person:other@example.com'"],
    new RegExp(`closed ${TEAM}lin@example\\.com makes grant speech-eval's workbench on pool workbench-cpu: got closed`),
  ),
  text(
    'door',
    'a person does not come into their own workbench of no grant',
    'grant-doors',
    'spec.validations.0.expression',
    ["!request.name.startsWith('grant-')", "!request.name.startsWith('')"],
    new RegExp(`closed ${TEAM}member@example\\.com opens a port of workbench on pool workbench-cpu: got closed`),
  ),
  text(
    'pod',
    'the pod of a workbench of a grant may not mount its scope',
    'grant-pods',
    'spec.validations.2.expression',
    ['v.configMap.name == variables.account', 'false'],
    new RegExp(`closed ${TEAM}the pod of grant speech-eval's workbench is made on pool workbench-cpu: got closed`),
  ),
  text(
    'image',
    'a workbench is of any image',
    'images-templates',
    'spec.validations.0.expression',
    ['variables.images.all(', "object.kind == 'Job' || variables.images.all("],
    new RegExp(`one-lock-left ${TEAM}workbench on pool workbench-cpu runs an image from elsewhere: got 1 of 2 locks`),
  ),
  {
    id: 'workbenches-host',
    description: 'a workbench mounts the disk of its node',
    apply: (output) =>
      changeObject(output, { cluster: 'research', kind: 'Namespace', name: 'research-speech' }, (object) => {
        set(object, 'metadata.labels.pod-security\\.kubernetes\\.io/enforce', 'privileged');
      }),
    expects: new RegExp(`open ${TEAM}workbench on pool workbench-cpu mounts the disk of its node: got open`),
  },
  longer(
    'other-team',
    'a person of another team makes workbenches, and comes into those of the team',
    { cluster: 'research', kind: 'RoleBinding', name: 'team', namespace: 'research-speech' },
    'subjects',
    { kind: 'Group', name: 'research-language', apiGroup: 'rbac.authorization.k8s.io' },
    new RegExp(
      `one-lock-left ${TEAM}a person of team language opens a port of grant speech-eval's workbench on pool workbench-cpu: got 1 of 2 locks`,
    ),
  ),
];
