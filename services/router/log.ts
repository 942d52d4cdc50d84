/** Writes one line of JSON. Values are ids, codes, counts and durations: never a word of a body, a token, or a name that a client chose. */
export type Log = (event: string, fields: Readonly<Record<string, string | number | readonly string[]>>) => void;

/** @param write takes a line */
export const logger =
  (write: (line: string) => void): Log =>
  (event, fields) => {
    write(JSON.stringify({ event, ...fields }));
  };
