/** Reports on long work: overwritten in place on a terminal, silent where the output is none; results are always printed. */
export class Progress {
  constructor(private readonly stream: NodeJS.WriteStream = process.stderr) {}

  step(text: string): void {
    if (this.stream.isTTY) this.stream.write(`\r\x1b[2K${text}`);
  }

  done(text: string): void {
    if (this.stream.isTTY) this.stream.write('\r\x1b[2K');
    process.stdout.write(`${text}\n`);
  }
}
