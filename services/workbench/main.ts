/** A workbench, as it runs in the one container of its Job: an entry point. */
import { run } from './run';

const stop = new AbortController();
// Each time: without a handler, a second signal would end the process before its server has written what is open.
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.on(signal, () => {
    stop.abort();
  });

void run({
  variables: process.env,
  signal: stop.signal,
  write: (line) => process.stdout.write(`${line}\n`),
  complain: (line) => process.stderr.write(`${line}\n`),
}).then((code) => {
  process.exitCode = code;
});
