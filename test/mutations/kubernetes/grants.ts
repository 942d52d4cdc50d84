import { addObject, at, changeObject, type Mutation, type Place, set } from './edits';
import { faults } from './make';

const { changed, longer, removed } = faults('grants');

const policy = (name: string): Place => ({ cluster: 'research', kind: 'ValidatingAdmissionPolicy', name });
const circle = (name: string): Place => ({
  cluster: 'research',
  kind: 'NetworkPolicy',
  name,
  namespace: 'research-speech',
});
const [JOBS, PODS, DOORS, MAPS] = [
  policy('atoll-grant-jobs'),
  policy('atoll-grant-pods'),
  policy('atoll-grant-doors'),
  policy('atoll-grant-maps'),
];
const [GRANT, TEAM] = [circle('grant-speech-eval'), circle('research')];
const PEOPLE = 'spec.variables.0.expression';

/** A part of an expression replaced. */
const text = (
  id: string,
  description: string,
  place: Place,
  path: string,
  from: string,
  to: string,
  expects: RegExp,
): Mutation => ({
  id: `grants-${id}`,
  description,
  apply: (output) =>
    changeObject(output, place, (object) => {
      set(object, path, String(at(object, path)).replace(from, to));
    }),
  expects,
});

const expression = (number: number): string => `spec.validations.${number}.expression`;

/** Faults by which a colleague outside of a grant comes to its pods, or to what they run. */
export const GRANT_MUTATIONS: readonly Mutation[] = [
  text(
    'doors-people',
    'a colleague may enter the pods of a grant',
    DOORS,
    PEOPLE,
    "'grant-speech-eval': [",
    "'grant-speech-eval': ['person:member@example.com', ",
    /open research: research-speech: team speech: member@example\.com enters a pod of grant speech-eval, which does not name them, by pods\/portforward/,
  ),
  text(
    'doors-people-less',
    'a person of a grant may not enter its pods',
    DOORS,
    PEOPLE,
    "'person:lin@example.com'",
    "'person:other@example.com'",
    /closed research: research-speech: team speech: lin@example\.com enters a pod of grant speech-eval: got closed/,
  ),
  text(
    'doors-anyone-of-a-grant',
    'whoever has a grant may enter the pods of every one',
    DOORS,
    expression(0),
    "request.name.startsWith(a + '--') && ",
    '',
    /open research: research-speech: team speech: noor@example\.com enters a pod of grant speech-eval/,
  ),
  text(
    'doors-live-grants-only',
    'pods of a grant that is gone are open',
    DOORS,
    expression(0),
    "!request.name.startsWith('grant-')",
    "!variables.people.exists(b, request.name.startsWith(b + '--'))",
    /open research: research-\S+: team \S+: member@example\.com enters a pod of grant zqother/,
  ),
  text(
    'doors-everyone-closed',
    'nobody enters a pod of the team’s own either',
    DOORS,
    expression(0),
    "!request.name.startsWith('grant-')",
    'false',
    /closed research: research-speech: team speech: \S+ enters a pod of the team's own: got closed/,
  ),
  text(
    'maps-people',
    'a colleague may replace what the pods of a grant run',
    MAPS,
    PEOPLE,
    "'grant-speech-eval': [",
    "'grant-speech-eval': ['person:member@example.com', ",
    /open research: research-speech: team speech: member@example\.com, whom it does not name, writes ConfigMap grant-speech-eval--recipe/,
  ),
  text(
    'maps-scope',
    'people of a grant write its scope',
    MAPS,
    expression(0),
    "variables.name.startsWith(a + '--')",
    'variables.name.startsWith(a)',
    /open research: research-speech: team speech: ada@example\.com writes ConfigMap grant-speech-eval of grant speech-eval/,
  ),
  text(
    'maps-flux',
    'Flux cannot write the scope',
    MAPS,
    expression(0),
    "'system:serviceaccount:flux-system:kustomize-controller'",
    "'system:serviceaccount:flux-system:other'",
    /closed research: research-speech: team speech: Flux writes ConfigMap grant-speech-eval/,
  ),
  text(
    'maps-namespace',
    'a namespace with a grant’s ConfigMap never goes',
    MAPS,
    expression(0),
    "request.operation == 'DELETE' && ",
    "request.operation == 'UPDATE' && ",
    /closed research: research-speech: team speech: the namespace controller writes ConfigMap grant-speech-eval/,
  ),
  text(
    'jobs-prefix',
    'a grant’s Job has a name that another grant’s may have',
    JOBS,
    expression(0),
    "variables.name.startsWith(variables.account + '--')",
    "variables.name.startsWith('grant-')",
    /one-lock-left research: research-speech: team speech: a pod that runs as grant speech-eval under the name of another grant/,
  ),
  text(
    'pods-team-names',
    'a pod of the team’s own takes a grant’s name',
    PODS,
    expression(0),
    "!variables.name.startsWith('grant-')",
    'true',
    /one-lock-left research: research-speech: team speech: a pod that takes the name of grant speech-eval/,
  ),
  text(
    'pods-any-label',
    'a grant’s pod has the label of any grant',
    PODS,
    expression(1),
    "'grant-' + variables.marks['atoll.dev/grant'] == variables.account",
    'true',
    /one-lock-left research: research-speech: team speech: a pod that runs as grant speech-eval with the label of another grant/,
  ),
  text(
    'pods-team-label',
    'a pod of the team’s own takes the label of a grant',
    PODS,
    expression(1),
    "!('atoll.dev/grant' in variables.marks)",
    'true',
    /one-lock-left research: research-speech: team speech: a pod that takes the label of grant speech-eval/,
  ),
  ...['v.configMap', 's.configMap', 'e.valueFrom.configMapKeyRef', 'e.configMapRef'].map((way, i) =>
    text(
      `jobs-maps-${i + 1}`,
      `a grant's Job takes any ConfigMap by ${way}`,
      JOBS,
      expression(2),
      `${way}.name == variables.account`,
      'true',
      /one-lock-left research: research-speech: team speech: a pod that runs as grant speech-eval and (mounts|takes) /,
    ),
  ),
  longer(
    'network-in',
    "pods of the team's own reach a grant's",
    GRANT,
    'spec.ingress',
    { from: [{ podSelector: {} }] },
    /pods of team speech without a grant reach pods of grant speech-eval: got 2 of 3 locks, expected all; lost ingress policies of research-speech/,
  ),
  longer(
    'network-out',
    "a grant's pods reach those of the team's own",
    GRANT,
    'spec.egress',
    { to: [{ podSelector: {} }] },
    /pods of team speech of grant speech-eval reach pods without a grant: got 2 of 3 locks, expected all; lost egress policies of research-speech/,
  ),
  changed(
    'network-team-peers',
    "pods of the team's own reach all of its pods",
    TEAM,
    'spec.egress.0.to.0.podSelector',
    {},
    /pods of team speech without a grant reach pods of grant speech-eval: got 2 of 3 locks, expected all; lost egress policies of research-speech/,
  ),
  changed(
    'network-team-all',
    'the circle of the team is around all of its pods',
    TEAM,
    'spec.podSelector',
    {},
    /pods of team speech without a grant reach pods of grant speech-eval: got 2 of 3 locks|pods of team speech of grant speech-eval reach pods without a grant: got 1 of 3 locks|pods of team speech of grant speech-eval reach pods without a grant: got 2 of 3 locks/,
  ),
  changed(
    'network-chosen-label',
    'a circle of pods by a label that anybody sets',
    GRANT,
    'spec',
    {
      podSelector: { matchLabels: { meet: 'all' } },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [{ podSelector: { matchLabels: { meet: 'all' } } }] }],
      egress: [{ to: [{ podSelector: { matchLabels: { meet: 'all' } } }] }],
    },
    /pods of team speech without a grant reach pods of grant speech-eval: got 1 of 3 locks/,
  ),
  removed(
    'network-gone',
    'the ranks of a grant’s training do not meet',
    GRANT,
    /closed research: research-speech: pods of team speech of grant speech-eval reach pods of its own: got closed/,
  ),
  {
    id: 'grants-network-more',
    description: 'one more policy opens a grant’s pods to the namespace',
    apply: (output) =>
      addObject(output, 'research', 'research/speech.yaml', {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'more', namespace: 'research-speech' },
        spec: { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: {} }] }] },
      }),
    expects: /pods of team speech without a grant reach pods of grant speech-eval: got 2 of 3 locks/,
  },
];
