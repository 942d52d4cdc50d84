/** What ends a command from outside: Ctrl-C, a supervisor, a terminal that is closed. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Has `clean` run before a signal ends the process, which then ends by that signal, as whoever sent it expects. A handler runs only
 * between the turns of the event loop: work that keeps a turn for seconds keeps the signal waiting as long.
 * @returns what takes the handlers away again
 */
export function cleanOnInterrupt(clean: () => void): () => void {
  const release = (): void => {
    for (const signal of SIGNALS) process.off(signal, end);
  };
  const end = (signal: NodeJS.Signals): void => {
    release();
    clean();
    process.kill(process.pid, signal);
  };
  for (const signal of SIGNALS) process.on(signal, end);
  return release;
}
