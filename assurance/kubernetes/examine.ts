import type { Environment } from '../../schema/model';
import type { ClusterName } from '../../schema/vocabulary';
import type { Finding } from '../finding';
import type { Output } from '../output/output';
import { strayScaledJobs } from './admission/keda-attacks';
import { provePolicyReadings } from './admission/policy-readings';
import { type Cluster, clusterOf } from './cluster';
import { proveCluster } from './cluster-proof';
import { proveRoomAssociations } from './eks/associations';
import { proveStackTypes } from './eks/stack-types';
import { NotUnderstood } from './not-understood';
import { type Inventory, inventory } from './objects/inventory';
import { ownObjects, type TenantClass, tenantClasses, type TenantObjects } from './objects/tenant-classes';
import { namedTenants, neighbourOf, Neighbours, waysBetweenTeams, waysToNeighbours } from './pairs';
import { type ReachRow, reachRows } from './reach-rows';
import { declaredRights } from './rbac/declared-rights';
import { grantsOf } from './rbac/grants';
import { proveRights } from './rbac/prove-rights';
import { like } from './spelling';
import { proveTeam, teamRoom } from './team-proof';
import { proveTenant, type RoomProof, tenantRoom } from './tenant-proof';
import { closedWay, finding, type Way } from './way';

/** What the proof of the clusters says, with the reach matrix for the report. */
export interface KubernetesReport {
  readonly findings: readonly Finding[];
  /** What was looked at: see the README of this folder. */
  readonly covered: Readonly<Record<string, number>>;
  /** Who reaches what on the network, one row for each class of tenants and each team. */
  readonly reach: readonly ReachRow[];
}

/** Collects what goes wrong; what is not understood becomes a finding and the rest is proven nevertheless. */
class Findings {
  readonly all: Finding[] = [];

  add(found: readonly Finding[]): void {
    for (const each of found) this.all.push(each);
  }

  readonly report = ({ subject, message }: NotUnderstood): void => {
    this.all.push(finding('not-understood', subject, message));
  };

  attempt<T>(prove: () => T): T | undefined {
    try {
      return prove();
    } catch (error) {
      if (!(error instanceof NotUnderstood)) throw error;
      this.report(error);
      return undefined;
    }
  }
}

/**
 * Proves both clusters of an environment from what was synthesized. Linear in tenants: those whose objects are the same up to the name
 * are proven once, as any of them, against every class under names that are like theirs and unlike
 * (docs/decisions/0017-kubernetes-is-proven-by-attacks-on-classes.md).
 */
export function examineKubernetes(environment: Environment, output: Output): KubernetesReport {
  const findings = new Findings();
  const found = inventory(environment, output, findings.report);
  const classes = tenantClasses(found.tenants, found.platformText, findings.report);
  const clusterFor = (name: ClusterName): Cluster | undefined =>
    findings.attempt(() => clusterOf(environment, output, found, name));
  const production = clusterFor('production');
  const research = clusterFor('research');
  const ways: Way[] = [];
  const reach: ReachRow[] = [];
  let alone = 0;

  findings.add(findings.attempt(() => proveStackTypes(environment, output)) ?? []);
  findings.add(findings.attempt(() => proveRoomAssociations(environment, output)) ?? []);
  for (const cluster of [production, research])
    if (cluster !== undefined)
      findings.add(proveCluster(environment, output, cluster, findings.attempt.bind(findings)));
  if (production !== undefined) {
    findings.add(proveRights('production', production.grants, declaredRights(environment, 'production')));
    const stray = strayScaledJobs(environment, production.court);
    ways.push(...stray);
    findings.add(findings.attempt(() => stray.flatMap(closedWay)) ?? []);
    const neighbours = new Neighbours(classes);
    for (const each of classes) {
      const proof = proveClass(environment, production, found, each, neighbours, findings);
      alone += proof.alone;
      ways.push(...proof.ways);
      reach.push(...proof.reach);
    }
  }
  if (research !== undefined) {
    const proof = proveTeams(environment, research, found, findings);
    ways.push(...proof.ways);
    reach.push(...proof.reach);
  }
  for (const cluster of [production, research])
    if (cluster !== undefined) findings.add(findings.attempt(() => provePolicyReadings(environment, cluster)) ?? []);
  findings.add(collisions(found, classes));
  const tenants = classes.reduce((sum, { alike, alone: own }) => sum + alike.length + own.length, 0);
  return {
    findings: distinct(findings.all),
    covered: {
      'files of objects': found.objectFiles,
      tenants,
      'classes of tenants': classes.length,
      'tenants by their own names': alone,
      'pairs of tenants': tenants * (tenants - 1),
      'pairs of classes': classes.length ** 2,
      teams: found.teams.size,
      ways: ways.length,
      'requests judged by admission': (production?.court.requests ?? 0) + (research?.court.requests ?? 0),
      'admission policies': (production?.policies.length ?? 0) + (research?.policies.length ?? 0),
      rights: (production?.grants.length ?? 0) + (research?.grants.length ?? 0),
    },
    reach,
  };
}

interface ClassProof extends Pick<RoomProof, 'ways'> {
  readonly reach: readonly ReachRow[];
  /** Members that were proven by their own name. */
  readonly alone: number;
}

function proveClass(
  environment: Environment,
  cluster: Cluster,
  found: Inventory,
  { alike, alone, any }: TenantClass,
  neighbours: Neighbours,
  findings: Findings,
): ClassProof {
  const ways: Way[] = [];
  const prove = (objects: TenantObjects, first: string, members: number): void => {
    const proof = findings.attempt(() => proveAmong(environment, cluster, found, objects, neighbours));
    findings.add((proof?.findings ?? []).map((each) => like(each, first, members)));
    ways.push(...(proof?.ways ?? []));
  };
  for (const each of alone) prove(each, each.tenant.id, 1);
  const [first] = alike;
  if (first !== undefined) prove(any, first.tenant.id, alike.length);
  const ids = [...alike, ...alone].map(({ tenant }) => tenant.id);
  return { ways, reach: reachRows(ways, ids), alone: alone.length };
}

/** A tenant by itself, and against all others: those that stand for them, and those that its network policies name. */
function proveAmong(
  environment: Environment,
  cluster: Cluster,
  found: Inventory,
  objects: TenantObjects,
  neighbours: Neighbours,
): RoomProof {
  const proof = proveTenant(environment, cluster, objects);
  const { room } = tenantRoom(environment, cluster, objects);
  const named = namedTenants(environment, objects).flatMap((id) =>
    found.tenants.filter(({ tenant }) => tenant.id === id).map(ownObjects),
  );
  const pairs = [
    ...waysToNeighbours(room, [...neighbours.of(objects.tenant.id), ...named.map((each) => neighbourOf(each))]),
    ...named.flatMap((each) => waysToNeighbours(tenantRoom(environment, cluster, each).room, [neighbourOf(objects)])),
  ];
  return { ways: [...proof.ways, ...pairs], findings: [...proof.findings, ...pairs.flatMap(closedWay)] };
}

function proveTeams(
  environment: Environment,
  cluster: Cluster,
  found: Inventory,
  findings: Findings,
): Pick<ClassProof, 'ways' | 'reach'> {
  const grants =
    findings.attempt(() => grantsOf([...cluster.objects, ...[...found.teams.values()].flat()])) ?? cluster.grants;
  const whole = { ...cluster, grants };
  findings.add(proveRights('research', grants, declaredRights(environment, 'research')));
  const ways: Way[] = [];
  const reach: ReachRow[] = [];
  for (const team of environment.researchTeams) {
    const proof = findings.attempt(() => proveTeam(environment, whole, team, found.teams.get(team.id) ?? []));
    findings.add(proof?.findings ?? []);
    ways.push(...(proof?.ways ?? []));
    reach.push(...reachRows(proof?.ways ?? [], [team.id]));
  }
  const pairs = findings.attempt(() =>
    waysBetweenTeams(
      environment.researchTeams.map((team) => teamRoom(environment, whole, team, found.teams.get(team.id) ?? [])),
    ),
  );
  findings.add((pairs ?? []).flatMap(closedWay));
  return { ways: [...ways, ...(pairs ?? [])], reach };
}

/** One object that two files write is whoever's that comes last. */
function collisions(found: Inventory, classes: readonly TenantClass[]): readonly Finding[] {
  const writers = new Map<string, string>();
  const findings: Finding[] = [];
  const see = (identity: string, writer: string): void => {
    const other = writers.get(identity);
    if (other === undefined) writers.set(identity, writer);
    else
      findings.push(
        finding('open', identity, `got the same object from ${other} and from ${writer}, expected one of them`),
      );
  };
  for (const cluster of ['production', 'research'] as const)
    for (const { kind, metadata } of [...found.platform[cluster], ...found.sync[cluster]])
      see(`${cluster}: ${kind} ${metadata.namespace ?? ''}/${metadata.name}`, 'the platform');
  for (const [team, objects] of found.teams)
    for (const { kind, metadata } of objects)
      see(`research: ${kind} ${metadata.namespace ?? ''}/${metadata.name}`, `team ${team}`);
  for (const { alike, alone, any } of classes) {
    const own = [...any.index, ...any.platform, ...any.workloads].map(
      ({ kind, metadata }) => `production: ${kind} ${metadata.namespace ?? ''}/${metadata.name}`,
    );
    for (const { tenant } of alike)
      for (const identity of own) see(identity.replaceAll(any.tenant.id, tenant.id), `tenant ${tenant.id}`);
    for (const { tenant, index, platform, workloads } of alone)
      for (const { kind, metadata } of [...index, ...platform, ...workloads])
        see(`production: ${kind} ${metadata.namespace ?? ''}/${metadata.name}`, `tenant ${tenant.id}`);
  }
  return findings;
}

function distinct(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ kind, subject, message }) => {
    const key = `${kind} ${subject} ${message}`;
    return !seen.has(key) && seen.add(key);
  });
}
