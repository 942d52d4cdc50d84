import { arn } from '../../schema/arns';
import type { Environment } from '../../schema/model';
import { roleNames } from '../../schema/names';
import { CLUSTERS } from '../../schema/vocabulary';
import type { DeclaredWay } from './declared-way';
import { notMade, restRoom } from './rest-room';
import { type Room, roomOf } from './room';
import type { Asking } from './spot';

/**
 * Every role of the stacks that is no tenant's, which is in its tenant's room: no role of the stacks changes who becomes it or what it may, or
 * hands it over, and in the environment's accounts only a deploy does. And all roles besides in the accounts, such as those of the bootstrap. Who
 * becomes one by its trust is asked by ask-trusts.ts.
 */
export function roleRooms({ env, engine }: Asking): Room[] {
  const roles = [...engine.world.resources.values()].filter(({ kind }) => kind === 'iam:role');
  const ways = roleWays(env);
  const own = roles.filter(({ where }) => !where.startsWith(`${env.name}-tenant-`));
  const rooms = own.map((role) =>
    roomOf({
      subject: role.where,
      of: role.name,
      // Its trust says nothing of what is asked here.
      resources: [{ ...role, policies: [] }],
      ways: ways.filter(({ on }) => on.name === role.arn),
      policy: engine.world.accounts.includes(role.account) ? 'not asked' : 'elsewhere',
    }),
  );
  const accounts = new Set(roles.map(({ account }) => account));
  return [...rooms, ...Array.from(accounts, (account) => anyOther(account, ways))];
}

/** All roles of an account but those on which something is declared. */
function anyOther(account: string, ways: readonly DeclaredWay[]): Room {
  const home = arn.role(account, '');
  const declared = new Set(ways.map(({ on }) => on.name));
  return restRoom(`${home}*`, notMade('iam:role', home, account), [...declared]);
}

/** Karpenter hands the machines that it starts their role. */
const roleWays = (env: Environment): DeclaredWay[] =>
  CLUSTERS.map((cluster) => ({
    who: 'Karpenter',
    holder: { roleArn: arn.role(env.accounts[cluster], roleNames.karpenter(env, cluster)) },
    on: { kind: 'iam:role', name: arn.role(env.accounts[cluster], roleNames.node(env, cluster)), type: 'role' },
    actions: ['iam:PassRole'],
    where: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
    right: 'hands over',
  }));
