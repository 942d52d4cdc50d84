import { catalogueNames, corpusNames, grantNames } from '../../schema/access-names';
import { arn } from '../../schema/arns';
import type { Grant } from '../../schema/grant';
import type { Environment } from '../../schema/model';
import { tenantNames } from '../../schema/names';
import { isCorpus, openSources } from '../../schema/open-sources';
import { recordsPrefix } from '../../schema/records';
import { grantRoles, untilEnd } from './declared-grants';
import type { DeclaredWay, Place } from './declared-way';

/** A database of the catalogue with its one table, and the grants that open it now. */
export interface DeclaredDatabase {
  readonly name: string;
  /** Id of the tenant whose data it describes. @default - none: a corpus's */
  readonly tenant?: string;
  /** Where the table's files lie. */
  readonly location: string;
  readonly database: Place;
  readonly table: Place;
  readonly grants: readonly Grant[];
}

/** By whom queries are asked: each grant in the workgroup of its own, by an endpoint of research's and nobody else's, until it ends. */
export function queryWays(env: Environment, grant: Grant): DeclaredWay[] {
  return grantRoles(env, grant).map((role) => ({
    ...role,
    on: workGroupPlace(env, grant),
    actions: [
      'athena:GetQueryExecution',
      'athena:GetQueryResults',
      'athena:GetWorkGroup',
      'athena:StartQueryExecution',
      'athena:StopQueryExecution',
    ],
    right: 'queries',
    where: {
      ...untilEnd(grant),
      Null: { 'aws:SourceVpce': 'false' },
      StringEqualsIfExists: { 'aws:VpceAccount': env.accounts.research },
    },
  }));
}

export const workGroupPlace = (env: Environment, grant: Grant): Place => ({
  kind: 'athena:workgroup',
  name: arn.workGroup(env, 'research', grantNames.workGroup(env, grant.id)),
  type: 'workgroup',
});

/** A database for each class of a tenant that some grant opens, and for each corpus with a table. */
export function declaredDatabases(env: Environment): DeclaredDatabase[] {
  const active = env.tenants.filter(({ state }) => state === 'active');
  const ofTenants = active.flatMap(({ id, data }) =>
    data.map((entry) => ({
      tenant: id,
      location: `s3://${tenantNames.bucket(env, id)}/${recordsPrefix(entry.class)}`,
      ...databasePlaces(env, catalogueNames.database(env, id, entry.class), catalogueNames.recordsTable),
      grants: env.grants.filter(({ tenants, classes }) => tenants.includes(id) && classes.includes(entry.class)),
    })),
  );
  const ofCorpora = env.sources
    .filter(isCorpus)
    .filter(({ table }) => table !== undefined)
    .map((corpus) => ({
      location: `s3://${corpusNames.bucket(env, corpus.id)}/${corpusNames.tablePrefix}`,
      ...databasePlaces(env, catalogueNames.corpusDatabase(env, corpus.id), catalogueNames.corpusTable(corpus.id)),
      grants: env.grants.filter((grant) => openSources(env, grant).corpora.some(({ id }) => id === corpus.id)),
    }));
  // A corpus has its database whether or not a grant names it.
  return [...ofTenants.filter(({ grants }) => grants.length > 0), ...ofCorpora];
}

function databasePlaces(
  env: Environment,
  name: string,
  table: string,
): Pick<DeclaredDatabase, 'name' | 'database' | 'table'> {
  const at = (rest: string): string => arn.catalogue(env, 'research', rest);
  return {
    name,
    database: { kind: 'glue:database', name: at(`database/${name}`), type: 'database' },
    table: { kind: 'glue:table', name: at(`table/${name}/${table}`), type: 'table' },
  };
}

const OF_TABLES = ['glue:GetPartitions', 'glue:GetTable', 'glue:GetTables'];

/** What grants see of a database: Athena asks with their rights, until each ends. */
export const databaseWays = (env: Environment, { database, table, grants }: DeclaredDatabase): DeclaredWay[] =>
  [database, table].flatMap((on) => grants.flatMap((grant) => lookUps(env, grant, on)));

/** A request on a database or a table names the catalogue too. */
export function catalogueWays(env: Environment, databases: readonly DeclaredDatabase[]): DeclaredWay[] {
  const on: Place = { kind: 'glue:catalog', name: arn.catalogue(env, 'research', 'catalog'), type: 'rootcatalog' };
  return env.grants
    .filter((grant) => databases.some(({ grants }) => grants.includes(grant)))
    .flatMap((grant) => lookUps(env, grant, on));
}

const lookUps = (env: Environment, grant: Grant, on: Place): DeclaredWay[] =>
  grantRoles(env, grant).map((role) => ({
    ...role,
    on,
    actions: on.type === 'table' ? OF_TABLES : ['glue:GetDatabase', ...OF_TABLES],
    right: 'describes',
    where: { ...untilEnd(grant), 'ForAnyValue:StringEquals': { 'aws:CalledVia': ['athena.amazonaws.com'] } },
  }));
