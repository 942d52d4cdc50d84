import { createHash } from 'node:crypto';
import type { Environment } from '../../schema/model';
import { bootstrapNames, deliveryNames, stackNames } from '../../schema/names';
import { servingNames } from '../../schema/serving-names';
import type { ClusterName } from '../../schema/vocabulary';
import { CLUSTERS } from '../../schema/vocabulary';
import type { Finding, FindingKind, ProofResult } from '../finding';
import { assetAt } from '../output/assets';
import type { Stack, TemplateResource } from '../output/cloud-assembly';
import type { ObjectFile } from '../output/object-files';
import type { Output } from '../output/output';
import { livingTenants } from '../output/tenant-stacks';
import { UnreadableOutput } from '../output/unreadable';
import { isValues, listOf } from '../output/values';
import { fields, free, just, like } from './property-rules';

/** Type of the resource by which a stack brings files into a delivery bucket. */
const DELIVERY = 'Custom::AtollDelivery';

/** What one stack brings into one cluster's delivery bucket. */
interface Delivered {
  readonly cluster: ClusterName;
  /** By key. */
  readonly files: Map<string, ObjectFile>;
}

type Note = (kind: FindingKind, subject: string, message: string) => void;

/**
 * Kubernetes' proof reads `dist/k8s`, and Flux gets what stacks deliver: each file that is read is delivered once, by the stack whose it is, with the same
 * bytes, and nothing else is. Asked of every tenant, whoever stands for it: no two deliveries are the same. It needs no solver, and has a result of its own.
 */
export function proveDeliveries(env: Environment, { stacks, objects }: Output): ProofResult {
  const findings: Finding[] = [];
  const note: Note = (kind, subject, message) => {
    findings.push({ proof: 'isolation', kind, subject, message });
  };
  const expected = expectedOf(env, objects);
  for (const stack of stacks) {
    const delivered = expected.get(stack.id);
    expected.delete(stack.id);
    const found = Object.entries(stack.template().Resources).filter(([, { Type }]) => Type === DELIVERY);
    for (const [id] of found.slice(delivered === undefined ? 0 : 1))
      note(
        'open',
        `${stack.name}/${id}`,
        `got a delivery, allowed ${delivered === undefined ? 'none' : 'one of the stack'}`,
      );
    const [first] = found;
    if (delivered === undefined) continue;
    if (first === undefined) missing(note, stack.name, delivered);
    else askDelivery(env, note, stack, first, delivered);
  }
  for (const [id, delivered] of expected) missing(note, stackNames.deployed(env, id), delivered);
  return { findings, covered: { 'files of objects': objects.length } };
}

const missing = (note: Note, stack: string, { files }: Delivered): void => {
  for (const key of files.keys()) note('closed', stack, `${key}: got no delivery, allowed one`);
};

/** A tenant's files come with its stack, those of serving with its own, all others of a cluster with the cluster's delivery stack. */
function expectedOf(env: Environment, objects: readonly ObjectFile[]): Map<string, Delivered> {
  const owners = new Map<string, string>([
    [`production/${servingNames.objectsKey}`, servingNames.stack] as const,
    ...livingTenants(env).flatMap(({ id }) =>
      [deliveryNames.tenantIndexKey(id), deliveryNames.tenantPlatformKey(id), deliveryNames.tenantWorkloadsKey(id)].map(
        (key) => [`production/${key}`, stackNames.tenant(id)] as const,
      ),
    ),
  ]);
  const found = new Map<string, Delivered>([
    ...CLUSTERS.map((cluster): [string, Delivered] => [
      stackNames.platform(cluster, 'delivery'),
      { cluster, files: new Map() },
    ]),
    ...(env.servingPools.length === 0
      ? []
      : [[servingNames.stack, { cluster: 'production', files: new Map() }] as [string, Delivered]]),
    ...livingTenants(env).map(({ id }): [string, Delivered] => [
      stackNames.tenant(id),
      { cluster: 'production', files: new Map() },
    ]),
  ]);
  for (const file of objects)
    found
      .get(owners.get(`${file.cluster}/${file.key}`) ?? stackNames.platform(file.cluster, 'delivery'))
      ?.files.set(file.key, file);
  return found;
}

const ATTRIBUTES = ['Type', 'Properties', 'DependsOn', 'Metadata'];

function askDelivery(
  env: Environment,
  note: Note,
  stack: Stack,
  [id, resource]: readonly [string, TemplateResource],
  delivered: Delivered,
): void {
  const { cluster } = delivered;
  const subject = `${stack.name}/${id}`;
  for (const name of Object.keys(resource).filter((one) => !ATTRIBUTES.includes(one)))
    note('open', subject, `got the attribute ${name}, allowed ${ATTRIBUTES.join(', ')}`);
  const { Properties: properties = {} } = resource;
  const bucket = bootstrapNames.assetsBucket(env.accounts[cluster], env.region);
  const rule = fields({
    ServiceToken: just(deliveryNames.functionArn(env, cluster)),
    ServiceTimeout: free('seconds that CloudFormation waits for the answer'),
    SourceBucket: just(bucket),
    SourceKey: like(/^[0-9a-f]{64}\.yaml$/),
    Files: free('each is asked about below'),
  });
  for (const message of rule(properties, '')) note('open', subject, message);
  const key = String(properties['SourceKey']);
  const bundle = bundleOf(note, subject, stack, { bucket, key });
  if (bundle === undefined) return;
  if (`${sha256(bundle)}.yaml` !== key)
    note('open', subject, `SourceKey: got ${key}, allowed ${sha256(bundle)}.yaml: what is uploaded has that hash`);
  askFiles(note, subject, properties['Files'], bundle, delivered);
}

/** The file that a deploy of the stack uploads to the place that its delivery copies from. */
function bundleOf(
  note: Note,
  subject: string,
  stack: Stack,
  { bucket, key }: { readonly bucket: string; readonly key: string },
): Buffer | undefined {
  const asset = assetAt(stack.assets(), bucket, key);
  if (asset?.packaging !== 'file') {
    note('open', subject, `SourceKey: got ${key}, allowed what one file of the stack's assets is uploaded to`);
    return undefined;
  }
  try {
    return asset.bytes();
  } catch (error) {
    if (!(error instanceof UnreadableOutput)) throw error;
    for (const fault of error.faults) note('not-understood', subject, fault);
    return undefined;
  }
}

function askFiles(note: Note, subject: string, listed: unknown, bundle: Buffer, { files, cluster }: Delivered): void {
  const left = new Map(files);
  for (const entry of listOf(listed)) {
    const { TargetKey, Offset, Bytes, Sha256, ...more } = isValues(entry) ? entry : {};
    const key = String(TargetKey);
    const file = left.get(key);
    if (file === undefined) {
      note('open', subject, `Files: got ${key}, allowed ${[...files.keys()].join(', ')}, each once`);
      continue;
    }
    left.delete(key);
    for (const name of Object.keys(more))
      note('open', subject, `Files: ${key}: got ${name}, allowed a place and a hash`);
    const wanted = Buffer.from(file.text());
    const [from, length] = [Number(Offset), Number(Bytes)];
    if (!isPlace(from) || !isPlace(length) || !bundle.subarray(from, from + length).equals(wanted))
      note(
        'open',
        subject,
        `Files: ${key}: got other bytes than the file of ${cluster} that is proven, allowed the same`,
      );
    if (Sha256 !== sha256(wanted))
      note('open', subject, `Files: ${key}: Sha256: got ${String(Sha256)}, allowed ${sha256(wanted)}`);
  }
  for (const key of left.keys()) note('closed', subject, `Files: got no ${key}, allowed one: it is proven`);
}

/** Where a slice may begin, and how long it may be: `subarray` takes a negative one from the end. */
const isPlace = (value: number): boolean => Number.isInteger(value) && value >= 0;

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
