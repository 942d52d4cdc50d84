/** Limits of memory for bodies, bytes. */
export interface MemoryLimits {
  readonly heldBytes: number;
  readonly heldBytesPerTenant: number;
}

/** What bodies of requests take of the router's memory, over all and by tenant. */
export class Memory {
  private all = 0;
  private readonly tenants = new Map<string, number>();

  constructor(private limits: MemoryLimits) {}

  set(limits: MemoryLimits): void {
    this.limits = limits;
  }

  /** Takes so many bytes for a tenant, or says which limit they would exceed. */
  take(tenant: string, bytes: number): 'taken' | 'tenant' | 'all' {
    const own = (this.tenants.get(tenant) ?? 0) + bytes;
    if (own > this.limits.heldBytesPerTenant) return 'tenant';
    if (this.all + bytes > this.limits.heldBytes) return 'all';
    this.all += bytes;
    this.tenants.set(tenant, own);
    return 'taken';
  }

  give(tenant: string, bytes: number): void {
    this.all -= bytes;
    const left = (this.tenants.get(tenant) ?? 0) - bytes;
    if (left > 0) this.tenants.set(tenant, left);
    else this.tenants.delete(tenant);
  }
}
