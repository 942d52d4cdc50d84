import { parseAllDocuments } from 'yaml';
import { deliveryNames } from '../../schema/names';
import type { ClusterName } from '../../schema/vocabulary';
import type { ObjectFile } from './object-files';
import { at, isValues, type Values } from './values';

/** Stands for the id of the tenant whose file an object is in; no id has capital letters. */
export const TENANT = 'THE-TENANT';

/** One Kubernetes object where it will be applied. */
export interface PlacedObject {
  readonly cluster: ClusterName;
  /** Key of its file in the delivery bucket. */
  readonly key: string;
  /** Whose file it is in; none where it is of the platform or of research. */
  readonly tenant: string | undefined;
  readonly kind: string;
  /** Name of the API group and the kind, such as `keda.sh/ScaledJob`; the core group has no name. */
  readonly type: string;
  readonly name: string;
  /** Cluster, kind, namespace and name, with the tenant's id in its place. */
  readonly subject: string;
  /**
   * The object, in which `TENANT` stands for the id of its tenant. Tenants who have it alike share one value, so that what is found
   * about it once holds for all of them.
   */
  readonly shape: Values;
}

export interface Placed {
  readonly objects: readonly PlacedObject[];
  /** Files, or parts of them, that are no objects. */
  readonly unreadable: readonly { readonly subject: string; readonly message: string }[];
}

interface Parsed {
  readonly shapes: readonly Values[];
  readonly faults: readonly string[];
}

const known = new WeakMap<readonly ObjectFile[], { readonly tenants: string; readonly placed: Placed }>();

/**
 * The objects of files, each shape of a document parsed once, and the same files for all proofs.
 * @param tenants the ids whose files may be there
 */
export function placedObjects(files: readonly ObjectFile[], tenants: readonly string[]): Placed {
  const ids = tenants.join();
  const before = known.get(files);
  if (before?.tenants === ids) return before.placed;
  const placed = read(files, tenants);
  known.set(files, { tenants: ids, placed });
  return placed;
}

function read(files: readonly ObjectFile[], tenants: readonly string[]): Placed {
  const owners = new Map(tenants.flatMap((id) => keysOf(id).map((key) => [key, id] as const)));
  const seen = new Map<string, Parsed>();
  const objects: PlacedObject[] = [];
  const unreadable: { subject: string; message: string }[] = [];
  for (const file of files) {
    const tenant = owners.get(file.key);
    const text = tenant === undefined ? file.text() : masked(file.text(), tenant);
    for (const part of text.split(/^---\n/m)) {
      const parsed = seen.get(part) ?? parse(part);
      seen.set(part, parsed);
      for (const shape of parsed.shapes) objects.push(placed(file, tenant, shape));
      for (const message of parsed.faults) unreadable.push({ subject: `${file.cluster}/${file.key}`, message });
    }
  }
  return { objects, unreadable };
}

const keysOf = (id: string): string[] => [
  deliveryNames.tenantIndexKey(id),
  deliveryNames.tenantPlatformKey(id),
  deliveryNames.tenantWorkloadsKey(id),
];

/** Ids that YAML reads as something else than text are left, and their files are shapes of their own. */
const masked = (text: string, id: string): string =>
  ['true', 'false', 'null'].includes(id) ? text : text.replaceAll(id, TENANT);

function parse(text: string): Parsed {
  const shapes: Values[] = [];
  const faults: string[] = [];
  for (const document of parseAllDocuments(text, { version: '1.2' })) {
    const [error] = document.errors;
    if (error !== undefined) {
      faults.push(
        `is no YAML (${error.message.split('\n')[0] ?? ''}), expected Kubernetes objects; run the synth again`,
      );
      continue;
    }
    const value = document.toJS() as unknown;
    if (value === null || value === undefined) continue;
    if (isObject(value)) shapes.push(value);
    else faults.push('got a document without apiVersion, kind or metadata.name, expected Kubernetes objects');
  }
  return { shapes, faults };
}

const isObject = (value: unknown): value is Values =>
  isValues(value) && ['apiVersion', 'kind', 'metadata.name'].every((path) => typeof at(value, path) === 'string');

function placed(file: ObjectFile, tenant: string | undefined, shape: Values): PlacedObject {
  const kind = String(shape['kind']);
  const [group = '', version] = String(shape['apiVersion']).split('/');
  const unmasked = (text: string): string => (tenant === undefined ? text : text.replaceAll(TENANT, tenant));
  const namespace = at(shape, 'metadata.namespace');
  const name = unmasked(String(at(shape, 'metadata.name')));
  const place = typeof namespace === 'string' ? `${unmasked(namespace)}/${name}` : name;
  return {
    cluster: file.cluster,
    key: file.key,
    tenant,
    kind,
    type: version === undefined ? kind : `${group}/${kind}`,
    name,
    subject: `${file.cluster} ${kind} ${place}`,
    shape,
  };
}
