/** Something that was synthesized and cannot be read: a failure with its name, never a pass. `faults` are one line each. */
export class UnreadableOutput extends Error {
  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'UnreadableOutput';
  }
}
