/** The worker of a tenant's pipeline, as it runs in the one container of a Job: an entry point. */
import { run } from './run';

const stop = new AbortController();
// Each time: without a handler, a second signal would end the process half way through the return of its message.
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
