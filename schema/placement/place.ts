import type { Engine } from '../vocabulary';
import { baseMemoryMiB, Placer, type Refusal } from './placer';
import { NO_PLACEMENTS, type PlacementRecord } from './placement-record';
import { OpenServer } from './server';
import { wantedModels, type PlacementInput, type Wanted } from './wanted';

/** One model on its server. */
export interface PlacedModel {
  /** Id of the model type. */
  readonly model: string;
  /** Whose it is; of a copy for a tenant with dedicated serving, for whom it works. @default - common to all tenants */
  readonly tenant?: string;
  /** Memory of the GPU that it takes, MiB; 0 of what lies in the memory that the server's language model took at its start. */
  readonly memoryMiB: number;
  /** Adapter slots that it takes: 1 of an adapter, else 0. */
  readonly slots: number;
}

/** Amounts of what a server may give: MiB of GPU memory, adapter slots, tenants with models of their own. */
export interface Amounts {
  readonly memoryMiB: number;
  readonly slots: number;
  readonly tenants: number;
}

/** A server: one pod with one GPU, that runs when somebody asks for a model that lies on it. */
export interface Server {
  /** `<pool>-<number>`. It stays while a model lies on it, whatever comes and goes. */
  readonly id: string;
  readonly pool: string;
  readonly nodePool: string;
  readonly engine: Engine;
  /** The language model that it runs, and its memory with all adapter slots, MiB. @default - it is one of Triton's */
  readonly base?: { readonly model: string; readonly memoryMiB: number };
  /** The one tenant whose data it sees. @default - it serves several */
  readonly dedicatedTo?: string;
  readonly models: readonly PlacedModel[];
  readonly capacity: Amounts;
  /** With the places that are kept for suspended tenants. */
  readonly used: Amounts;
}

/** A model that is recorded nowhere, or where it cannot be. */
export interface Unrecorded {
  readonly model: string;
  readonly tenant?: string;
  /** Where the record has it. @default - nowhere */
  readonly from?: string;
  /** Why it cannot be there, a phrase of what is allowed. @default - it is recorded nowhere */
  readonly why?: string;
  /** Where it would come. @default - nowhere: it is among those without a place */
  readonly to?: string;
}

export interface Placement {
  /** Servers on which something works, by pool and number. */
  readonly servers: readonly Server[];
  /** GPUs when all of them run at once: one each. */
  readonly gpus: number;
  /** Models for which there is no place, and why; none of an environment that loads. */
  readonly unplaced: readonly { readonly model: string; readonly tenant?: string; readonly refusal: Refusal }[];
  /** Models that the record does not place; none of an environment that loads. */
  readonly unrecorded: readonly Unrecorded[];
  /** The record that has all of it: what `atoll placement lock` writes. */
  readonly record: PlacementRecord;
}

/** The servers as they stand once everything recorded and everything new is put on them, and what came of each new model. */
export interface Placing {
  readonly placer: Placer;
  readonly recorded: ReadonlyMap<Wanted, string>;
  readonly unrecorded: readonly {
    readonly item: Wanted;
    readonly from?: string;
    readonly why?: string;
    readonly outcome: OpenServer | Refusal;
  }[];
}

/**
 * On which server each model lies: common ones, those of each active tenant, and whole copies for tenants with dedicated serving.
 *
 * What the record places stays there, whoever comes or goes: nothing but its own line moves a model. What it does not place gets the first
 * server with room, in the order of tenants and types, and keeps it from the moment it is recorded. The order of the input decides nothing.
 * docs/decisions/0026-where-models-lie.md
 * @param input a checked environment, of which the catalogue, tenants, serving pools and node pools count
 * @returns an empty placement where there are no serving pools: models are released, and none is served
 */
export function placeModels(input: PlacementInput, record: PlacementRecord): Placement {
  if (input.servingPools.length === 0)
    return { servers: [], gpus: 0, unplaced: [], unrecorded: [], record: NO_PLACEMENTS };
  const { placer, recorded, unrecorded } = placing(input, record);
  const servers = placer.servers.flatMap((server) => (server.items.every(({ kept }) => kept) ? [] : [written(server)]));
  const places = [
    ...recorded,
    ...unrecorded.flatMap(({ item, outcome }) => (outcome instanceof OpenServer ? [[item, outcome.id] as const] : [])),
  ];
  return {
    servers,
    gpus: servers.length,
    unplaced: unrecorded.flatMap(({ item, outcome }) =>
      outcome instanceof OpenServer ? [] : [{ ...named(item), refusal: outcome }],
    ),
    unrecorded: unrecorded.map(({ item, from, why, outcome }) => ({
      ...named(item),
      ...(from === undefined ? {} : { from }),
      ...(why === undefined ? {} : { why }),
      ...(outcome instanceof OpenServer ? { to: outcome.id } : {}),
    })),
    record: recordOf(places),
  };
}

/** Puts what is recorded where it is, and then the rest where there is room. */
export function placing(input: PlacementInput, record: PlacementRecord): Placing {
  const placer = new Placer(input);
  const recorded = new Map<Wanted, string>();
  const rest: { item: Wanted; from?: string; why?: string }[] = [];
  for (const item of wantedModels(input, record)) {
    const own = item.tenant === undefined ? record.common : record.tenants[item.tenant];
    const from = own === undefined || !Object.hasOwn(own, item.type.id) ? undefined : own[item.type.id];
    const why = from === undefined ? undefined : placer.putOn(item, from);
    if (from === undefined) rest.push({ item });
    else if (why === undefined) recorded.set(item, from);
    else rest.push({ item, from, why });
  }
  return { placer, recorded, unrecorded: rest.map((each) => ({ ...each, outcome: placer.put(each.item) })) };
}

const named = ({ type, tenant }: Wanted): { model: string; tenant?: string } => ({
  model: type.id,
  ...(tenant === undefined ? {} : { tenant }),
});

function written(server: OpenServer): Server {
  const [first] = server.items;
  return {
    id: server.id,
    pool: server.pool.name,
    nodePool: server.pool.nodePool,
    engine: server.pool.engine,
    ...(first?.base === undefined ? {} : { base: { model: first.base.id, memoryMiB: baseMemoryMiB(server) } }),
    ...(first?.dedicatedTo === undefined ? {} : { dedicatedTo: first.dedicatedTo }),
    models: server.items
      .filter(({ kept }) => !kept)
      .map((item) => ({ ...named(item), memoryMiB: item.memoryMiB, slots: item.slots })),
    capacity: { ...server.capacity, slots: server.adapterSlots },
    used: server.used,
  };
}

function recordOf(places: readonly (readonly [Wanted, string])[]): PlacementRecord {
  const common: Record<string, string> = {};
  const tenants: Record<string, Record<string, string>> = {};
  for (const [{ type, tenant }, server] of places) {
    if (tenant === undefined) common[type.id] = server;
    else (tenants[tenant] ??= {})[type.id] = server;
  }
  return { common, tenants };
}
