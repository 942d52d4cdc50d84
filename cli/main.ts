/** `atoll`: an entry point. It alone picks environments, and turns what went wrong into one message. */
import {
  checkFolders,
  environmentNames,
  environmentsFolder,
  loadNamed,
  requireEnvironmentName,
  sharingAudit,
} from '../environments';
import { atollProgram } from './program';
import { guardStreams } from './streams';

guardStreams();
const program = atollProgram({
  names: environmentNames,
  folder: environmentsFolder,
  requireName: requireEnvironmentName,
  load: loadNamed,
  sharingAudit,
  checkFolders,
});

program.parseAsync().catch((error: unknown) => {
  const verbose = program.opts<{ verbose: boolean }>().verbose;
  const text = error instanceof Error ? ((verbose ? error.stack : undefined) ?? error.message) : String(error);
  process.exitCode = 1;
  process.stderr.write(`${text}\n`);
});
