import type { Environments } from '../../cli/environments';
import { checkFolders, environmentNames, loadNamed, requireEnvironmentName } from '../../environments';

/** What the entry point of the CLI hands to its commands. */
export const environments: Environments = {
  names: environmentNames,
  requireName: requireEnvironmentName,
  load: loadNamed,
  checkFolders,
};
