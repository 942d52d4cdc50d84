import { isCorpus } from '../../schema/open-sources';
import { CLUSTERS } from '../../schema/vocabulary';
import type { Resource } from '../iam/world';
import { askSettings } from './ask-settings';
import { catalogueRooms, workGroupRooms } from './catalogue-rooms';
import { corpusWays } from './declared-corpora';
import { deliveryServices, deliveryWays } from './declared-delivery';
import { controlPlaneWays } from './declared-platform';
import { secretsOf, secretWays } from './declared-secrets';
import { teamErasures } from './declared-erasure';
import { commonModelWays } from './declared-serving';
import { teamWays } from './declared-stores';
import type { Place } from './declared-way';
import { notMade, restRoom } from './rest-room';
import { type Room, roomOf } from './room';
import { type Asking, isPlaced } from './spot';
import { corpusPlaces, deliveryPlaces, modelPlaces, type StorePlaces, teamPlaces } from './store-places';

/**
 * What holds tenants' data, or leads to it, outside of their own stacks: teams' stores, grants' workgroups, the catalogue, corpora, the secrets of
 * relational sources, deliveries; and every other bucket and key of the stacks.
 * @param asked tenants about whose databases is asked: those of the others are the same up to a name
 */
export function storeRooms(asking: Asking, asked: ReadonlySet<string>): Room[] {
  const { env } = asking;
  const rooms = [
    ...env.researchTeams.map(({ id }) => teamRoom(asking, id)),
    ...env.sources.filter(isCorpus).map((corpus) => {
      const places = corpusPlaces(env, corpus.id);
      return storeRoom(asking, places, {
        subject: `corpus-${corpus.id}`,
        of: corpus.id,
        ways: corpusWays(env, corpus),
      });
    }),
    ...CLUSTERS.map((cluster) => {
      const places = deliveryPlaces(env, cluster);
      const services = deliveryServices(env, cluster);
      return storeRoom(asking, places, {
        subject: `${cluster}-delivery`,
        of: cluster,
        ways: deliveryWays(env, cluster),
        services,
      });
    }),
    ...(env.servingPools.length === 0
      ? []
      : [
          storeRoom(asking, modelPlaces(env), {
            subject: 'common-models',
            of: 'common-models',
            ways: commonModelWays(env),
          }),
        ]),
    ...workGroupRooms(asking),
    ...secretRooms(asking),
  ];
  const catalogue = catalogueRooms(asking);
  const named = new Set([...rooms, ...catalogue.map(({ room }) => room)].flatMap(({ resources }) => resources));
  return [
    ...rooms,
    ...catalogue.filter(({ tenant }) => tenant === undefined || asked.has(tenant)).map(({ room }) => room),
    ...otherRooms(asking, named),
  ];
}

function teamRoom(asking: Asking, team: string): Room {
  const { env } = asking;
  return storeRoom(asking, teamPlaces(env, team), {
    subject: `team-${team}`,
    of: team,
    ways: teamWays(env, team),
    elsewhere: teamErasures(env, team),
  });
}

function storeRoom(
  asking: Asking,
  { bucket, key, keyAlias }: StorePlaces,
  room: Pick<Room, 'subject' | 'of' | 'ways'> & Partial<Room>,
): Room {
  const resources = asking.engine.world.resources;
  const placed = [...resources.values()].filter((one) => isPlaced(bucket, one) || isPlaced(key, one));
  const home = placed[0]?.account ?? '';
  return roomOf({
    ...room,
    resources: placed,
    ways: [...room.ways, ...controlPlaneWays(asking.env, key, home)],
    settings: (resource) => {
      askSettings(asking, resource, { keyAlias });
    },
  });
}

/** Secrets of relational sources and their keys: their owners attach what PREREQUISITES.md prints, so that the roles' own policies are asked. */
function secretRooms({ env }: Asking): Room[] {
  const keys = secretsOf(env).filter(({ kind }) => kind === 'kms:key');
  const ways = [...secretWays(env), ...keys.flatMap((key) => controlPlaneWays(env, key, accountOf(key.name)))];
  const secrets = secretsOf(env).filter(({ kind }) => kind === 'secretsmanager:secret');
  return [
    ...secretsOf(env).map((place) =>
      roomOf({
        subject: place.name,
        of: place.name,
        resources: [outside(place)],
        ways: ways.filter(({ on }) => on.name === place.name),
        policy: 'elsewhere',
      }),
    ),
    // Whatever other secret there is, of whichever account and region: no role of the stacks reads one.
    restRoom(
      'any other secret',
      outside({ kind: 'secretsmanager:secret', name: SECRETS }),
      secrets.map(({ name }) => name),
    ),
  ];
}

/** With which every secret's ARN begins. */
const SECRETS = 'arn:aws:secretsmanager:';

const accountOf = (arn: string): string => arn.split(':')[4] ?? '';

const outside = ({ kind, name }: Pick<Place, 'kind' | 'name'>): Resource => ({
  ...notMade(kind, name, accountOf(name), name.split(':')[3] ?? ''),
  foreign: true,
});

const KINDS: ReadonlySet<string> = new Set([
  's3:bucket',
  'kms:key',
  'secretsmanager:secret',
  'athena:workgroup',
  'glue:catalog',
  'glue:database',
  'glue:table',
]);

/** What nothing is declared of: images, logs, volumes and the like lie under these keys, and no role of the stacks has a use of them. */
function otherRooms({ env, engine }: Asking, named: ReadonlySet<Resource>): Room[] {
  return [...engine.world.resources.values()]
    .filter((one) => KINDS.has(one.kind) && !named.has(one) && !one.where.startsWith(`${env.name}-tenant-`))
    .map((resource) => {
      const { kind, arn: name, account, where } = resource;
      const place: Place = { kind, name, type: 'key' };
      const ways = kind === 'kms:key' ? controlPlaneWays(env, place, account) : [];
      return roomOf({ subject: where, of: where, resources: [resource], ways, policy: 'not asked' });
    });
}
