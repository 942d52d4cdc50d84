import type { Tenant } from '../../../schema/tenant';
import { NotUnderstood } from '../not-understood';
import type { KubernetesObject } from './kubernetes-object';
import type { TenantTexts } from './inventory';
import { anyTenant, isWord, withoutId } from './placeholder';
import { parseStream } from './stream';

/** The objects of a tenant, by the layer that applies them. */
export interface TenantObjects {
  readonly tenant: Tenant;
  readonly index: readonly KubernetesObject[];
  readonly platform: readonly KubernetesObject[];
  readonly workloads: readonly KubernetesObject[];
}

/** Tenants whose objects are the same up to the name, and of which the environment says the same. */
export interface TenantClass {
  /** Those that are proven as any of them. None or at least two: a single one is better named than likened. */
  readonly alike: readonly TenantTexts[];
  /** Those that are proven by their own name: a single one, and those whose id is a word of the platform too. */
  readonly alone: readonly TenantObjects[];
  /** The objects of any of those that are alike, with the placeholder as its id. */
  readonly any: TenantObjects;
}

/**
 * What two tenants of a class have in common. Amounts do not count, but whether there is any does: a quota of 0 Services is a lock, and
 * one of 3 or 5 Secrets is the same.
 */
function same(object: KubernetesObject): KubernetesObject | string {
  switch (object.kind) {
    case 'ResourceQuota':
    case 'LimitRange':
    case 'ScaledJob':
      return JSON.stringify(object, (key, value: unknown) =>
        (typeof value === 'number' || (typeof value === 'string' && /^\d+(?:[mKMGT]i?)?$/.test(value))) &&
        AMOUNTS.has(key)
          ? String(value) === '0'
            ? '0'
            : 'some'
          : value,
      );
    default:
      return object;
  }
}

/** Fields of those three kinds that hold an amount. */
const AMOUNTS = new Set([
  'maxReplicaCount',
  'cpu',
  'memory',
  'pods',
  'secrets',
  'configmaps',
  'services',
  'persistentvolumeclaims',
  'count/jobs.batch',
  'count/scaledjobs.keda.sh',
  'limits.cpu',
  'limits.memory',
  'requests.cpu',
  'requests.memory',
  'requests.nvidia.com/gpu',
]);

/** Numbers objects: those that have the same in common have the same number. Each is looked at once, since each text is parsed once. */
class Numbers {
  private readonly objects = new Map<KubernetesObject, number>();
  private readonly common = new Map<KubernetesObject | string, number>();

  of(object: KubernetesObject): number {
    let number = this.objects.get(object);
    if (number !== undefined) return number;
    const shared = same(object);
    number = this.common.get(shared) ?? this.common.size;
    this.common.set(shared, number);
    this.objects.set(object, number);
    return number;
  }
}

/** What the environment says of a tenant that decides what is open to it. */
const declared = ({ state, isolation, data, models }: Tenant): string =>
  JSON.stringify([state, isolation, data.map((each) => each.class).sort(), models.length > 0]);

/**
 * Sorts tenants into classes. Each text is read with the placeholder for the tenant's id: texts that are then the same are the same up
 * to the name, and a name that stands where another tenant's would makes a class of its own. A tenant whose files are no streams of
 * objects is reported, and is in no class.
 */
export function tenantClasses(
  tenants: readonly TenantTexts[],
  platformText: string,
  report: (error: NotUnderstood) => void,
): TenantClass[] {
  const numbers = new Numbers();
  const classes = new Map<string, { members: TenantTexts[]; any: TenantObjects }>();
  for (const texts of tenants) {
    const [any] = attempt(
      () => objectsOf(texts, (text) => withoutId(text, texts.tenant.id), anyTenant(texts.tenant)),
      report,
    );
    if (any === undefined) continue;
    const key = [
      declared(texts.tenant),
      // A Job is a training that the environment asks for by the tenant's own name.
      any.workloads.some(({ kind }) => kind === 'Job') ? texts.tenant.id : '',
      ...[any.index, any.platform, any.workloads].map((layer) => layer.map((each) => numbers.of(each)).join()),
    ].join('|');
    const known = classes.get(key);
    if (known === undefined) classes.set(key, { members: [texts], any });
    else known.members.push(texts);
  }
  return [...classes.values()].map(({ members, any }) => {
    const words = members.filter(({ tenant }) => isWord(tenant.id, platformText));
    const [alone, alike] =
      members.length - words.length < 2 ? [members, []] : [words, members.filter((each) => !words.includes(each))];
    return { alike, alone: alone.flatMap((each) => attempt(() => ownObjects(each), report)), any };
  });
}

function attempt<T>(read: () => T, report: (error: NotUnderstood) => void): T[] {
  try {
    return [read()];
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error;
    report(error);
    return [];
  }
}

/** A tenant's objects by its own name. */
export const ownObjects = (texts: TenantTexts): TenantObjects => objectsOf(texts, (text) => text, texts.tenant);

function objectsOf(texts: TenantTexts, change: (text: string) => string, tenant: Tenant): TenantObjects {
  const { id } = texts.tenant;
  return {
    tenant,
    index: parseStream(change(texts.index), `production/index/${id}`),
    platform: parseStream(change(texts.platform), `production/tenants/${id}/platform`),
    workloads: parseStream(change(texts.workloads), `production/tenants/${id}/workloads`),
  };
}
