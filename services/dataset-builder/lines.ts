/** A line is a record with the whole text of a recording: longer ones are no record. */
export const LINE_MAX_BYTES = 16 * 1024 * 1024;

const NEWLINE = 10;

/**
 * The lines of a stream of bytes, without their ends. One that is longer than it may be comes as undefined, and no more of it is held.
 */
export async function* linesOf(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes = LINE_MAX_BYTES,
): AsyncGenerator<string | undefined> {
  let parts: Uint8Array[] = [];
  let size = 0;
  const take = (part: Uint8Array): void => {
    size += part.length;
    if (size > maxBytes) parts = [];
    else if (part.length > 0) parts.push(part);
  };
  const line = (): string | undefined => {
    const text = size > maxBytes ? undefined : Buffer.concat(parts).toString('utf8');
    parts = [];
    size = 0;
    return text;
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      take(chunk.subarray(start, end));
      yield line();
      start = end + 1;
    }
    take(chunk.subarray(start));
  }
  if (size > 0) yield line();
}
