import type { Environment } from '../../../schema/model';
import { labels as labelNames } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';
import { type KubernetesObject, type Labels, nameOf, Reader } from '../objects/kubernetes-object';
import { type Lock, lock } from '../way';

export interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: string;
}

/** A NodePool: what its nodes carry, and how they say whose they are. */
export interface Pool {
  readonly name: string;
  readonly labels: Labels;
  readonly taints: readonly Taint[];
  /** Each node has one tenant's label, that of the pod that it was bought for. */
  readonly perTenant: boolean;
  /** Tenants that the pool itself names, by label or requirement: its nodes may be theirs only. */
  readonly tenants: readonly string[];
  readonly nodeClass: string;
}

const REQUIREMENT_OPERATORS: readonly string[] = ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'];

/**
 * @see https://karpenter.sh/docs/concepts/nodepools/ (1.14, 2026-11-25)
 * @throws NotUnderstood on a field that is not known where it decides which pods fit
 */
export const poolsOf = (objects: readonly KubernetesObject[]): readonly Pool[] =>
  objects.filter(({ kind }) => kind === 'NodePool').map(poolOf);

function poolOf(object: KubernetesObject): Pool {
  const template = Reader.of(nameOf(object), 'nodePool', object).object('spec').object('template');
  template.only('metadata', 'spec');
  const spec = template
    .object('spec')
    .only('expireAfter', 'nodeClassRef', 'requirements', 'startupTaints', 'taints', 'terminationGracePeriod');
  const labels = template.optionalObject('metadata')?.only('labels', 'annotations').labels('labels') ?? {};
  const demands = spec.objects('requirements').map((each) => {
    each.only('key', 'operator', 'values', 'minValues');
    const operator = each.text('operator');
    if (!REQUIREMENT_OPERATORS.includes(operator)) throw each.wrong('operator', REQUIREMENT_OPERATORS.join(', '));
    return { key: each.text('key'), operator, values: each.texts('values') };
  });
  const tenant = demands.filter(({ key }) => key === labelNames.nodeTenant);
  const named = labels[labelNames.nodeTenant];
  return {
    name: object.metadata.name,
    labels,
    taints: spec.objects('taints').map((each) => {
      each.only('key', 'value', 'effect');
      return { key: each.text('key'), value: each.optionalText('value') ?? '', effect: each.text('effect') };
    }),
    perTenant: tenant.some(({ operator }) => operator === 'Exists'),
    tenants: [...(named === undefined ? [] : [named]), ...tenant.flatMap(({ values }) => values)],
    nodeClass: spec.object('nodeClassRef').text('name'),
  };
}

/**
 * Instance metadata of every node class: a hop limit of 1, which an answer to a pod of its own network does not survive, and tokens
 * required.
 * @see https://karpenter.sh/docs/concepts/nodeclasses/#specmetadataoptions (1.14, 2026-11-25)
 */
export function metadataLock(objects: readonly KubernetesObject[]): Lock {
  const name = 'metadata options of the nodes';
  for (const object of nodeClasses(objects)) {
    const options = specOf(object).optionalObject('metadataOptions')?.value ?? {};
    const wrong =
      options['httpPutResponseHopLimit'] !== 1
        ? `httpPutResponseHopLimit: got ${String(options['httpPutResponseHopLimit'])}, allowed 1`
        : options['httpTokens'] !== 'required'
          ? `httpTokens: got ${String(options['httpTokens'])}, allowed required`
          : undefined;
    if (wrong !== undefined) return lock(name, `${nameOf(object)}: ${wrong}`);
  }
  return lock(name, undefined);
}

const nodeClasses = (objects: readonly KubernetesObject[]): readonly KubernetesObject[] =>
  objects.filter(({ kind }) => kind === 'EC2NodeClass');
const specOf = (object: KubernetesObject): Reader => Reader.of(nameOf(object), 'nodeClass', object).object('spec');

/** Pools of the environment that the cluster does not have as declared, with what is wrong. */
export function poolFaults(
  environment: Environment,
  cluster: ClusterName,
  pools: readonly Pool[],
): readonly { readonly kind: 'open' | 'closed' | 'one-lock-left'; readonly pool: string; readonly what: string }[] {
  const declared = environment.nodePools.filter((each) => each.cluster === cluster);
  const extra = pools
    .filter(({ name }) => !declared.some((each) => each.name === name))
    .map(({ name }) => ({ kind: 'open' as const, pool: name, what: 'a pool that the environment does not have' }));
  const wrong = declared.flatMap(({ name, segregation }) => {
    const pool = pools.find((each) => each.name === name);
    if (pool === undefined) return [{ kind: 'closed' as const, pool: name, what: 'the cluster has no such NodePool' }];
    const faults = [];
    if (pool.labels[labelNames.pool] !== name)
      faults.push({
        kind: 'closed' as const,
        pool: name,
        what: `no pod of it finds a node: label ${labelNames.pool} is ${pool.labels[labelNames.pool] ?? 'not set'}`,
      });
    if (segregation === 'tenant' && !pool.perTenant)
      faults.push({
        kind: 'closed' as const,
        pool: name,
        what: `no pod of a tenant finds a node: ${labelNames.nodeTenant} is not demanded of its nodes`,
      });
    if (segregation === 'shared' && pool.perTenant)
      faults.push({
        kind: 'closed' as const,
        pool: name,
        what: 'its nodes have one tenant each, and nobody asks for one there',
      });
    if (pool.tenants.length > 0)
      faults.push({ kind: 'open' as const, pool: name, what: `its nodes are of ${pool.tenants.join(', ')} by name` });
    if (
      !pool.taints.some(
        ({ key, value, effect }) => key === labelNames.pool && value === name && effect === 'NoSchedule',
      )
    )
      faults.push({
        kind: 'one-lock-left' as const,
        pool: name,
        what: 'pods that do not ask for it run on its nodes: got no taint of its own, expected one beside the selector that admission demands',
      });
    return faults;
  });
  return [...extra, ...wrong];
}
