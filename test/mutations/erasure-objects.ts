import { addObject, editObject, type Mutation, set } from './edits';

const object = (
  id: string,
  description: string,
  kind: string,
  path: string,
  value: unknown,
  expects: RegExp,
): Mutation => ({
  id,
  description,
  apply: (output) =>
    editObject(output, kind, (found) => {
      set(found, path, value);
    }),
  expects,
});

/** Faults of the Kubernetes objects of the sample environment. */
export const OBJECT_MUTATIONS: readonly Mutation[] = [
  object(
    'pool-volume-outlives-node',
    "a volume of a pool's nodes stays when its node goes",
    'EC2NodeClass',
    'spec.blockDeviceMappings.1.ebs.deleteOnTermination',
    false,
    /unnamed production EC2NodeClass [\w-]+: volume "\/dev\/xvdb": got one that outlives its node/,
  ),
  object(
    'nodes-for-ever',
    "a pool's nodes never grow too old",
    'NodePool',
    'spec.template.spec.expireAfter',
    'Never',
    /unnamed production NodePool [\w-]+: got expireAfter "Never"/,
  ),
  object(
    'scratch-on-the-host',
    "a pipeline's scratch lies on the node's own disk",
    'ScaledJob',
    'spec.jobTargetRef.template.spec.volumes.0',
    { name: 'scratch', hostPath: { path: '/scratch' } },
    /unnamed production ScaledJob tenant-acme\/[\w-]+: volume scratch: got hostPath/,
  ),
  object(
    'scratch-of-an-unknown-kind',
    "a pipeline's scratch is a volume of a kind that is not known",
    'ScaledJob',
    'spec.jobTargetRef.template.spec.volumes.0',
    { name: 'scratch', nfs: { server: 'files' } },
    /not-understood production ScaledJob tenant-acme\/[\w-]+: volume scratch: got nfs/,
  ),
  object(
    'job-without-tenant',
    "a pipeline's ScaledJob does not name its tenant",
    'ScaledJob',
    'metadata.labels',
    {},
    /unnamed production ScaledJob tenant-acme\/[\w-]+: label atoll.dev\/tenant: got nothing/,
  ),
  {
    id: 'claim-of-research',
    description: 'a claim of a research team outlives the pods of its grants',
    apply: (output) =>
      addObject(output, 'research/speech.yaml', {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'scratch', namespace: 'research-speech' },
      }),
    expects: /unnamed research PersistentVolumeClaim research-speech\/scratch: got a volume that outlives its pods/,
  },
  {
    id: 'secret-rendered',
    description: 'a Secret lies among the rendered objects',
    apply: (output) =>
      addObject(output, 'research/speech.yaml', {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'token', namespace: 'research-speech' },
      }),
    expects: /not-understood research Secret research-speech\/token: got a Secret among rendered objects/,
  },
  {
    id: 'volume-kept',
    description: 'a StorageClass keeps volumes when their claims go',
    apply: (output) =>
      addObject(output, 'research/speech.yaml', {
        apiVersion: 'storage.k8s.io/v1',
        kind: 'StorageClass',
        metadata: { name: 'kept' },
        reclaimPolicy: 'Retain',
      }),
    expects: /unnamed research StorageClass kept: reclaimPolicy: got Retain/,
  },
  {
    id: 'snapshot-of-a-volume',
    description: 'a snapshot of a volume, of which nobody said anything',
    apply: (output) =>
      addObject(output, 'research/speech.yaml', {
        apiVersion: 'snapshot.storage.k8s.io/v1',
        kind: 'VolumeSnapshot',
        metadata: { name: 'copy', namespace: 'research-speech' },
      }),
    expects:
      /not-understood research VolumeSnapshot research-speech\/copy: kind: got snapshot.storage.k8s.io\/VolumeSnapshot/,
  },
  {
    id: 'objects-unreadable',
    description: 'a file of objects is no YAML',
    apply: (output) => addObject(output, 'research/speech.yaml', { apiVersion: 'v1', kind: 'ConfigMap' }),
    expects: /not-understood research\/research\/speech.yaml: got a document without apiVersion, kind or metadata.name/,
  },
];
