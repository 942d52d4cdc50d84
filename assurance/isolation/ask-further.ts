import { type Pattern, shown } from '../iam/pattern';
import type { Policy, Statement } from '../iam/policy';
import type { Role } from '../iam/world';
import { declaredFurther, type Further } from './declared-further';
import { holdersIn } from './holders';
import { beginning } from './reach';
import type { Room } from './room';
import type { Asking } from './spot';

/** With which the ARN of a bucket begins, and of nothing else in S3: an access point has a region, and answers for a bucket by another name. */
const BUCKETS = 'arn:aws:s3:::';

/** What is left of what a statement allows where nobody asks about it. */
interface Unasked {
  readonly policy: Policy;
  readonly what: string;
}

/**
 * No role of the stacks may what nobody asks about: each action that a statement allows is declared, so that it is asked about resource by
 * resource, or is listed with what the role has besides. A pattern of actions is neither, nor is `NotAction`: what AWS adds to a service tomorrow
 * would be in it. What S3 does for a role is on buckets by their own names.
 */
export function askFurther({ env, engine, findings, counts }: Asking, rooms: readonly Room[]): void {
  const declared = new Set(rooms.flatMap(({ ways }) => ways.flatMap(({ actions }) => actions.map(lower))));
  const listed = byHolder(engine.world.roles.values(), declaredFurther(env), (one) =>
    one.holder === 'anybody' ? 'anybody' : holdersIn(engine.world, one.holder),
  );
  for (const role of engine.world.roles.values()) {
    counts['questions that must be refused'] += 1;
    const further = listed.get(role.arn) ?? [];
    const unasked: Unasked[] = role.policies.flatMap((policy) =>
      policy.statements.flatMap((statement) =>
        unaskedIn(statement, declared, further).map((what) => ({ policy, what })),
      ),
    );
    const [first] = unasked;
    if (first === undefined) continue;
    const others = unasked.length > 1 ? ` (and ${unasked.length - 1} more like it)` : '';
    findings.push({
      proof: 'isolation',
      kind: 'open',
      subject: role.where,
      message: `by ${first.policy.where} alone the role ${role.name} may ${first.what}${others}, allowed: what is declared of it, action by action`,
    });
  }
}

const lower = (text: string): string => text.toLowerCase();

function byHolder(
  roles: Iterable<Role>,
  all: readonly Further[],
  holders: (one: Further) => readonly string[] | 'anybody',
): Map<string, readonly Further[]> {
  const resolved = all.map((one) => [one, holders(one)] as const);
  return new Map(
    Array.from(roles, ({ arn }) => [
      arn,
      resolved.filter(([, arns]) => arns === 'anybody' || arns.includes(arn)).map(([one]) => one),
    ]),
  );
}

function unaskedIn(statement: Statement, declared: ReadonlySet<string>, further: readonly Further[]): string[] {
  const { effect, actions, resources } = statement;
  if (effect === 'Deny') return [];
  const names = actions.entries.map(shown);
  if (actions.not) return [`all but ${names.join(', ')}`];
  const on = resources === undefined || resources.not ? undefined : resources.entries;
  const begins = (start: string): boolean => on?.every((one) => beginning(one).startsWith(start)) ?? false;
  const isListed = (name: string): boolean =>
    further.some((one) => one.actions.map(lower).includes(name) && (one.on === undefined || begins(one.on)));
  return names.flatMap((name) => {
    if (!declared.has(name) && !isListed(name)) return [name];
    return name.startsWith('s3:') && !begins(BUCKETS) ? [`${name} on ${resourcesOf(on)}`] : [];
  });
}

const resourcesOf = (on: readonly Pattern[] | undefined): string =>
  on === undefined ? 'all but some' : on.map(shown).join(', ');
