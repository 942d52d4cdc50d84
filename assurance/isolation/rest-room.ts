import type { Resource, ResourceKind } from '../iam/world';
import { type Room, roomOf } from './room';

/** A resource that no stack makes. @param account empty where it is open; @param region as of a resource */
export const notMade = (kind: ResourceKind, arn: string, account = '', region = ''): Resource => ({
  kind,
  arn,
  name: arn,
  account,
  region,
  where: arn,
  policies: [],
  tags: {},
  aliases: [],
});

/** All resources whose ARNs begin with the one's, but for those that other rooms are about: no role of the stacks has a way on any. */
export const restRoom = (subject: string, beginning: Resource, others: readonly string[]): Room =>
  roomOf({
    subject,
    of: beginning.arn,
    resources: [{ ...beginning, any: true, where: subject }],
    ways: [],
    except: others
      .filter((arn) => arn.startsWith(beginning.arn))
      .map((arn) => ({ path: arn.slice(beginning.arn.length) })),
    policy: 'elsewhere',
  });
