import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { AuditTable } from '../../../../infra/audit/tables';
import { deserializeFields, duckType, parseHiveType } from './hive-types';
import { MACROS, toDuckDb } from './dialect';
import type { QuestionText } from '../../../../infra/audit/question-text';

/** A row of a table before its SerDe has read it: the values of its partition, and the JSON of its line. */
export interface Line {
  readonly partition: Readonly<Record<string, string>>;
  readonly json: object;
}
export type Lines = Readonly<Record<string, readonly Line[]>>;
export type Row = Readonly<Record<string, unknown>>;

/** The archive's tables in DuckDB, in memory, with the columns of the Glue tables. */
export class Archive {
  private constructor(
    private readonly instance: DuckDBInstance,
    private readonly connection: DuckDBConnection,
  ) {}

  /** Without a way to the network or a file: DuckDB's own settings refuse both. */
  static async of(tables: readonly AuditTable[], lines: Lines): Promise<Archive> {
    const instance = await DuckDBInstance.create(':memory:', {
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      enable_external_access: 'false',
      threads: '1',
    });
    const archive = new Archive(instance, await instance.connect());
    await archive.connection.run("SET TimeZone = 'UTC'");
    for (const macro of MACROS) await archive.connection.run(`CREATE MACRO ${macro}`);
    for (const table of tables) await archive.load(table, lines[table.name] ?? []);
    return archive;
  }

  /** @throws when a parameter has no value */
  async ask(question: QuestionText, values: Readonly<Record<string, string>>): Promise<Row[]> {
    const bound = question.parameters.map((name) => {
      const value = values[name];
      if (value === undefined) throw new Error(`got no value of '${name}', allowed one for each parameter`);
      return value;
    });
    const result = await this.connection.runAndReadAll(toDuckDb(question.query), bound);
    return result.getRowObjectsJson();
  }

  close(): void {
    this.connection.closeSync();
    this.instance.closeSync();
  }

  private async load(table: AuditTable, lines: readonly Line[]): Promise<void> {
    const fields = Object.fromEntries(table.columns.map(({ name, type }) => [name, parseHiveType(type)]));
    const keys = table.partitionKeys.map(({ name }) => name);
    const types = {
      ...Object.fromEntries(Object.entries(fields).map(([name, type]) => [name, duckType(type)])),
      ...Object.fromEntries(keys.map((name) => [name, 'VARCHAR'])),
    };
    const columns = Object.entries(types).map(([name, type]) => `"${name}" ${type}`);
    await this.connection.run(`CREATE TABLE ${table.name} (${columns.join(', ')})`);
    const rows = lines.filter(isProjected(table)).map(({ partition, json }) => ({
      ...deserializeFields(fields, json, table.name),
      ...Object.fromEntries(keys.map((name) => [name, partition[name] ?? missing(table.name, name)])),
    }));
    await this.connection.run(
      `INSERT INTO ${table.name} SELECT ${Object.keys(types)
        .map((name) => `r."${name}"`)
        .join(', ')} FROM (SELECT unnest(from_json(?, ?)) AS r)`,
      [JSON.stringify(rows), JSON.stringify([types])],
    );
  }
}

/** A line in a folder that the table's parameters do not compute is not there for Athena. */
function isProjected({ partitionKeys, projection }: AuditTable): (line: Line) => boolean {
  const listed = partitionKeys.flatMap(({ name }) => {
    const values = projection[`projection.${name}.values`];
    return values === undefined ? [] : [[name, values.split(',')] as const];
  });
  return ({ partition }) => listed.every(([name, values]) => values.includes(partition[name] ?? ''));
}

function missing(table: string, key: string): never {
  throw new Error(`${table}: got a line without ${key}, allowed one in a partition`);
}
