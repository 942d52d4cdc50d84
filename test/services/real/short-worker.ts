/** A worker with the tests' times, for those that have to kill one. */
import { run } from '../../../services/pipeline-worker/run';

void run({
  variables: process.env,
  signal: new AbortController().signal,
  write: (line) => process.stdout.write(`${line}\n`),
  complain: (line) => process.stderr.write(`${line}\n`),
  timing: { visibility: 4, wait: 1, retry: 2, stageGrace: 5, grace: 20 },
});
