/** The router, as it runs in its pod: an entry point. Where its file is mounted, the Deployment says. */
import { run } from './run';

const stop = new AbortController();
// Each time: without a handler, a second signal would cut the answers that are under way.
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.on(signal, () => {
    stop.abort();
  });

void run({
  file: process.env['ATOLL_ROUTER_CONFIG'] ?? '/etc/atoll/router/config.json',
  signal: stop.signal,
  write: (line) => process.stdout.write(`${line}\n`),
  complain: (line) => process.stderr.write(`${line}\n`),
}).then((code) => {
  process.exitCode = code;
});
