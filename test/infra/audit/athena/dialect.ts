/**
 * Where DuckDB's SQL differs from that of Athena's engine version 3 (Trino), as far as the questions use it. A text is translated by rules, a
 * function by a macro of the same name; everything else is the same in both, or DuckDB refuses it. Ran on 2026-11-25: every question of
 * every test, 90 answers, untranslated under Trino 483 with its memory connector. All were the same as DuckDB's. What the
 * questions use since 2026-11-26 (`url_decode`, a cross join with VALUES) ran on DuckDB only.
 * @see https://docs.aws.amazon.com/athena/latest/ug/functions-env3.html (2026-11-25)
 * @see https://trino.io/docs/current/functions.html (2026-11-25)
 */
const RULES: readonly (readonly [what: string, pattern: RegExp, replacement: string])[] = [
  [
    'types of rows and arrays',
    /ARRAY\(ROW\(key VARCHAR, value VARCHAR\)\)/g,
    'STRUCT("key" VARCHAR, "value" VARCHAR)[]',
  ],
  [
    'element_at of an array, which DuckDB knows as list_extract',
    /element_at\(([^()]+), (\d+)\)/g,
    'list_extract($1, $2)',
  ],
  ['a name in brackets of a JSON path', /\["([^"]+)"\]'/g, '."$1"\''],
];

/** Functions of Athena's that DuckDB lacks, or that do something else there. */
export const MACROS: readonly string[] = [
  // DuckDB's gives a list of one.
  'element_at(m, k) AS map_extract_value(m, k)',
  "json_extract_scalar(j, p) AS CASE WHEN json_type(j, p) IN ('OBJECT', 'ARRAY') THEN NULL ELSE json_extract_string(j, p) END",
  'regexp_like(s, p) AS regexp_matches(s, p)',
  // DuckDB's gives an empty text where nothing matches.
  'regexp_extract(s, p, g) AS CASE WHEN regexp_matches(s, p) THEN system.main.regexp_extract(s, p, g) END',
  'from_iso8601_timestamp(s) AS CAST(s AS TIMESTAMPTZ)',
  'date_parse(s, f) AS strptime(s, f)',
  'date_format(t, f) AS strftime(t, f)',
  // DuckDB's is null where every item is.
  "array_join(a, s) AS CASE WHEN a IS NOT NULL THEN coalesce(array_to_string(a, s), '') END",
  'sequence(a, b, step) AS generate_series(a, b, step)',
];

/** A question as DuckDB takes it. */
export function toDuckDb(query: string): string {
  return RULES.reduce((text, [, pattern, replacement]) => text.replace(pattern, replacement), query);
}
