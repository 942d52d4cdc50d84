import { workbenchJob } from '../../constructs/k8s/research/workbench-job';
import { yamlDocuments } from '../../constructs/k8s/yaml-text';
import { allowedNames, alternatives, compare, meant } from '../../schema/faults';
import type { Grant } from '../../schema/grant';
import type { Environment } from '../../schema/model';
import { teamNames } from '../../schema/names';
import type { NodePool } from '../../schema/node-pool';
import { WORKBENCH_HOURS, WORKBENCH_IDLE_MINUTES, type WorkbenchKind } from '../../schema/workbench';

export interface WorkbenchProps {
  readonly env: Environment;
  /** Id of the research team. */
  readonly team: string;
  /** Id of the grant with whose rights it reads. @default - none: it reads no tenant's data */
  readonly grant?: string;
  /** Sign-in name of the person who works in it. */
  readonly person: string;
  readonly kind: WorkbenchKind;
  /** GPUs. @default 0 */
  readonly gpus?: number;
  /** @default 2, or 3 for each GPU */
  readonly cpus?: number;
  /** @default 8, or 12 for each GPU */
  readonly memoryGiB?: number;
  /** Hours after which it ends. @default WORKBENCH_HOURS.usual */
  readonly hours?: number;
  /** Minutes without anybody after which it ends. @default WORKBENCH_IDLE_MINUTES.usual */
  readonly idleMinutes?: number;
  /** @default - the first pool of workbenches with GPUs, or without where it asks for none */
  readonly pool?: string;
  /** The person's public key, DER in base64. */
  readonly publicKey: string;
  /** 8 hexadecimal digits that no other workbench has. */
  readonly mark: string;
}

export interface Workbench {
  /** Name of the Job. */
  readonly name: string;
  readonly namespace: string;
  /** The Job as YAML, for `kubectl create -f -`. */
  readonly manifest: string;
}

/**
 * A workbench of one person.
 * @throws Error where there is no such team, grant or pool, or a number is out of bounds
 */
export function workbench(props: WorkbenchProps): Workbench {
  const { env, person, kind, publicKey, mark } = props;
  const team = teamOf(env, props.team);
  const grant = props.grant === undefined ? undefined : grantOf(env, props.grant, team, person);
  const hours = within('--hours', props.hours ?? WORKBENCH_HOURS.usual, WORKBENCH_HOURS);
  const idleMinutes = within(
    '--idle-minutes',
    props.idleMinutes ?? WORKBENCH_IDLE_MINUTES.usual,
    WORKBENCH_IDLE_MINUTES,
  );
  const gpus = props.gpus ?? 0;
  const pool = poolOf(env, gpus > 0, props.pool);
  const amounts = {
    gpus: within('--gpus', gpus, { least: 0, most: pool.gpuLimit }),
    cpus: within('--cpus', props.cpus ?? (gpus === 0 ? 2 : 3 * gpus), { least: 1, most: pool.cpuLimit }),
    memoryGiB: within('--memory-gib', props.memoryGiB ?? (gpus === 0 ? 8 : 12 * gpus), {
      least: 2,
      most: pool.memoryLimitGiB,
    }),
  };
  const more = grant === undefined ? {} : { grant };
  const job = workbenchJob({
    ...{ env, team, person, kind, pool: pool.name, amounts, hours, idleMinutes, publicKey, mark },
    ...more,
  });
  return {
    name: teamNames.workbench(grant?.id, mark),
    namespace: teamNames.namespace(team),
    manifest: yamlDocuments([job]),
  };
}

/** @throws Error where the environment has no such team */
export function teamOf(env: Environment, id: string): string {
  const ids = env.researchTeams.map((team) => team.id);
  if (ids.includes(id)) return id;
  throw new Error(`--team: got '${id}', ${allowedNames(ids, 'teams')}; ${meant(id, ids, 'name one of them')}`);
}

/** Admission would refuse it too, later and in a pod's words. */
function grantOf(env: Environment, id: string, team: string, person: string): Grant {
  const grants = env.grants.filter((grant) => grant.team === team);
  const ids = grants.map((grant) => grant.id);
  const grant = grants.find((each) => each.id === id);
  if (grant === undefined)
    throw new Error(`--grant: got '${id}', ${allowedNames(ids, 'grants')}; ${meant(id, ids, 'name one of them')}`);
  if (grant.people.includes(person)) return grant;
  throw new Error(
    `--person: got '${person}', allowed ${alternatives([...grant.people].sort(compare))}, whom the grant names; ask for a grant of your own`,
  );
}

function within(option: string, value: number, { least, most }: { readonly least: number; readonly most: number }) {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Error(`${option}: got ${value}, allowed a whole number from ${least} to ${most}; write one`);
}

/** A machine with GPUs would be bought for whoever asks for none, and nothing would come up for whoever asks for one where none is. */
function poolOf(env: Environment, gpus: boolean, name: string | undefined): NodePool {
  const pools: readonly NodePool[] = env.nodePools.filter(
    (pool) => pool.cluster === 'research' && pool.workload === 'workbench' && pool.gpuLimit > 0 === gpus,
  );
  const found = name === undefined ? pools[0] : pools.find((pool) => pool.name === name);
  if (found !== undefined) return found;
  const kind = gpus ? 'with GPUs' : 'without GPUs';
  const got = name === undefined ? 'nothing' : `'${name}'`;
  if (pools.length === 0)
    throw new Error(
      `--pool: got ${got}, allowed a pool of workbenches ${kind}, and ${env.name} has none; add one to nodePools`,
    );
  const names = pools.map((pool) => pool.name);
  throw new Error(
    `--pool: got ${got}, allowed ${alternatives([...names].sort(compare))} ${kind}; ${meant(name, names, 'name one of them')}`,
  );
}
