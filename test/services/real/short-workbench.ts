/** A workbench on a port of the tests' own, which its contract does not let anybody choose. */
import { run } from '../../../services/workbench/run';
import { serverOf } from '../../../services/workbench/servers';

/** Jupyter refuses to be root, as which a machine of CI may run and no pod does. */
const ROOT = process.getuid?.() === 0 ? ['--allow-root'] : [];

const stop = new AbortController();
process.on('SIGTERM', () => {
  stop.abort();
});

void run({
  variables: process.env,
  signal: stop.signal,
  write: (line) => process.stdout.write(`${line}\n`),
  complain: (line) => process.stderr.write(`${line}\n`),
  server: (kind, asked, password) => {
    const server = serverOf(kind, { ...asked, port: Number(process.env['PORT']) }, password);
    return { ...server, args: [...server.args, ...ROOT] };
  },
}).then((code) => {
  process.exitCode = code;
});
