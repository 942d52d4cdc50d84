import { registryNames } from '../../schema/names';
import { CLUSTERS } from '../../schema/vocabulary';
import type { Resource } from '../iam/world';
import { askSettings } from './ask-settings';
import { elsewhereWays, repositoriesOf, repositoryWays } from './declared-registry';
import type { Place } from './declared-way';
import { notMade } from './rest-room';
import { type Room, roomOf } from './room';
import type { Asking } from './spot';

/** With which every repository's ARN begins. */
const REPOSITORIES = 'arn:aws:ecr:';

/**
 * Every repository: whoever writes an image is in the pods of every tenant. One that nobody declared has no ways, so that whoever reaches it
 * is found; and so has every repository that is not ours.
 */
export function registryRooms(asking: Asking): Room[] {
  const { env, engine } = asking;
  const declared = repositoriesOf(env);
  const made = [...engine.world.resources.values()].filter(({ kind }) => kind === 'ecr:repository');
  const clusterOf = ({ account }: Resource) => CLUSTERS.find((cluster) => env.accounts[cluster] === account);
  const settings = (resource: Resource): void => {
    const cluster = clusterOf(resource);
    askSettings(asking, resource, { keyAlias: cluster === undefined ? '' : registryNames.keyAlias(env, cluster) });
  };
  const rooms = declared.map((one) =>
    roomOf({
      subject: one.on.name,
      of: one.on.name,
      resources: made.filter(({ arn }) => arn === one.on.name),
      ways: repositoryWays(env, one),
      settings,
    }),
  );
  const names = new Set(declared.map(({ on }) => on.name));
  const others = made
    .filter(({ arn }) => !names.has(arn))
    .map((resource) =>
      roomOf({ subject: resource.where, of: resource.arn, resources: [resource], ways: [], settings }),
    );
  return [...rooms, ...others, anyOther(asking, made)];
}

/** All repositories that no stack makes, of whichever account and region. */
function anyOther({ env }: Asking, made: readonly Resource[]): Room {
  const any: Place = { kind: 'ecr:repository', name: REPOSITORIES, type: 'repository' };
  return roomOf({
    subject: 'any other repository',
    of: REPOSITORIES,
    resources: [{ ...notMade(any.kind, any.name), foreign: true, any: true, where: 'any other repository' }],
    ways: elsewhereWays(env, any),
    except: made.map(({ arn }) => ({ path: arn.slice(REPOSITORIES.length) })),
    policy: 'elsewhere',
  });
}
