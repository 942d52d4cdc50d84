import { type Mutation, type Place } from './edits';
import { faults } from './make';

const { changed, removed, added } = faults('tenants');

const WORKLOADS = 'tenants/acme/workloads/objects.yaml';
const AUDIO: Place = { cluster: 'production', kind: 'ScaledJob', name: 'pipeline-audio', namespace: 'tenant-acme' };
const POD = 'spec.jobTargetRef.template.spec';
const NODE_TENANT = 'atoll\\.node-restriction\\.kubernetes\\.io/tenant';

/** Faults of what runs in a tenant's namespace. */
export const TENANT_WORKLOAD_MUTATIONS: readonly Mutation[] = [
  removed(
    'pipeline-gone',
    'a pipeline is gone',
    AUDIO,
    /closed production: tenant-acme: tenant acme: pipeline audio runs on its queue: got closed, expected open; no ScaledJob/,
  ),
  changed(
    'queue-swapped',
    "a pipeline is on another tenant's queue",
    AUDIO,
    'spec.triggers.0.metadata.queueURL',
    'https://sqs.eu-central-1.amazonaws.com/222222222222/atoll-sample-birch-text',
    /open production: ScaledJob tenant-acme\/pipeline-audio: tenant acme: a ScaledJob is started by .*birch-text: got open/,
  ),
  changed(
    'node-swapped',
    "a pipeline asks for another tenant's nodes",
    AUDIO,
    `${POD}.nodeSelector.${NODE_TENANT}`,
    'birch',
    /closed production: tenant-acme: tenant acme: pipeline audio runs on its queue: .*ScaledJob is refused by atoll-tenant-placement-scaledjobs/,
  ),
  changed(
    'node-gone',
    'a pipeline asks for any nodes',
    AUDIO,
    `${POD}.nodeSelector`,
    undefined,
    /pipeline audio runs on its queue: .*ScaledJob is refused by atoll-tenant-placement-scaledjobs/,
  ),
  changed(
    'toleration-swapped',
    'a pipeline tolerates another pool',
    AUDIO,
    `${POD}.tolerations.0.value`,
    'pipeline-shared',
    /pipeline audio runs on its queue: .*a pod tolerates its own pool only/,
  ),
  changed(
    'account-swapped',
    'a pipeline runs as training',
    AUDIO,
    `${POD}.serviceAccountName`,
    'training',
    /open production: ScaledJob tenant-acme\/pipeline-audio: tenant acme: a pipeline runs as training/,
  ),
  changed(
    'account-default',
    'a pipeline runs as default',
    AUDIO,
    `${POD}.serviceAccountName`,
    'default',
    /ScaledJob is refused by atoll-accounts-scaledjobs/,
  ),
  changed(
    'image',
    'a pipeline of an image from elsewhere',
    AUDIO,
    `${POD}.containers.0.image`,
    'docker.io/library/worker:1',
    /ScaledJob is refused by atoll-images-scaledjobs/,
  ),
  changed(
    'host-network',
    'a pipeline shares the network of its node',
    AUDIO,
    `${POD}.hostNetwork`,
    true,
    /Pod is refused by Pod Security: hostNetwork/,
  ),
  changed(
    'port',
    'a pipeline has a port',
    AUDIO,
    `${POD}.containers.0.ports`,
    [{ containerPort: 8080 }],
    /lost nothing in its namespace listens: ScaledJob tenant-acme\/pipeline-audio has a port/,
  ),
  changed(
    'workload-namespace',
    "a workload names another tenant's namespace",
    AUDIO,
    'metadata.namespace',
    'tenant-birch',
    /the layer of tenant acme touches other namespaces: got 2 of 3 locks, expected all; lost the namespaces that its objects name/,
  ),
  added(
    'workload-kind',
    'a workload that the layer may not write',
    WORKLOADS,
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'key', namespace: 'tenant-acme' } },
    /closed production: Secret tenant-acme\/key: Flux applies the layer of tenant acme: got closed, expected open; its account may not write Secret/,
  ),
  added(
    'pipeline-more',
    'a suspended tenant has a pipeline',
    'tenants/cedar-health/workloads/objects.yaml',
    {
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledJob',
      metadata: { name: 'more', namespace: 'tenant-cedar-health' },
      spec: { triggers: [], jobTargetRef: { template: { spec: { serviceAccountName: 'pipeline' } } } },
    },
    /open production: ScaledJob tenant-cedar-health\/more: tenant cedar-health: a ScaledJob is started by nothing: got open, expected no ScaledJob/,
  ),
];
