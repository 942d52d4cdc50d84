import { datasetJob } from '../../constructs/k8s/research/dataset-job';
import { yamlDocuments } from '../../constructs/k8s/yaml-text';
import { datasetScope } from '../../schema/dataset-scope';
import { alternatives, allowedNames, compare, meant } from '../../schema/faults';
import type { Grant } from '../../schema/grant';
import type { Environment } from '../../schema/model';
import type { NodePool } from '../../schema/node-pool';
import { readRecipe } from '../../schema/read-recipe';

export interface DatasetProps {
  readonly env: Environment;
  /** Id of the grant with whose rights it is built. */
  readonly grant: string;
  /** Name of the recipe's file, as faults say it, and its text. */
  readonly recipe: { readonly file: string; readonly text: string };
  /** @default - the first pool of the research cluster without GPUs */
  readonly pool?: string;
}

/**
 * The Job of a dataset as YAML, for `kubectl create -f -`.
 * @throws EnvironmentFaults with every fault of the recipe; Error where there is no such grant or pool
 */
export function datasetManifest({ env, grant: id, recipe: { file, text }, pool }: DatasetProps): string {
  const grant = grantOf(env, id);
  const scope = datasetScope(env, grant);
  if (scope === undefined)
    throw new Error(
      `--grant: got '${id}', which opens sources alone, allowed a grant of tenants; query its corpora with Athena`,
    );
  const recipe = readRecipe(text, file, scope);
  return yamlDocuments([datasetJob({ env, grant, recipe, recipeText: text, pool: poolOf(env, pool) })]);
}

function grantOf(env: Environment, id: string): Grant {
  const grant = env.grants.find((each) => each.id === id);
  if (grant !== undefined) return grant;
  const ids = env.grants.map((each) => each.id);
  throw new Error(`--grant: got '${id}', ${allowedNames(ids, 'grants')}; ${meant(id, ids, 'name one of them')}`);
}

/** A list needs no GPU, and a machine with one would be bought for it where the recipe named its pool by mistake. */
function poolOf(env: Environment, name: string | undefined): string {
  const pools: readonly NodePool[] = env.nodePools.filter((pool) => pool.cluster === 'research' && pool.gpuLimit === 0);
  const names = pools.map((pool) => pool.name);
  const found = name === undefined ? names[0] : names.find((each) => each === name);
  if (found !== undefined) return found;
  if (names.length === 0)
    throw new Error(
      `--pool: got ${name === undefined ? 'nothing' : `'${name}'`}, allowed a pool of the research cluster without GPUs, and ${env.name} has none; ` +
        'add one to nodePools',
    );
  throw new Error(
    `--pool: got '${name ?? ''}', allowed ${alternatives([...names].sort(compare))}; ${meant(name, names, 'name one of them')}`,
  );
}
