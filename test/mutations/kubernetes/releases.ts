import { resource, set, type Mutation, type Place, type Resources } from './edits';
import { faults } from './make';

const { changed, removed, stack } = faults('platform');

const release = (name: string): Place => ({ cluster: 'production', kind: 'HelmRelease', name });

/** Resources of the production cluster's stack, changed. */
const cluster = (id: string, description: string, change: (resources: Resources) => void, expects: RegExp): Mutation =>
  stack(id, description, 'production-cluster', change, expects);

/** Faults of the controllers' releases and of their roles. */
export const RELEASE_MUTATIONS: readonly Mutation[] = [
  changed(
    'keda-secrets',
    "KEDA's operator reads Secrets",
    release('keda'),
    'spec.values.permissions.operator.restrict.secret',
    false,
    /one-lock-left production: HelmRelease flux-system\/keda: KEDA reads every namespace's Secrets: got 2 of 3 locks/,
  ),
  changed(
    'keda-secrets-metrics',
    "KEDA's metrics server reads Secrets",
    release('keda'),
    'spec.values.permissions.metricServer',
    undefined,
    /permissions\.metricServer\.restrict\.secret is not true/,
  ),
  changed(
    'keda-scales',
    'KEDA scales whatever there is',
    release('keda'),
    'spec.values.rbac.enabledCustomScaledRefKinds',
    true,
    /KEDA may scale whatever there is/,
  ),
  changed(
    'keda-account',
    'KEDA runs as another account',
    release('keda'),
    'spec.values.serviceAccount.operator.name',
    'default',
    /serviceAccount\.operator\.name: got default, expected keda-operator/,
  ),
  changed(
    'keda-webhook',
    "KEDA's webhook may be missed",
    release('keda'),
    'spec.values.webhooks.failurePolicy',
    'Ignore',
    /webhooks\.failurePolicy must be Fail/,
  ),
  removed(
    'keda-gone',
    'there is no KEDA',
    release('keda'),
    /closed production: HelmRelease keda: KEDA starts pipelines: got closed/,
  ),
  changed(
    'karpenter-account',
    'Karpenter runs as another account',
    release('karpenter'),
    'spec.values.serviceAccount.name',
    'default',
    /serviceAccount\.name: got default, expected karpenter/,
  ),
  changed(
    'release-account',
    'a chart as another account',
    release('kueue'),
    'spec.serviceAccountName',
    undefined,
    /a chart that runs with all rights: serviceAccountName: got none, expected helm-controller/,
  ),
  changed(
    'release-target',
    "a chart in a tenant's namespace",
    release('kueue'),
    'spec.targetNamespace',
    'tenant-acme',
    /targetNamespace: got tenant-acme, expected kueue-system/,
  ),
  changed(
    'release-source',
    'a chart from elsewhere',
    { cluster: 'production', kind: 'OCIRepository', name: 'kueue' },
    'spec.url',
    'oci://ghcr.io/other/kueue',
    /chartRef: got oci:\/\/ghcr\.io\/other\/kueue:0\.19\.2, expected oci:/,
  ),
  changed(
    'release-version',
    'a chart in another version',
    { cluster: 'production', kind: 'OCIRepository', name: 'kueue' },
    'spec.ref.tag',
    'latest',
    /chartRef: got oci:.*:latest, expected/,
  ),
  changed(
    'release-patched',
    'a chart that is patched',
    release('kueue'),
    'spec.postRenderers',
    [{}],
    /not-understood HelmRelease flux-system\/kueue: .*got the fields postRenderers/,
  ),
  changed(
    'release-more',
    'a chart that nobody declared',
    release('kueue'),
    'metadata.name',
    'more',
    /open production: HelmRelease flux-system\/more: a chart runs with all rights/,
  ),
  cluster(
    'keda-role',
    "KEDA's role receives messages",
    (resources) => {
      set(
        resource(
          resources,
          'AWS::IAM::ManagedPolicy',
          (properties) =>
            JSON.stringify(properties).includes('sqs:GetQueueAttributes') &&
            JSON.stringify(properties).includes('CountMessages'),
        ),
        'PolicyDocument.Statement.0.Action',
        'sqs:*',
      );
    },
    /open production-cluster: \w+: KEDA does more than count messages: got \[\["sqs:\*"/,
  ),
  cluster(
    'keda-role-wide',
    "KEDA's role counts every queue of the account",
    (resources) => {
      set(
        resource(resources, 'AWS::IAM::ManagedPolicy', (properties) =>
          JSON.stringify(properties).includes('CountMessages'),
        ),
        'PolicyDocument.Statement.0.Resource',
        '*',
      );
    },
    /KEDA does more than count messages: got \[\["sqs:GetQueueAttributes","\*"\]\]/,
  ),
  cluster(
    'association-more',
    'an account of a tenant gets a role by the cluster’s stack',
    (resources) => {
      resources['Added'] = {
        Type: 'AWS::EKS::PodIdentityAssociation',
        Properties: {
          Namespace: 'tenant-acme',
          ServiceAccount: 'pipeline',
          RoleArn: 'arn:aws:iam::222222222222:role/other',
        },
      };
    },
    /open production-cluster: Added: tenant-acme\/pipeline as arn:aws:iam::222222222222:role\/other: got open/,
  ),
  cluster(
    'association-swapped',
    "KEDA's role goes to another account",
    (resources) => {
      set(
        resource(resources, 'AWS::EKS::PodIdentityAssociation', ({ Namespace }) => Namespace === 'keda'),
        'ServiceAccount',
        'default',
      );
    },
    /open production-cluster: \w+: keda\/default as atoll-sample-production-keda: got open/,
  ),
];
