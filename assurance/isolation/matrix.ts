import type { Environment } from '../../schema/model';
import type { TenantState } from '../../schema/vocabulary';
import type { Finding } from '../finding';
import { declaredWays } from './declared';
import { type Erasure, tenantErasures } from './declared-erasure';
import type { DeclaredWay } from './declared-way';
import type { TenantClass } from './tenant-classes';

/** Who may do what with whose data: what is declared, and whether it is proven. */
export interface AccessMatrix {
  readonly environment: string;
  /** Whether all that is declared holds and nothing else does: there are no findings. */
  readonly proven: boolean;
  /** Whether anything was asked: where not, there are no rows, since nothing is known of what they say. */
  readonly asked: boolean;
  readonly tenants: readonly MatrixTenant[];
  /** What is declared. */
  readonly rows: readonly MatrixRow[];
  /** Roles that reach nothing of any tenant, by stack and logical id. */
  readonly closedTo: readonly string[];
  /** Where one lock by itself lets more through than is declared, which the other refuses. */
  readonly singleLocks: readonly SingleLock[];
  /** Number of proven pairs of a principal and a tenant, and how many questions stood for them. */
  readonly covered: Readonly<Record<string, number>>;
  readonly findings: readonly Finding[];
}

export interface MatrixTenant {
  readonly id: string;
  readonly state: TenantState;
  readonly class: number;
  /** A finding is about something of a tenant of its class: what is declared may not be what holds. */
  readonly inDoubt: boolean;
}

export interface SingleLock {
  readonly who: string;
  readonly lock: 'identity' | 'resource';
  /** Why that is no way. */
  readonly reason: string;
}

export type Right = DeclaredWay['right'] | Erasure['right'];

export interface MatrixRow {
  readonly who: string;
  /** Rights by tenant; a tenant that is not there is closed to the row. */
  readonly cells: Readonly<Record<string, readonly Right[]>>;
}

/** Rows of the principals of an environment, each with the tenants that are open to it; grants come last. */
export function matrixRows(env: Environment): MatrixRow[] {
  const rows = new Map<string, Map<string, Set<Right>>>();
  for (const tenant of env.tenants) {
    const ways = declaredWays(env, tenant).filter(({ by }) => by === undefined);
    const erasures = tenant.state === 'erased' ? [] : tenantErasures(env, tenant);
    for (const { who, right } of [...ways, ...erasures]) {
      const row = rows.get(who) ?? new Map<string, Set<Right>>();
      rows.set(who, row);
      row.set(tenant.id, (row.get(tenant.id) ?? new Set<Right>()).add(right));
    }
  }
  const all = [...rows].map(([who, cells]) => ({
    who,
    cells: Object.fromEntries([...cells].map(([id, rights]) => [id, [...rights].toSorted()])),
  }));
  const grants = all.filter(({ who }) => isGrant(who)).toSorted((a, b) => (a.who < b.who ? -1 : 1));
  return [...all.filter(({ who }) => !isGrant(who)), ...grants];
}

const isGrant = (who: string): boolean => who.startsWith('grant ');

/** What is said of locks that let more through, each once. */
function singleLocks(env: Environment): SingleLock[] {
  const all = env.tenants.flatMap((tenant) =>
    declaredWays(env, tenant).flatMap(({ who, by, wider = {} }): SingleLock[] => [
      ...(by === undefined ? [] : [{ who, lock: by, reason: 'the account or the state of the tenant refuses it' }]),
      ...(['identity', 'resource'] as const).flatMap((lock) => {
        const reason = wider[lock]?.reason;
        return reason === undefined ? [] : [{ who, lock, reason }];
      }),
    ]),
  );
  const grants = (one: SingleLock): SingleLock => ({ ...one, who: isGrant(one.who) ? 'grants' : one.who });
  return [...new Map(all.map(grants).map((one) => [JSON.stringify(one), one])).values()];
}

/** The matrix of an environment with what was found. An erased tenant is not in it: it has nothing. */
export function accessMatrix(
  env: Environment,
  classes: readonly TenantClass[],
  proven: Pick<AccessMatrix, 'closedTo' | 'covered' | 'findings'>,
): AccessMatrix {
  const classOf = new Map(classes.flatMap(({ tenants }, i) => tenants.map((id) => [id, i + 1] as const)));
  const named = new Set(proven.findings.flatMap(({ subject }) => tenantsIn(subject)));
  const doubted = new Set([...named].map((id) => classOf.get(id)).filter((one) => one !== undefined));
  const asked = Object.keys(proven.covered).length > 0;
  return {
    environment: env.name,
    proven: asked && proven.findings.length === 0,
    asked,
    tenants: env.tenants
      .filter(({ state }) => state !== 'erased')
      .map(({ id, state }) => {
        const of = classOf.get(id);
        return { id, state, class: of ?? 0, inDoubt: named.has(id) || (of !== undefined && doubted.has(of)) };
      }),
    rows: asked ? matrixRows(env) : [],
    singleLocks: asked ? singleLocks(env) : [],
    ...proven,
  };
}

/** Ids of tenants of which a finding says that it is about them: by their stacks and namespaces, which have their ids in their names. */
const tenantsIn = (subject: string): string[] =>
  Array.from(subject.matchAll(/(?<![a-z0-9])tenant-([a-z0-9-]+)/g), ([, id = '']) => id);
