/**
 * The loader beside a model server, as it runs in its container: an entry point. `main.js probe <what>` is the command of a probe.
 * `schema/server-pod.ts` says what is mounted where; ATOLL_SERVER_ROOT is another root of all of it, for trying it out.
 */
import { SERVER_FILES } from '../../schema/server-pod';
import { probe } from './probe';
import { run } from './run';
import { TIMES } from './times';

const [what, which] = process.argv.slice(2);
const root = process.env['ATOLL_SERVER_ROOT'] ?? '';

if (what === 'probe') process.exitCode = probe(which, `${root}${SERVER_FILES.state}`);
else {
  const stop = new AbortController();
  // Each time: without a handler, a second signal would end the process before its last line.
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      stop.abort();
    });
  void run({
    root,
    signal: stop.signal,
    write: (line) => process.stdout.write(`${line}\n`),
    complain: (line) => process.stderr.write(`${line}\n`),
    times: TIMES,
  }).then((code) => {
    process.exitCode = code;
  });
}
