import type { Environments } from '../../cli/environments';
import {
  checkFolders,
  environmentNames,
  environmentsFolder,
  loadNamed,
  requireEnvironmentName,
} from '../../environments';

/** What the entry point of the CLI hands to its commands. */
export const environments: Environments = {
  names: environmentNames,
  folder: environmentsFolder,
  requireName: requireEnvironmentName,
  load: loadNamed,
  checkFolders,
};
