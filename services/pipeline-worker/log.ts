/** Writes one line of JSON. Values are counts, durations, codes and names of stages: never a key or a word of an object. */
export type Report = (event: string, fields: Readonly<Record<string, string | number>>) => void;

/** Lines that name the tenant and the pipeline. */
export function reporter(tenant: string, pipeline: string, write: (line: string) => void): Report {
  return (event, fields) => {
    write(JSON.stringify({ event, tenant, pipeline, ...fields }));
  };
}
