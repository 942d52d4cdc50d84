/**
 * Formats of a table over gzipped or plain JSON, one object on each line. Hive's SerDe and not OpenX's, of which Athena's guide warns that
 * it may give other rows than there are; the price is that one line which is no JSON fails every question that reads its day, aloud.
 * @see https://docs.aws.amazon.com/athena/latest/ug/openx-json-serde.html (2026-11-25)
 */
export const JSON_LINES = {
  serde: 'org.apache.hive.hcatalog.data.JsonSerDe',
  inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
  outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
} as const;

/** Parameters by which Athena computes the partitions of a column whose values are listed. */
export function listed(column: string, values: readonly string[]): Record<string, string> {
  return {
    [`projection.${column}.type`]: 'enum',
    [`projection.${column}.values`]: [...new Set(values)].sort().join(','),
  };
}

/** First day of which there can be evidence: before it no environment was deployed. */
const FIRST_DAY = '2026/11/01';

/** The same for a column `day`, in the form in which CloudTrail and our own writers name folders: `2026/11/25`, in UTC. */
export const DAYS: Readonly<Record<string, string>> = {
  'projection.day.type': 'date',
  'projection.day.format': 'yyyy/MM/dd',
  'projection.day.interval': '1',
  'projection.day.interval.unit': 'DAYS',
  'projection.day.range': `${FIRST_DAY},NOW`,
};

export const DAY_KEY = {
  name: 'day',
  type: 'string',
  comment: 'day on which it arrived, as 2026/11/25, in UTC',
} as const;
export const ENVIRONMENT_KEY = { name: 'environment', type: 'string', comment: 'name of the environment' } as const;
