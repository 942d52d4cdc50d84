import { teamStoreNames } from '../../schema/access-names';
import { arn } from '../../schema/arns';
import type { Resource } from '../iam/world';
import { askTable, askWorkGroup } from './ask-catalogue';
import { askSettings } from './ask-settings';
import {
  catalogueWays,
  databaseWays,
  type DeclaredDatabase,
  declaredDatabases,
  queryWays,
  workGroupPlace,
} from './declared-catalogue';
import { type Room, roomOf } from './room';
import { type Asking, isPlaced } from './spot';

/** The workgroup of each grant. */
export function workGroupRooms(asking: Asking): Room[] {
  const { env, engine } = asking;
  return env.grants.map((grant) => {
    const place = workGroupPlace(env, grant);
    return roomOf({
      subject: `grant-${grant.id}`,
      of: grant.id,
      resources: [...engine.world.resources.values()].filter((one) => isPlaced(place, one)),
      ways: queryWays(env, grant),
      settings: (resource) => {
        askSettings(asking, resource, { keyAlias: teamStoreNames.keyAlias(env, grant.team) });
        askWorkGroup(asking, resource, grant);
      },
    });
  });
}

/** The catalogue, and the database of each class of a tenant and of each corpus with a table. */
export function catalogueRooms(asking: Asking): { readonly tenant: string | undefined; readonly room: Room }[] {
  const { env, engine } = asking;
  const databases = declaredDatabases(env);
  const all = [...engine.world.resources.values()];
  const catalogue = all.filter(({ kind }) => kind === 'glue:catalog');
  const tables = all.filter(({ kind }) => kind === 'glue:table');
  const one = roomOf({
    subject: 'catalogue',
    of: 'catalogue',
    resources: catalogue,
    ways: catalogueWays(env, databases),
  });
  return [
    { tenant: undefined, room: one },
    ...databases.map((database) => ({ tenant: database.tenant, room: databaseRoom(asking, database, all, tables) })),
  ];
}

function databaseRoom(
  asking: Asking,
  declared: DeclaredDatabase,
  all: readonly Resource[],
  tables: readonly Resource[],
): Room {
  const { env } = asking;
  const below = arn.catalogue(env, 'research', `table/${declared.name}/`);
  return roomOf({
    subject: declared.name,
    of: declared.name,
    resources: [
      ...all.filter((resource) => isPlaced(declared.database, resource)),
      ...tables.filter((table) => table.arn.startsWith(below)),
    ],
    ways: databaseWays(env, declared),
    settings: (resource) => {
      if (resource.kind === 'glue:table') askTable(asking, resource, declared.location);
    },
  });
}
