import { addObject, at, changeObject, type Draft, type Mutation, type Place, set } from './edits';
import { faults } from './make';

const { changed } = faults('fields');

const AUDIO: Place = { cluster: 'production', kind: 'ScaledJob', name: 'pipeline-audio', namespace: 'tenant-acme' };
const POD = 'spec.jobTargetRef.template.spec';
const CONTAINER = `${POD}.containers.0`;
const SUBJECT = 'production: ScaledJob tenant-acme\\/pipeline-audio: tenant acme: ';

const told = (kind: string, message: string): RegExp => new RegExp(`${kind} ${SUBJECT}${message}`);
const unknown = (fields: string): RegExp => told('not-understood', `.*: got the fields ${fields}, allowed`);

/** A field of the pod that nobody writes. */
const pod = (id: string, description: string, field: string, value: unknown): Mutation =>
  changed(id, description, AUDIO, `${POD}.${field}`, value, unknown(field));

/** A field of its container that nobody writes. */
const container = (id: string, description: string, field: string, value: unknown): Mutation =>
  changed(id, description, AUDIO, `${CONTAINER}.${field}`, value, unknown(field));

/** One more variable, or another value of one. */
function variable(id: string, description: string, entry: Draft, expects: RegExp): Mutation {
  return {
    id: `fields-${id}`,
    description,
    apply: (output) =>
      changeObject(output, AUDIO, (object) => {
        const others = (at(object, `${CONTAINER}.env`) as readonly Draft[]).filter(
          ({ name }) => name !== entry['name'],
        );
        set(object, `${CONTAINER}.env`, [...others, entry]);
      }),
    expects,
  };
}

const wrong = (name: string): RegExp => told('open', `.*env\\[${name}\\]: got .*, allowed`);
const volume = (id: string, description: string, source: Draft, fields: string): Mutation =>
  changed(id, description, AUDIO, `${POD}.volumes.0`, { name: 'scratch', ...source }, unknown(fields));

const NAMESPACE: Place = { cluster: 'production', kind: 'Namespace', name: 'tenant-acme' };
const TEAM: Place = { cluster: 'research', kind: 'Namespace', name: 'research-speech' };
const WORKERS: Place = { cluster: 'research', kind: 'Service', name: 'workers', namespace: 'research-speech' };
const VERSION = 'metadata.labels.pod-security\\.kubernetes\\.io/enforce-version';

/** Faults of fields that admission lets through, since what is reviewed is trusted: each is known here, or fails. */
export const WORKLOAD_FIELD_MUTATIONS: readonly Mutation[] = [
  pod('host-aliases', 'a name of S3 at a foreign address', 'hostAliases', [
    { ip: '203.0.113.7', hostnames: ['s3.eu-central-1.amazonaws.com'] },
  ]),
  pod('dns-config', 'names are asked for elsewhere', 'dnsConfig', { nameservers: ['203.0.113.7'] }),
  pod('dns-policy', 'names are not asked for in the cluster', 'dnsPolicy', 'None'),
  pod('runtime-class', 'another runtime', 'runtimeClassName', 'made-up'),
  pod('hostname', 'a name of its own', 'hostname', 'worker'),
  pod('shared-processes', 'containers see each other', 'shareProcessNamespace', true),
  pod('pull-secret', 'a Secret to pull images', 'imagePullSecrets', [{ name: 'key' }]),
  container('command', 'another command', 'command', ['/bin/sh']),
  container('args', 'other arguments', 'args', ['--bucket=other']),
  container('env-from', 'variables of a Secret', 'envFrom', [{ secretRef: { name: 'key' } }]),
  container('lifecycle', 'a command when it starts', 'lifecycle', { postStart: { exec: { command: ['sh'] } } }),
  container('working-dir', 'another directory', 'workingDir', '/tmp'),
  container('device', 'a raw volume', 'volumeDevices', [{ name: 'scratch', devicePath: '/dev/x' }]),
  variable(
    'endpoint',
    "AWS's endpoint elsewhere",
    { name: 'AWS_ENDPOINT_URL_S3', value: 'https://example.com' },
    told('not-understood', '.*env: got the variable AWS_ENDPOINT_URL_S3, allowed ATOLL_TENANT'),
  ),
  variable(
    'proxy',
    'requests by way of a proxy',
    { name: 'HTTPS_PROXY', value: 'http://example.com' },
    told('not-understood', '.*env: got the variable HTTPS_PROXY, allowed'),
  ),
  variable(
    'bucket',
    "another tenant's bucket",
    { name: 'ATOLL_BUCKET', value: 'atoll-sample-birch-222222222222' },
    wrong('ATOLL_BUCKET'),
  ),
  variable(
    'queue',
    "another pipeline's queue",
    { name: 'ATOLL_QUEUE_URL', value: 'https://sqs.eu-central-1.amazonaws.com/222222222222/atoll-sample-acme-text' },
    wrong('ATOLL_QUEUE_URL'),
  ),
  variable('tenant', 'another tenant', { name: 'ATOLL_TENANT', value: 'birch' }, wrong('ATOLL_TENANT')),
  variable('pipeline', 'another pipeline', { name: 'ATOLL_PIPELINE', value: 'text' }, wrong('ATOLL_PIPELINE')),
  variable('region', 'another region', { name: 'AWS_REGION', value: 'us-west-2' }, wrong('AWS_REGION')),
  variable('home', 'a home elsewhere', { name: 'HOME', value: '/proc/self' }, wrong('HOME')),
  variable(
    'from-secret',
    'a variable of a Secret',
    { name: 'ATOLL_BUCKET', valueFrom: { secretKeyRef: { name: 'key', key: 'bucket' } } },
    unknown('valueFrom'),
  ),
  changed(
    'variables-gone',
    'a worker that is told nothing',
    AUDIO,
    `${CONTAINER}.env`,
    undefined,
    told('closed', '.*env: got no variable ATOLL_BUCKET, expected it'),
  ),
  volume(
    'claim',
    'a volume that outlives the Job',
    { persistentVolumeClaim: { claimName: 'x' } },
    'persistentVolumeClaim',
  ),
  volume('csi', 'a volume of a driver', { csi: { driver: 's3.csi.aws.com' } }, 'csi'),
  volume('secret', 'a Secret as files', { secret: { secretName: 'key' } }, 'secret'),
  volume('config', 'a ConfigMap as files', { configMap: { name: 'tenant-profile' } }, 'configMap'),
  volume('memory', 'a volume in memory', { emptyDir: { medium: 'Memory' } }, 'medium'),
  changed(
    'image',
    'another image of the own registry',
    AUDIO,
    `${CONTAINER}.image`,
    '222222222222.dkr.ecr.eu-central-1.amazonaws.com/atoll/sample/dataset-builder:1',
    told('open', '.*containers\\[0\\]\\.image: got .*dataset-builder:1, allowed'),
  ),
  changed(
    'init',
    'a container before it',
    AUDIO,
    `${POD}.initContainers`,
    [{ name: 'first', image: '222222222222.dkr.ecr.eu-central-1.amazonaws.com/atoll/sample/x:1' }],
    told('open', '.*initContainers: got 1, allowed 0 only'),
  ),
  changed(
    'links',
    "variables of the namespace's Services",
    AUDIO,
    `${POD}.enableServiceLinks`,
    true,
    told('open', '.*enableServiceLinks: got true, allowed false only'),
  ),
  changed(
    'writable',
    'a root file system that can be written',
    AUDIO,
    `${CONTAINER}.securityContext.readOnlyRootFilesystem`,
    false,
    told('open', '.*readOnlyRootFilesystem: got false, allowed true only'),
  ),
  changed(
    'annotation',
    'an annotation that a controller goes by',
    AUDIO,
    'spec.jobTargetRef.template.metadata.annotations',
    { 'made.up/inject': 'true' },
    told('open', '.*annotations\\[made\\.up\\/inject\\]: got'),
  ),
  changed(
    'label',
    "another tenant's label on the pod",
    AUDIO,
    'spec.jobTargetRef.template.metadata.labels.atoll\\.dev/tenant',
    'birch',
    told('open', '.*labels\\[atoll\\.dev\\/tenant\\]: got birch, allowed acme only'),
  ),
  changed(
    'standard-old',
    'Pod Security of the first version',
    NAMESPACE,
    VERSION,
    'v1.0',
    /open production: Namespace tenant-acme: .*label pod-security\.kubernetes\.io\/enforce-version: got v1\.0, expected v1\./,
  ),
  changed(
    'standard-latest',
    'Pod Security of whatever version',
    NAMESPACE,
    VERSION,
    undefined,
    /enforce-version: got none, expected v1\./,
  ),
  changed(
    'standard-team',
    'Pod Security of the first version for a team',
    TEAM,
    VERSION,
    'v1.0',
    /open research: Namespace research-speech: .*enforce-version: got v1\.0, expected v1\./,
  ),
  changed(
    'namespace-label',
    'a label that another controller goes by',
    NAMESPACE,
    'metadata.labels.made\\.up/inject',
    'enabled',
    /not-understood production: Namespace tenant-acme: tenant acme: got the label made\.up\/inject/,
  ),
  changed(
    'namespace-annotation',
    'an annotation that another controller goes by',
    TEAM,
    'metadata.annotations',
    { 'made.up/inject': 'enabled' },
    /not-understood research: .*namespace\.metadata: got the fields annotations/,
  ),
  changed(
    'external-name',
    "a team's Service is a name for elsewhere",
    WORKERS,
    'spec',
    { type: 'ExternalName', externalName: 'example.com' },
    /open research: Service research-speech\/workers: team speech: its Service is a name for elsewhere: spec\.type: got ExternalName example\.com/,
  ),
  changed(
    'service-selector',
    "a team's Service leads to other pods",
    WORKERS,
    'spec.selector',
    { 'atoll.dev/team': 'vision' },
    /open research: Service research-speech\/workers: team speech: its Service leads to other pods/,
  ),
  changed(
    'service-addresses',
    'a Service of external addresses',
    WORKERS,
    'spec.externalIPs',
    ['203.0.113.7'],
    /not-understood research: .*service\.spec: got the fields externalIPs/,
  ),
  {
    id: 'fields-service-more',
    description: 'one more Service, without a selector',
    apply: (output) =>
      addObject(output, 'research', 'research/speech.yaml', {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 's3', namespace: 'research-speech' },
        spec: { type: 'ExternalName', externalName: 's3.example.com' },
      }),
    expects: /open research: Service research-speech\/s3: team speech: got a Service s3, allowed workers only/,
  },
];
