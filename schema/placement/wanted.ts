import { compare } from '../faults';
import type { Environment } from '../model';
import type { BaseModelType, CommonModelType, ModelType } from '../model-type';
import { modelMemoryMiB } from '../model-memory';
import type { Tenant } from '../tenant';
import type { PlacementRecord } from './placement-record';

/** What placing reads of an environment; a whole `Environment` is one. */
export type PlacementInput = Pick<Environment, 'models' | 'servingPools' | 'nodePools'> & {
  readonly tenants: readonly Pick<Tenant, 'id' | 'state' | 'data' | 'models' | 'serving'>[];
};
export type PlacedTenant = PlacementInput['tenants'][number];

/** One model that needs a place on a server. */
export interface Wanted {
  readonly type: ModelType;
  /** Whose it is. @default - common to all tenants */
  readonly tenant?: string;
  /** The tenant with whom alone it may share a server. @default - it may lie beside others' */
  readonly dedicatedTo?: string;
  /** The language model that must be loaded on its server: its base, or itself. @default - none: it is one of Triton's */
  readonly base?: BaseModelType;
  readonly memoryMiB: number;
  /** Adapter slots that it takes of its server's. */
  readonly slots: number;
  /** Whether it only keeps its place: its tenant is suspended, and comes back to where it was. */
  readonly kept: boolean;
}

/**
 * Every model that needs a place, sorted by tenant and model type, common ones first. Nothing of a tenant that is being erased or was is
 * among them. A suspended tenant's keep the places that are recorded of them.
 */
export function wantedModels({ models, tenants }: PlacementInput, record: PlacementRecord): Wanted[] {
  const byId = new Map(models.map((model) => [model.id, model]));
  const common = models.filter((model) => model.scope === 'common').map((type) => wanted(type, byId));
  const own = tenants.flatMap((tenant) => {
    if (tenant.state === 'erasing' || tenant.state === 'erased') return [];
    const kept = tenant.state === 'suspended';
    const types = typesOf(tenant, models, byId);
    const recorded = record.tenants[tenant.id] ?? {};
    return types
      .filter(({ id }) => !kept || recorded[id] !== undefined)
      .map((type) => ({ ...wanted(type, byId, tenant), kept }));
  });
  return [...common, ...own].sort(byOwnerAndType);
}

/** A tenant with dedicated serving has copies of the common models that read what it hands over: its data goes to no shared server. */
function typesOf(
  tenant: PlacedTenant,
  models: readonly ModelType[],
  byId: ReadonlyMap<string, ModelType>,
): ModelType[] {
  const listed = tenant.models.flatMap((id) => byId.get(id) ?? []).filter(({ scope }) => scope === 'tenant');
  if (tenant.serving === 'shared') return listed;
  const classes = new Set(tenant.data.map((entry) => entry.class));
  const copies = models.filter(
    (model): model is CommonModelType => model.scope === 'common' && model.reads.some((each) => classes.has(each)),
  );
  return [...copies, ...listed];
}

function wanted(type: ModelType, byId: ReadonlyMap<string, ModelType>, tenant?: PlacedTenant): Wanted {
  const base = baseOf(type, byId);
  return {
    type,
    ...(tenant === undefined ? {} : { tenant: tenant.id }),
    ...(tenant?.serving === 'dedicated' ? { dedicatedTo: tenant.id } : {}),
    ...(base === undefined ? {} : { base }),
    memoryMiB: base === undefined ? memoryOf(type) : 0,
    slots: type.engine === 'vllm' && type.scope === 'tenant' ? 1 : 0,
    kept: false,
  };
}

function baseOf(type: ModelType, byId: ReadonlyMap<string, ModelType>): BaseModelType | undefined {
  if (type.engine !== 'vllm') return undefined;
  const base = type.scope === 'common' ? type : byId.get(type.base);
  if (base?.engine !== 'vllm' || base.scope !== 'common') throw unchecked(type);
  return base;
}

/** @throws Error where the catalogue was not checked: nothing then says what the model needs */
export function memoryOf(type: ModelType): number {
  const memory = modelMemoryMiB(type);
  if (memory === undefined) throw unchecked(type);
  return memory;
}

function unchecked({ id }: ModelType): Error {
  return new Error(
    `models: got '${id}' with weights or a base that nobody knows, allowed a checked catalogue; load the environment`,
  );
}

function byOwnerAndType(a: Wanted, b: Wanted): number {
  return compare(a.tenant ?? '', b.tenant ?? '') || compare(a.type.id, b.type.id);
}
