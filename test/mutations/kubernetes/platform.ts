import { addObject, at, changeObject, set, type Mutation, type Place } from './edits';
import { faults } from './make';

const { changed, removed } = faults('platform');

const TEAM: Place = { cluster: 'research', kind: 'Namespace', name: 'research-speech' };
const TEAM_FILE = 'research/speech.yaml';

/** Faults of what the platform's layers bring, and of teams' namespaces. */
export const PLATFORM_MUTATIONS: readonly Mutation[] = [
  {
    id: 'platform-secret',
    description: 'a Secret is delivered',
    apply: (output) =>
      addObject(output, 'production', 'platform/20-pools/objects.yaml', {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'key', namespace: 'keda' },
      }),
    expects:
      /pods of tenant acme reach the controllers in flux-system: got 2 of 3 locks, expected all; lost no Secret is delivered/,
  },
  {
    id: 'platform-in-tenant',
    description: "the platform's layer writes a network policy of a tenant",
    apply: (output) =>
      addObject(output, 'production', 'platform/20-pools/objects.yaml', {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'open', namespace: 'tenant-acme' },
        spec: { podSelector: {}, policyTypes: ['Egress'], egress: [{}] },
      }),
    expects: /open production: NetworkPolicy tenant-acme\/open: the platform's layer reaches into tenant-acme/,
  },
  {
    id: 'platform-kind',
    description: 'a kind that the proof does not know',
    apply: (output) =>
      addObject(output, 'production', 'platform/20-pools/objects.yaml', {
        apiVersion: 'admissionregistration.k8s.io/v1',
        kind: 'MutatingWebhookConfiguration',
        metadata: { name: 'change' },
        webhooks: [],
      }),
    expects:
      /not-understood production: MutatingWebhookConfiguration change: got the kind MutatingWebhookConfiguration/,
  },
  {
    id: 'platform-cel',
    description: 'an expression that cannot be evaluated',
    apply: (output) =>
      changeObject(
        output,
        { cluster: 'production', kind: 'ValidatingAdmissionPolicy', name: 'atoll-tenant-pods' },
        (object) => {
          set(
            object,
            'spec.validations.0.expression',
            "authorizer.group('').resource('pods').check('create').allowed()",
          );
        },
      ),
    expects:
      /not-understood ValidatingAdmissionPolicy atoll-tenant-pods: got an expression that cannot be evaluated here/,
  },
  {
    id: 'platform-params',
    description: 'a policy with parameters',
    apply: (output) =>
      changeObject(
        output,
        { cluster: 'production', kind: 'ValidatingAdmissionPolicy', name: 'atoll-tenant-pods' },
        (object) => {
          set(object, 'spec.paramKind', { apiVersion: 'v1', kind: 'ConfigMap' });
        },
      ),
    expects: /not-understood ValidatingAdmissionPolicy atoll-tenant-pods: policy\.spec: got the fields paramKind/,
  },
  changed(
    'team-label',
    "a team's namespace carries another team's label",
    TEAM,
    'metadata.labels.atoll\\.dev/team',
    'language',
    /every policy goes by label atoll\.dev\/team: got language, expected speech/,
  ),
  changed(
    'team-label-gone',
    "a team's namespace without its team",
    TEAM,
    'metadata.labels.atoll\\.dev/team',
    undefined,
    /team speech: a pod that names no node selector, by a Job that is made: got open/,
  ),
  changed(
    'team-security',
    "a team's namespace without Pod Security",
    TEAM,
    'metadata.labels.pod-security\\.kubernetes\\.io/enforce',
    'privileged',
    /team speech: a pod that is privileged, by a Job that is made: got open/,
  ),
  removed(
    'grant-account-gone',
    'the account of a grant is gone',
    { ...TEAM, kind: 'ServiceAccount', name: 'grant-speech-eval' },
    /closed research: research-speech: pods of team speech run as grant-speech-eval: got closed/,
  ),
  {
    id: 'platform-grant-account-more',
    description: "a team's namespace has the account of another team's grant",
    apply: (output) =>
      addObject(output, 'research', TEAM_FILE, {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: 'grant-notes-quality', namespace: 'research-speech' },
        automountServiceAccountToken: false,
      }),
    expects:
      /open research: ServiceAccount research-speech\/grant-notes-quality: team speech: got an account grant-notes-quality/,
  },
  {
    id: 'platform-grant-people',
    description: 'a grant names one person more to admission than to its file',
    apply: (output) =>
      changeObject(
        output,
        { cluster: 'research', kind: 'ValidatingAdmissionPolicy', name: 'atoll-grant-use' },
        (object) => {
          set(
            object,
            'spec.variables.0.expression',
            String(at(object, 'spec.variables.0.expression')).replace(
              "'grant-speech-eval': [",
              "'grant-speech-eval': ['person:noor@example.com', ",
            ),
          );
        },
      ),
    expects:
      /open research: research-speech: team speech: noor@example\.com starts a Job as grant speech-eval, which does not name them/,
  },
  {
    id: 'platform-grant-less',
    description: 'a grant does not name a person of its file to admission',
    apply: (output) =>
      changeObject(
        output,
        { cluster: 'research', kind: 'ValidatingAdmissionPolicy', name: 'atoll-grant-use' },
        (object) => {
          set(
            object,
            'spec.variables.0.expression',
            String(at(object, 'spec.variables.0.expression')).replace(
              "'person:lin@example.com'",
              "'person:other@example.com'",
            ),
          );
        },
      ),
    expects:
      /closed research: research-speech: team speech: lin@example\.com starts a Job as grant speech-eval: got closed/,
  },
  {
    id: 'platform-prefix-of-queue',
    description: "admission goes by the beginning of a queue's name",
    apply: (output) =>
      changeObject(
        output,
        { cluster: 'production', kind: 'ValidatingAdmissionPolicy', name: 'atoll-scaledjob-triggers' },
        (object) => {
          set(
            object,
            'spec.validations.2.expression',
            "object.spec.triggers.all(t, t.metadata['queueURL'].contains('/atoll-sample-' + variables.tenant) && t.metadata['awsRegion'] == 'eu-central-1' && !('awsEndpoint' in t.metadata))",
          );
        },
      ),
    expects:
      /open production: tenant-acme: tenant acme: a ScaledJob that asks KEDA for the (video|audio|text) queue of tenant acme-east/,
  },
];
