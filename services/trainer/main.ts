/** The first process of a training's container: an entry point. */
import { run } from './run';

const stop = new AbortController();
// Each time: without a handler, a second signal would end the process before the training has written its checkpoint.
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.on(signal, () => {
    stop.abort();
  });

void run({
  variables: process.env,
  signal: stop.signal,
  now: () => Date.now(),
  write: (line) => process.stdout.write(`${line}\n`),
  complain: (line) => process.stderr.write(`${line}\n`),
}).then((code) => {
  process.exitCode = code;
});
