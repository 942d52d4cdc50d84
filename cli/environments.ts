import type { LoadOptions } from '../schema/load';
import type { Environment } from '../schema/model';
import { allFaults } from './all-faults';

/** What a command may ask about environments. The entry point gives it, since entry points alone pick an environment. */
export interface Environments {
  /** Of all environments, in the order in which a change is rolled out. */
  readonly names: readonly string[];
  /** Where they lie. */
  readonly folder: string;
  /**
   * @param option how the name was asked for, such as `--env`
   * @throws Error naming the environments there are
   */
  requireName(name: string | undefined, option: string): string;
  /** @throws EnvironmentFaults with every fault of the environment */
  load(name: string, options?: Pick<LoadOptions, 'today' | 'tenant' | 'placesAnew'>): Environment;
  /** Names of the environments that share an environment's audit account, itself among them, in the order of `names`. */
  sharingAudit(name: string): readonly string[];
  /** @throws EnvironmentFaults where a folder is there that none of `names` is the name of */
  checkFolders(): void;
}

/**
 * Loads the named environment alone, or all of them.
 * @throws Error with the faults of all together
 */
export function loadChosen<R>(environments: Environments, name: string | undefined, load: (name: string) => R): R[] {
  if (name !== undefined) return [load(environments.requireName(name, '--env'))];
  const folders = (): R[] => {
    environments.checkFolders();
    return [];
  };
  const works = [...environments.names.map((each) => () => [load(each)]), folders];
  return allFaults(works, (work) => work()).flat();
}
