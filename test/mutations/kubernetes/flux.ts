import { changeChart, resource, set, type Mutation, type Resources } from './edits';
import { faults } from './make';

const { stack } = faults('platform');

/** Resources of the production cluster's stack, changed. */
const cluster = (id: string, description: string, change: (resources: Resources) => void, expects: RegExp): Mutation =>
  stack(id, description, 'production-cluster', change, expects);

/** The values of Flux's own chart, with one of them changed. */
const flux = (id: string, description: string, path: string, value: unknown, expects: RegExp): Mutation =>
  cluster(
    `flux-${id}`,
    description,
    (resources) => {
      const chart = resource(resources, 'Custom::AWSCDK-EKS-HelmChart', ({ Release }) => Release === 'flux2');
      const values = JSON.parse(String(chart['Values'])) as Record<string, unknown>;
      set(values, path, value);
      chart['Values'] = JSON.stringify(values);
    },
    expects,
  );

const chart = (id: string, description: string, from: string | RegExp, to: string, expects: RegExp): Mutation => ({
  id: `platform-sync-${id}`,
  description,
  apply: (output) => changeChart(output, 'production', from, to),
  expects,
});

/** Faults of Flux and of what it is told at its bootstrap. */
export const FLUX_MUTATIONS: readonly Mutation[] = [
  flux(
    'tenancy',
    'Flux without multi-tenancy',
    'multitenancy.enabled',
    false,
    /a layer is applied as another account than its own: got 1 of 2 locks, expected all; lost Flux's multi-tenancy/,
  ),
  flux(
    'default-account',
    'Flux takes itself where none is named',
    'multitenancy.defaultServiceAccount',
    'kustomize-controller',
    /defaultServiceAccount is kustomize-controller, expected default/,
  ),
  flux(
    'remote-bases',
    'Flux reads bases from elsewhere',
    'kustomizeController.container.additionalArgs',
    [],
    /a Kustomization reads a base from elsewhere/,
  ),
  flux(
    'aggregation',
    "editors write Flux's objects",
    'rbac.createAggregation',
    true,
    /an editor of a namespace writes Kustomizations/,
  ),
  chart(
    'account',
    'a layer of the platform without an account',
    /\n {2}serviceAccountName: kustomize-controller/,
    '',
    /a layer is applied as another account than its own: got 1 of 2 locks, expected all; lost the account of the layer/,
  ),
  chart(
    'prefix',
    "the platform's files come from a wider prefix",
    'prefix: platform/',
    'prefix: ""',
    /Flux pulls from elsewhere: prefix/,
  ),
  chart(
    'bucket',
    "the platform's files come from another bucket",
    /bucketName: \S+/,
    'bucketName: elsewhere',
    /Flux pulls from elsewhere: bucket: got "elsewhere"/,
  ),
  chart(
    'order',
    'tenants come before admission',
    /dependsOn:\n {4}- name: platform-admission/,
    'suspend: false',
    /not-understood Kustomization flux-system\/tenants: .*got the fields suspend/,
  ),
  chart(
    'order-other',
    'tenants come after the pools only',
    '- name: platform-admission',
    '- name: platform-pools',
    /open production: Kustomization flux-system\/tenants: namespaces come before the policies that judge them/,
  ),
  chart(
    'path',
    "tenants' layers are applied as the platform's",
    'path: "./index"',
    'path: "./tenants"',
    /Flux applies \.\/tenants of flux-system\/tenants: got open/,
  ),
  chart(
    'helm',
    'a template of Helm',
    'prefix: index/',
    'prefix: {{ .Values.prefix }}',
    /not-understood .*got a Helm expression/,
  ),
];
