import type { Way } from './way';

/** One way on the network for the report: who, to what, and what keeps it closed. */
export interface ReachRow {
  /** Tenants of the class, or the team. */
  readonly from: readonly string[];
  readonly cluster: string;
  /** Such as `pods of tenant acme reach instance metadata`; `but by` names the ports that are open. */
  readonly way: string;
  readonly networkPolicies: readonly string[];
  /** What holds with network policies switched off. */
  readonly otherLocks: readonly string[];
  /** Locks that were found broken. */
  readonly broken: readonly string[];
}

/** The ways that network policies are part of, or that end in an address. */
export function reachRows(ways: readonly Way[], from: readonly string[]): readonly ReachRow[] {
  return ways
    .filter(({ what }) => / reach /.test(what))
    .map(({ subject, what, locks }) => {
      const held = locks.filter(({ broken }) => broken === undefined);
      return {
        from,
        cluster: subject.split(':')[0] ?? '',
        way: what,
        networkPolicies: held.filter(({ network }) => network === true).map(({ name }) => name),
        otherLocks: held.filter(({ network }) => network !== true).map(({ name }) => name),
        broken: locks.flatMap(({ name, broken }) => (broken === undefined ? [] : [`${name}: ${broken}`])),
      };
    });
}
