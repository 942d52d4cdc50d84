/**
 * Answers a standard stream that fails, which otherwise is an uncaught error with its trace. One whose reader has gone, as `head` goes,
 * ends the command without a word; any other, such as a full disk, is one message and exit code 1.
 */
export function guardStreams(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    process.exitCode = 1;
    process.stderr.write(
      `standard output: got ${error.code ?? error.message}, allowed a file or a device with room; make room or choose another\n`,
    );
  });
  // Nowhere is left to say it.
  process.stderr.on('error', () => process.exit(1));
}
