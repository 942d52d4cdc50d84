import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { EnvironmentInput } from '../schema/environment';
import { EnvironmentFaults, loadEnvironment, summariesOf, type LoadOptions } from '../schema/load';
import type { Environment } from '../schema/model';
import { readInput } from './read-input';

/** Names of all environments, in the order in which a change is rolled out; a new environment is a folder and a name here. */
export const environmentNames: readonly string[] = ['dev', 'staging', 'prod-us', 'prod-eu'];

/**
 * The fields of each environment's `index.ts`, each read when it is asked for, so that a broken one is a fault of its own
 * environment only.
 */
export const environmentInputs = Object.defineProperties(
  {},
  Object.fromEntries(
    environmentNames.map((name) => [name, { enumerable: true, get: () => readInput(environmentFolder(name)) }]),
  ),
) as Readonly<Record<string, EnvironmentInput>>;

/** Where all environments lie. */
export const environmentsFolder = __dirname;

/** The folder of an environment, with its `tenants/` and `grants/`. */
export function environmentFolder(name: string): string {
  return resolve(environmentsFolder, name);
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

/**
 * Looks for folders of environments that no name stands for: their tenants would be missed by nobody.
 * @throws EnvironmentFaults naming every such folder
 */
export function checkFolders(): void {
  const folders = readdirSync(environmentsFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name);
  const faults = folders
    .filter((name) => !environmentNames.includes(name))
    .map((name) => ({
      file: `environments/${name}`,
      path: 'folder',
      got: 'a folder that no environment is named after',
      allowed: `allowed ${environmentNames.join(', ')}`,
      remedy: 'add its name to environmentNames in environments/index.ts, or move it away',
    }));
  if (faults.length > 0) throw new EnvironmentFaults(faults);
}

/**
 * Loads one of the environments, compared with all others.
 * @throws EnvironmentFaults with every fault; Error where no environment has that name
 */
export function loadNamed(name: string, options: Omit<LoadOptions, 'otherEnvironments'> = {}): Environment {
  const own = requireEnvironmentName(name, 'env');
  const others = environmentNames.filter((other) => other !== own);
  return loadEnvironment(readInput(environmentFolder(own)), environmentFolder(own), {
    ...options,
    otherEnvironments: summariesOf(Object.fromEntries(others.flatMap(comparable))),
  });
}

/**
 * Names of the environments that share an environment's audit account, itself among them. One whose file cannot be read shares none.
 */
export function sharingAudit(name: string): readonly string[] {
  const summaries = summariesOf(Object.fromEntries(environmentNames.flatMap(comparable)));
  const auditOf = (environment: string): string | undefined =>
    summaries.find((summary) => summary.environment === environment)?.accounts.audit;
  const own = auditOf(name);
  return environmentNames.filter((other) => other === name || (own !== undefined && auditOf(other) === own));
}

/** Another environment and its fields, where its file can be read: its faults are its own, and are reported when it is loaded. */
function comparable(name: string): [name: string, input: unknown][] {
  try {
    return [[name, readInput(environmentFolder(name))]];
  } catch (error) {
    if (error instanceof EnvironmentFaults) return [];
    throw error;
  }
}
