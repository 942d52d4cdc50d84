import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import { Construct } from 'constructs';
import { catalogueNames, corpusNames } from '../../../schema/access-names';
import type { Environment } from '../../../schema/model';
import type { Corpus } from '../../../schema/source';

export interface CorpusTableProps {
  readonly env: Environment;
  readonly corpus: Corpus;
  readonly table: NonNullable<Corpus['table']>;
}

const HIVE = 'org.apache.hadoop.hive.ql.io';
/**
 * How Athena reads each form.
 * @see https://docs.aws.amazon.com/athena/latest/ug/supported-serdes.html (2026-11-25)
 */
const FORMS = {
  json: {
    inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
    outputFormat: `${HIVE}.HiveIgnoreKeyTextOutputFormat`,
    serializationLibrary: 'org.openx.data.jsonserde.JsonSerDe',
  },
  parquet: {
    inputFormat: `${HIVE}.parquet.MapredParquetInputFormat`,
    outputFormat: `${HIVE}.parquet.MapredParquetOutputFormat`,
    serializationLibrary: `${HIVE}.parquet.serde.ParquetHiveSerDe`,
  },
} as const;

/** The Glue database of a corpus, with the one table that lies below `table/`: whoever may not read the bucket reads nothing by it. */
export class CorpusTable extends Construct {
  constructor(scope: Construct, id: string, props: CorpusTableProps) {
    super(scope, id);
    const { env, corpus, table } = props;
    const name = catalogueNames.corpusDatabase(env, corpus.id);
    const { inputFormat, outputFormat, serializationLibrary } = FORMS[table.format];
    const database = new CfnDatabase(this, 'Database', {
      catalogId: env.accounts.research,
      databaseInput: { name, description: `Corpus ${corpus.id} of ${env.name}` },
    });
    new CfnTable(this, 'Table', {
      catalogId: env.accounts.research,
      databaseName: name,
      tableInput: {
        name: catalogueNames.corpusTable(corpus.id),
        description: corpus.description,
        tableType: 'EXTERNAL_TABLE',
        parameters: { classification: table.format },
        storageDescriptor: {
          location: `s3://${corpusNames.bucket(env, corpus.id)}/${corpusNames.tablePrefix}`,
          columns: table.columns.map(({ name: column, type }) => ({ name: column, type })),
          inputFormat,
          outputFormat,
          serdeInfo: { serializationLibrary },
        },
      },
    }).addResourceDependency(database);
  }
}
