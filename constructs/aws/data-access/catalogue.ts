import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import { Construct } from 'constructs';
import { catalogueNames } from '../../../schema/access-names';
import type { Environment } from '../../../schema/model';
import { tenantNames } from '../../../schema/names';
import { RECORD_COLUMNS, recordsPrefix } from '../../../schema/records';
import type { DataClass } from '../../../schema/vocabulary';

export interface CatalogueProps {
  readonly env: Environment;
  readonly tenant: string;
  readonly dataClass: DataClass;
}

/**
 * The Glue database of one tenant's class, with the table of what the class's pipeline made: names and shapes, no data. Who may not read
 * the bucket reads nothing by it.
 *
 * Partitions are projected: nobody adds one, and a query names the days that it reads.
 * @see https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html (2026-11-25)
 */
export class Catalogue extends Construct {
  constructor(scope: Construct, id: string, props: CatalogueProps) {
    super(scope, id);
    const { env, tenant, dataClass } = props;
    const name = catalogueNames.database(env, tenant, dataClass);
    const location = `s3://${tenantNames.bucket(env, tenant)}/${recordsPrefix(dataClass)}`;
    const database = new CfnDatabase(this, 'Database', {
      catalogId: env.accounts.research,
      databaseInput: { name, description: `Tenant ${tenant}, ${dataClass}, of ${env.name}` },
    });
    const table = new CfnTable(this, 'Records', {
      catalogId: env.accounts.research,
      databaseName: name,
      tableInput: {
        name: catalogueNames.recordsTable,
        description: `What the ${dataClass} pipeline made, a row for each recording, mail or note`,
        tableType: 'EXTERNAL_TABLE',
        partitionKeys: [{ name: 'day', type: 'string', comment: 'YYYY-MM-DD, UTC, of the recording' }],
        parameters: {
          classification: 'json',
          'projection.enabled': 'true',
          'projection.day.type': 'date',
          'projection.day.format': 'yyyy-MM-dd',
          'projection.day.range': '2020-01-01,NOW',
          'storage.location.template': `${location}day=\${day}/`,
        },
        storageDescriptor: {
          location,
          columns: RECORD_COLUMNS.map(({ name: column, type, comment }) => ({ name: column, type, comment })),
          inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
          outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
          serdeInfo: { serializationLibrary: 'org.openx.data.jsonserde.JsonSerDe' },
        },
      },
    });
    table.addResourceDependency(database);
  }
}
