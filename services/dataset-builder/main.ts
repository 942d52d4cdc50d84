/** The builder of datasets, as it runs in a pod of a grant: an entry point. Where its files are mounted, the Job says. */
import { run } from './run';

const stop = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => {
    stop.abort();
  });

void run({
  scopeFile: process.env['ATOLL_SCOPE'] ?? '/etc/atoll/scope/scope.json',
  recipeFile: process.env['ATOLL_RECIPE'] ?? '/etc/atoll/recipe/recipe.yaml',
  signal: stop.signal,
  now: () => new Date(),
  write: (line) => process.stdout.write(`${line}\n`),
  complain: (line) => process.stderr.write(`${line}\n`),
}).then((code) => {
  process.exitCode = code;
});
