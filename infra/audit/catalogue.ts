import * as glue from '@pulumi/aws/glue';
import type { CustomResourceOptions } from '@pulumi/pulumi';
import { auditNames } from '../../schema/audit-names';
import type { AuditAccount } from './audit-account';
import { auditTables } from './tables';

/** The archive as tables: partitions are computed from the prefixes, so that nobody has to register a day. */
export function catalogue(audit: AuditAccount, options: CustomResourceOptions): glue.CatalogDatabase {
  const database = new glue.CatalogDatabase(
    'catalogue',
    { name: auditNames.database, description: 'Evidence of what was done with tenants’ data' },
    options,
  );
  for (const table of auditTables(audit.environments, audit.account)) {
    new glue.CatalogTable(
      `table-${table.name}`,
      {
        name: table.name,
        description: table.description,
        databaseName: database.name,
        tableType: 'EXTERNAL_TABLE',
        parameters: { EXTERNAL: 'TRUE', 'projection.enabled': 'true', ...table.projection },
        partitionKeys: table.partitionKeys.map((key) => ({ ...key })),
        storageDescriptor: {
          location: table.location,
          columns: table.columns.map((column) => ({ ...column })),
          inputFormat: table.inputFormat,
          outputFormat: table.outputFormat,
          serDeInfo: { serializationLibrary: table.serde },
        },
      },
      options,
    );
  }
  return database;
}
