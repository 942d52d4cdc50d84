import type { Environment } from '../schema/model';

/** What a command may ask about environments. The entry point gives it, since entry points alone pick an environment. */
export interface Environments {
  /** Of all environments, in the order in which a change is rolled out. */
  readonly names: readonly string[];
  /**
   * @param option how the name was asked for, such as `--env`
   * @throws Error naming the environments there are
   */
  requireName(name: string | undefined, option: string): string;
  /** @throws EnvironmentFaults with every fault of the environment */
  load(name: string, options?: { readonly today?: string; readonly tenant?: string }): Environment;
}

/** The named environment alone, or all of them. */
export function chosenNames(environments: Environments, name: string | undefined): readonly string[] {
  return name === undefined ? environments.names : [environments.requireName(name, '--env')];
}
