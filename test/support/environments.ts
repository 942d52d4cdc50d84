import type { Environments } from '../../cli/environments';
import {
  checkFolders,
  environmentNames,
  environmentsFolder,
  loadNamed,
  requireEnvironmentName,
  sharingAudit,
} from '../../environments';

/** The name of the environment with the fewest tenants, for tests that want any: all of them may be renamed, come and go. */
export function smallestEnvironment(): string {
  const [smallest] = environmentNames
    .map((name) => ({ name, tenants: loadNamed(name).tenants.length }))
    .sort((a, b) => a.tenants - b.tenants);
  if (smallest === undefined) throw new Error('environments/index.ts: got no name, allowed one or more; add one');
  return smallest.name;
}

/** What the entry point of the CLI hands to its commands. */
export const environments: Environments = {
  names: environmentNames,
  folder: environmentsFolder,
  requireName: requireEnvironmentName,
  load: loadNamed,
  sharingAudit,
  checkFolders,
};
