import { arn } from '../../schema/arns';
import { evidenceNames } from '../../schema/audit-names';
import type { Environment } from '../../schema/model';
import { stackNames } from '../../schema/names';
import { CLUSTERS } from '../../schema/vocabulary';
import type { Resource, World } from '../iam/world';
import { askLetIn } from './ask-let-in';
import type { DeclaredService } from './declared-services';
import type { DeclaredWay } from './declared-way';
import { type Room, roomOf } from './room';
import type { Asking } from './spot';

/** Every function of the stacks: no role of theirs calls or changes one, and its own policy lets nobody in, but for what is declared. */
export function functionRooms(asking: Asking): Room[] {
  const { env, engine } = asking;
  const services = functionServices(env);
  const ways = functionWays(env, engine.world);
  return functionsOf(engine.world).map((one) => {
    const qualified = qualifiedOf(one);
    const served = services.filter(({ on }) => on.name === one.arn);
    return roomOf({
      subject: one.where,
      of: one.name,
      resources: [one, qualified],
      ways: ways.filter(({ on }) => on.name === one.arn || on.name === qualified.arn),
      services: served,
      also: (spot) => {
        askLetIn(asking, spot, served);
      },
    });
  });
}

const functionsOf = ({ resources }: World): Resource[] =>
  [...resources.values()].filter(({ kind }) => kind === 'lambda:function');

/** Its versions and aliases. A permission stands on the name that it says, so that the function's own is not theirs. */
const qualifiedOf = (one: Resource): Resource => ({
  ...one,
  arn: `${one.arn}:`,
  any: true,
  name: `${one.name}:`,
  policies: [],
});

/** The ledger's sign of life comes by the clock. */
const functionServices = (env: Environment): DeclaredService[] => [
  {
    service: 'events.amazonaws.com',
    on: {
      kind: 'lambda:function',
      name: arn.function(env, 'research', evidenceNames.ledger(env)),
      type: 'function',
    },
    actions: ['lambda:InvokeFunction'],
    where: {
      ArnEquals: { 'aws:SourceArn': arn.rule(env, 'research', evidenceNames.heartbeat(env)) },
      StringEquals: { 'aws:SourceAccount': env.accounts.research },
    },
  },
];

/** CDK's framework for custom resources calls the handler that talks to a cluster. Neither has a name of ours: CDK's ids tell them. */
function functionWays(env: Environment, world: World): DeclaredWay[] {
  return CLUSTERS.flatMap((cluster) => {
    const stack = `${stackNames.deployed(env, stackNames.platform(cluster, 'cluster'))}/`;
    const handlers = functionsOf(world).filter(({ where }) => where.startsWith(stack) && !FRAMEWORK.test(where));
    const frameworks = [...world.roles.values()].filter(
      ({ where }) => where.startsWith(stack) && FRAMEWORKS_ROLE.test(where),
    );
    return frameworks.flatMap((role) =>
      handlers.flatMap((handler): DeclaredWay[] => {
        const way = (on: Resource, action: string, right: DeclaredWay['right']): DeclaredWay => ({
          who: 'framework of custom resources',
          holder: { roleArn: role.arn },
          on: { kind: on.kind, name: on.arn, type: 'function' },
          actions: [action],
          right,
        });
        return [
          way(handler, 'lambda:InvokeFunction', 'invokes'),
          way(qualifiedOf(handler), 'lambda:InvokeFunction', 'invokes'),
          way(handler, 'lambda:GetFunction', 'describes'),
        ];
      }),
    );
  });
}

const FRAMEWORK = /framework(?:onEvent|isComplete|onTimeout)[0-9A-F]{8}$/;
const FRAMEWORKS_ROLE = /frameworkonEventServiceRole[0-9A-F]{8}$/;
