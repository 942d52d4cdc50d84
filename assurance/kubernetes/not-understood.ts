/** Something that the proof cannot read or does not know. Whoever catches it makes a finding of it, never a pass. */
export class NotUnderstood extends Error {
  constructor(
    /** The object: its cluster, kind, namespace and name, or the file. */
    readonly subject: string,
    message: string,
  ) {
    super(message);
    this.name = 'NotUnderstood';
  }
}
