/** Reports on long work: overwritten in place on a terminal, silent where there is none. */
export class Progress {
  constructor(private readonly stream: NodeJS.WriteStream = process.stderr) {}

  step(text: string): void {
    if (this.stream.isTTY) this.stream.write(`\r\x1b[2K${text}`);
  }

  clear(): void {
    if (this.stream.isTTY) this.stream.write('\r\x1b[2K');
  }
}
