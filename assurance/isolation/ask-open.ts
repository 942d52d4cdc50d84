import type { ConditionBlock } from '../iam/condition';
import { endpointsOf } from '../iam/decide';
import type { Query, Witness } from '../iam/query';
import { askerByArn, askerOf } from './asker';
import type { DeclaredWay } from './declared-way';
import type { DeclaredService } from './declared-services';
import { merged, plainly } from './requirements';
import type { DeclaredElsewhere } from './room';
import { type Asking, isFirst, type Spot } from './spot';

/**
 * Every declared way is open to the role that has it: one concrete request of each action is allowed by everything together; where somebody
 * else writes the resource's policy, by everything but that.
 */
export function askOpen(asking: Asking, spot: Spot, arn: string, ways: readonly DeclaredWay[]): void {
  for (const way of ways.filter(({ by }) => by === undefined)) {
    const { on, where, actions, who } = way;
    for (const action of actions)
      for (const [how, by] of pairs(plainly(asking.env, spot, way, action), throughEndpoints(asking, way, action))) {
        const witness = asking.engine.isAllowed({
          principal: { kind: 'role', arn },
          action,
          target: { resource: spot.resource, type: spot.type, ...(on.path === undefined ? {} : { path: on.path }) },
          keys: 'documented',
          sessions: 'associated',
          where: merged(where, how, inTheEnd(where), by),
          ...(spot.policy === 'elsewhere' ? { layers: { resource: 'allows-everything' } } : {}),
        });
        noteOpen(asking, spot, witness, `${who} (${arn}): ${action}${on.path === undefined ? '' : ` on ${on.path}`}`);
      }
  }
}

/** By each interface endpoint of its service in a network that has no way out. */
function throughEndpoints({ env, engine }: Asking, { inside }: DeclaredWay, action: string): ConditionBlock[] {
  if (inside === undefined) return [{}];
  const [service = ''] = action.split(':');
  return endpointsOf(service).map((name) => {
    const found = engine.world.endpoints.find((one) => one.account === env.accounts[inside] && one.service === name);
    // Where there is none, no request comes by it.
    return { StringEquals: { 'aws:SourceVpce': found?.id ?? `no endpoint of ${name}` } };
  });
}

const pairs = <A, B>(some: readonly A[], others: readonly B[]): (readonly [A, B])[] =>
  some.flatMap((one) => others.map((other) => [one, other] as const));

/** The last second in which a way is open, where it ends: what closes it earlier is found. */
function inTheEnd(where: DeclaredWay['where']): ConditionBlock {
  const end = where?.['DateLessThan']?.['aws:CurrentTime'];
  if (typeof end !== 'string') return {};
  const last = new Date(Date.parse(end) - 1000).toISOString().replace('.000Z', 'Z');
  return { DateGreaterThanEquals: { 'aws:CurrentTime': last } };
}

/** Every declared service is let through. */
export function askServed(asking: Asking, spot: Spot, services: readonly DeclaredService[]): void {
  if (!isFirst(asking, spot, askerOf({ kind: 'service' }, asking.engine.world), ['open', JSON.stringify(services)]))
    return;
  for (const { service, actions, where } of services)
    for (const action of actions) {
      showOpen(
        asking,
        spot,
        {
          principal: { kind: 'service', service },
          action,
          // No service is a member of an organisation: the key is of those who are.
          where: merged(where, { Null: { 'aws:PrincipalOrgID': 'true' } }),
        },
        `${service}: ${action}`,
      );
    }
}

/** Shows that some request of somebody is let through, by everything together. */
export function showOpen(
  asking: Asking,
  spot: Spot,
  query: Pick<Query, 'principal' | 'action' | 'where'>,
  way: string,
): void {
  const target = { resource: spot.resource, type: spot.type };
  noteOpen(asking, spot, asking.engine.isAllowed({ ...query, target }), way);
}

/** Notes that a way is open, or that it is closed. */
export function noteOpen(asking: Asking, spot: Spot, witness: Witness | undefined, way: string): void {
  if (witness !== undefined) asking.counts['ways shown open by a request'] += 1;
  else
    asking.findings.push({
      proof: 'isolation',
      kind: 'closed',
      subject: spot.resource.where,
      message: `${way}: got a request that is always refused, allowed by the declared matrix`,
    });
}

/** By no endpoint of ours and by no service, and when every grant of today has ended. */
const PLAINLY: ConditionBlock = {
  Null: { 'aws:VpceAccount': 'true', 'aws:CalledVia': 'true' },
  DateGreaterThanEquals: { 'aws:CurrentTime': '2100-01-01T00:00:00Z' },
};

/** Every role that no template makes is let through by the resource for what is declared of it. */
export function askElsewhere(asking: Asking, spot: Spot, others: readonly DeclaredElsewhere[]): void {
  for (const arn of new Set(others.map((way) => way.arn))) {
    const own = others.filter((way) => way.arn === arn);
    if (!isFirst(asking, spot, askerByArn(arn), ['open', JSON.stringify(own)])) continue;
    for (const { who, actions, where } of own)
      for (const action of actions) {
        showOpen(
          asking,
          spot,
          {
            principal: { kind: 'named', arn },
            action,
            where: merged(where, PLAINLY),
          },
          `${who} (${arn}): ${action}`,
        );
      }
  }
}

/** The deploys subscribe the tenant's queues to its topic. */
export function askSubscribed(asking: Asking, spot: Spot, deploys: string, queues: readonly string[]): void {
  if (!isFirst(asking, spot, askerByArn(deploys), ['open', ...queues])) return;
  for (const queue of queues) {
    showOpen(
      asking,
      spot,
      {
        principal: { kind: 'named', arn: deploys },
        action: 'sns:Subscribe',
        where: { StringEquals: { 'sns:Endpoint': queue } },
      },
      `deploys: sns:Subscribe of ${queue}`,
    );
  }
}
