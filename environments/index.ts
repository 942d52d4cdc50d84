import { resolve } from 'node:path';
import type { EnvironmentInput } from '../schema/environment';
import { loadEnvironment, networksOf, type LoadOptions } from '../schema/load';
import type { Environment } from '../schema/model';
import dev from './dev';
import prodEu from './prod-eu';
import prodUs from './prod-us';
import staging from './staging';

/** The fields of each environment's `index.ts`; a new environment is a folder and a line here. */
export const environmentInputs: Readonly<Record<string, EnvironmentInput>> = {
  dev,
  staging,
  'prod-us': prodUs,
  'prod-eu': prodEu,
};

/** Names of all environments, in the order in which a change is rolled out. */
export const environmentNames: readonly string[] = Object.keys(environmentInputs);

/** The folder of an environment, with its `tenants/` and `grants/`. */
export function environmentFolder(name: string): string {
  return resolve(__dirname, name);
}

/**
 * The name, once it is known to be one of an environment.
 * @param option how the caller was asked for it, such as `-c env`
 * @throws Error naming the environments there are
 */
export function requireEnvironmentName(name: string | undefined, option: string): string {
  if (name !== undefined && environmentNames.includes(name)) return name;
  const got = name === undefined ? 'nothing' : `'${name}'`;
  throw new Error(`${option}: got ${got}, allowed ${environmentNames.join(', ')}; name one of them`);
}

export interface EnvironmentOptions extends Omit<LoadOptions, 'otherNetworks'> {
  /** Folder with other `tenants/` and `grants/` for the same `index.ts`, as tests and the benchmark use. @default the environment's own */
  readonly folder?: string;
}

/**
 * Loads one of the environments, its networks compared with those of all others.
 * @throws EnvironmentFaults with every fault; Error where no environment has that name
 */
export function loadNamed(name: string, options: EnvironmentOptions = {}): Environment {
  const { folder, ...rest } = options;
  const input = environmentInputs[requireEnvironmentName(name, 'env')];
  if (input === undefined) throw new Error(`env: got '${name}' without an index.ts`);
  return loadEnvironment(input, folder ?? environmentFolder(name), {
    ...rest,
    otherNetworks: networksOf(Object.values(environmentInputs)),
  });
}
