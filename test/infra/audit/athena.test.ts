import { describe, expect, test } from '@jest/globals';
import type { AuditTable } from '../../../infra/audit/tables';
import { Archive, type Row } from './athena/archive';
import { toDuckDb } from './athena/dialect';
import { deserialize, duckType, parseHiveType } from './athena/hive-types';

async function select(expression: string, ...values: string[]): Promise<unknown> {
  const archive = await Archive.of([], {});
  try {
    const parameters = values.map((_, i) => `p${String(i)}`);
    const bound = Object.fromEntries(values.map((value, i) => [`p${String(i)}`, value]));
    const [row] = (await archive.ask({ query: `SELECT ${expression} AS got`, parameters }, bound)) as [Row];
    return row['got'];
  } finally {
    archive.close();
  }
}

/** What Trino's documentation, or the engine of that version, says of each: https://trino.io/docs/current/functions.html (2026-11-25). */
describe('DuckDB does as Athena does', () => {
  test.each([
    ['json_extract_scalar(\'{"a": {"b": "c"}}\', \'$.a.b\')', 'c'],
    ['json_extract_scalar(\'{"a": {"b": "c"}}\', \'$.a\')', null],
    ["json_extract_scalar('{\"a\": [1]}', '$.a')", null],
    ["json_extract_scalar('{\"a\": null}', '$.a')", null],
    ["json_extract_scalar('{\"a\": 1}', '$.b')", null],
    ['json_extract_scalar(\'{"a": {"aws:s3:arn": "c"}}\', \'$.a["aws:s3:arn"]\')', 'c'],
    ["regexp_extract('abc', 'a(b)', 1)", 'b'],
    ["regexp_extract('abc', 'x(b)', 1)", null],
    ["regexp_like('abc', 'b')", true],
    [
      'element_at(map_from_entries(CAST(json_extract(\'{"t": [{"key": "k", "value": "v"}]}\', \'$.t\') AS ARRAY(ROW(key VARCHAR, value VARCHAR)))), \'k\')',
      'v',
    ],
    [
      "element_at(map_from_entries(CAST(json_extract('{\"t\": []}', '$.t') AS ARRAY(ROW(key VARCHAR, value VARCHAR)))), 'k')",
      null,
    ],
    [
      "element_at(map_from_entries(CAST(json_extract('{}', '$.t') AS ARRAY(ROW(key VARCHAR, value VARCHAR)))), 'k')",
      null,
    ],
    ["element_at(ARRAY['a', 'b'], 2)", 'b'],
    ["element_at(ARRAY['a', 'b'], 3)", null],
    ["array_join(ARRAY['a', NULL, 'b'], '; ')", 'a; b'],
    ["array_join(ARRAY[NULL, NULL], '; ')", ''],
    ["'a' || NULL", null],
    ["CAST(from_iso8601_timestamp('2026-11-25T10:00:00Z') AS timestamp)", '2026-11-25 10:00:00'],
    ["date_format(from_iso8601_timestamp('2026-11-25T23:59:59.999999Z'), '%Y-%m-%d')", '2026-11-25'],
    ["date_parse('2026/11/25', '%Y/%m/%d') + INTERVAL '23' HOUR", '2026-11-25 23:00:00'],
    ["contains(split('a, b', ', '), 'b')", true],
  ])('%s', async (expression, expected) => {
    expect(await select(expression)).toBe(expected);
  });

  test('with parameters in their order', async () => {
    expect(await select("? || '-' || ?", 'a', 'b')).toBe('a-b');
  });

  test('what it cannot translate, it refuses', async () => {
    await expect(select("from_unixtime(1) || date_diff('day', current_date, current_date)")).rejects.toThrow(
      /from_unixtime/,
    );
  });

  test('a parameter without a value is named', async () => {
    const archive = await Archive.of([], {});
    try {
      await expect(archive.ask({ query: 'SELECT ?', parameters: ['tenant'] }, {})).rejects.toThrow(
        "got no value of 'tenant', allowed one for each parameter",
      );
    } finally {
      archive.close();
    }
  });

  test('it opens no file and loads no extension', async () => {
    await expect(select("content FROM read_text('/etc/hostname')")).rejects.toThrow(/disabled by configuration/);
    await expect(select("x FROM 'https://example.com/x.json'")).rejects.toThrow(/disabled by configuration/);
  });

  test('a text that needs no rule stays as it is', () => {
    expect(toDuckDb("SELECT 'x' FROM y WHERE element_at(m, 'k') = 1")).toBe(
      "SELECT 'x' FROM y WHERE element_at(m, 'k') = 1",
    );
  });
});

describe('a Hive type', () => {
  test.each([
    ['string', 'VARCHAR'],
    ['array<struct<arn:string,n:int>>', 'STRUCT("arn" VARCHAR, "n" INTEGER)[]'],
    ['map<string,array<string>>', 'MAP(VARCHAR, VARCHAR[])'],
    [
      'struct<a:struct<b:map<string,string>,c:string>,d:int>',
      'STRUCT("a" STRUCT("b" MAP(VARCHAR, VARCHAR), "c" VARCHAR), "d" INTEGER)',
    ],
  ])('%s is %s', (hive, duck) => {
    expect(duckType(parseHiveType(hive))).toBe(duck);
  });

  test('that no table uses is refused', () => {
    expect(() => parseHiveType('decimal(1,2)')).toThrow(
      "got the Hive type 'decimal(1,2)', allowed string, int, array<…>, map<…> and struct<…>; add it",
    );
  });

  test.each([
    ['string', { Kept: 'As it Is' }, '{"Kept":"As it Is"}'],
    ['string', true, 'true'],
    ['string', undefined, null],
    ['struct<arn:string,missing:string>', { ARN: 'x', other: 1 }, { arn: 'x', missing: null }],
    ['map<string,string>', { Kept: 1 }, { Kept: '1' }],
    ['array<int>', [1, null], [1, null]],
  ])('%s reads %j as the SerDe does', (hive, value, expected) => {
    expect(deserialize(parseHiveType(hive), value, 'x')).toEqual(expected);
  });

  test.each([
    ['struct<a:int>', { a: 'text' }, 'x.a: got "text", allowed int'],
    ['array<string>', {}, 'x: got {}, allowed array'],
    ['struct<a:string>', 'text', 'x: got "text", allowed struct'],
  ])('%s refuses %j, as the SerDe does', (hive, value, message) => {
    expect(() => deserialize(parseHiveType(hive), value, 'x')).toThrow(message);
  });
});

test('a line outside of the computed partitions is not there', async () => {
  const table: AuditTable = {
    name: 'one',
    description: '',
    location: '',
    columns: [{ name: 'a', type: 'string', comment: '' }],
    partitionKeys: [{ name: 'k', type: 'string' }],
    projection: { 'projection.k.type': 'enum', 'projection.k.values': 'x,y' },
    serde: '',
    inputFormat: '',
    outputFormat: '',
  };
  const lines = ['x', 'z'].map((k) => ({ partition: { k }, json: { A: k } }));
  const archive = await Archive.of([table], { one: lines });
  try {
    expect(await archive.ask({ query: 'SELECT * FROM one', parameters: [] }, {})).toEqual([{ a: 'x', k: 'x' }]);
  } finally {
    archive.close();
  }
});
