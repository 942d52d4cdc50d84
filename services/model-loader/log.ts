/** Writes one line of JSON. Values are ids of model types and tenants, digests, words of this service, counts and durations: never a text. */
export type Log = (event: string, fields: Readonly<Record<string, string | number>>) => void;

/** @param server id of the server that the loader is beside; none while its configuration is not read */
export const logger =
  (server: string | undefined, write: (line: string) => void): Log =>
  (event, fields) => {
    write(JSON.stringify({ event, ...(server === undefined ? {} : { server }), ...fields }));
  };
