import type { ServingPool } from '../serving-pool';
import { memoryOf, type Wanted } from './wanted';

/** What models may take of one server. */
export interface Capacity {
  /** Of the GPU with the least memory that the node pool may bring, MiB. */
  readonly memoryMiB: number;
  /** Tenants whose models may lie on it. */
  readonly tenants: number;
}

/** What a server has not enough of for one model more. */
export type Scarce = 'GPU memory' | 'adapter slots' | 'tenants per server';

/** A server while models are put on it. Whose it is, and which language model it runs, is what the first one that lies on it says. */
export class OpenServer {
  readonly items: Wanted[] = [];
  private memory = 0;
  private slots = 0;
  private readonly owners = new Set<string>();

  constructor(
    readonly pool: ServingPool,
    readonly number: number,
    readonly capacity: Capacity,
  ) {}

  get id(): string {
    return serverId(this.pool, this.number);
  }

  get used(): { readonly memoryMiB: number; readonly slots: number; readonly tenants: number } {
    const [first] = this.items;
    const base = first?.base === undefined ? 0 : memoryOf(first.base);
    return { memoryMiB: base + this.memory, slots: this.slots, tenants: this.owners.size };
  }

  get adapterSlots(): number {
    return this.items[0]?.base?.adapters?.slots ?? 0;
  }

  /** Whether the model may lie beside those that are there, room or not. */
  mayShare(item: Wanted): boolean {
    const [first] = this.items;
    return first === undefined || (first.dedicatedTo === item.dedicatedTo && first.base?.id === item.base?.id);
  }

  /** What is not enough for it, if anything. An empty server is asked as one that runs the model's base already. */
  lacks(item: Wanted): Scarce | undefined {
    const used = this.used;
    const starting = this.items.length === 0 && item.base !== undefined ? memoryOf(item.base) : 0;
    if (starting + used.memoryMiB + item.memoryMiB > this.capacity.memoryMiB) return 'GPU memory';
    if (used.slots + item.slots > (item.base?.adapters?.slots ?? 0)) return 'adapter slots';
    const owners = used.tenants + (item.tenant === undefined || this.owners.has(item.tenant) ? 0 : 1);
    return owners > this.capacity.tenants ? 'tenants per server' : undefined;
  }

  put(item: Wanted): void {
    this.items.push(item);
    this.memory += item.memoryMiB;
    this.slots += item.slots;
    if (item.tenant !== undefined) this.owners.add(item.tenant);
  }
}

/** `<pool>-<number>`: a pool's name ends in a letter, so that no two servers have one id. */
export const serverId = ({ name }: Pick<ServingPool, 'name'>, number: number): string => `${name}-${number}`;
