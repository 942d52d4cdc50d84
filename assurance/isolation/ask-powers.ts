import type { Policy, Statement } from '../iam/policy';
import { coversAction } from '../iam/statement-applies';
import { powers } from './powers';
import { beginning, mayBeAbout } from './reach';
import type { Asking } from './spot';

/** Powers that a policy of AWS's gives, by its name. */
interface Exempt {
  readonly awsPolicy: string;
  /** Service whose actions are not asked about. */
  readonly service: string;
  readonly reason: string;
}

/** The proof takes all of EC2 for what these policies allow of it (assurance/iam/aws-managed.ts); read on 2026-11-26 as said there. */
const EXEMPT: readonly Exempt[] = [
  {
    awsPolicy: 'AmazonEKSClusterPolicy',
    service: 'ec2',
    reason:
      'v10 has ec2:ModifyInstanceAttribute of the powers and no other; EKS asks for the policy, and nobody but EKS becomes its role',
  },
  { awsPolicy: 'AmazonEKS_CNI_Policy', service: 'ec2', reason: 'v6 is about network interfaces and has no power' },
  {
    awsPolicy: 'AmazonEBSCSIDriverPolicyV2',
    service: 'ec2',
    reason: 'v1 makes, attaches and removes volumes and snapshots that it tagged, and has no power',
  },
  {
    awsPolicy: 'AWSLambdaVPCAccessExecutionRole',
    service: 'ec2',
    reason: 'v3 is about network interfaces and has no power',
  },
];

const LOWER = powers.map((power) => ({ power, lower: power.toLowerCase() }));
const known = new WeakMap<Statement, readonly string[]>();

/**
 * No role that the stacks make has a power over what runs with others' rights: by any statement that allows one, on whatever resource and under
 * whatever condition. The organisation's policies may refuse it all the same.
 */
export function askPowers({ engine, findings, counts }: Asking): void {
  for (const { name, where, policies, boundary } of engine.world.roles.values()) {
    counts['questions that must be refused'] += 1;
    counts['actions behind them'] += powers.length;
    const within = boundary === undefined ? powers : powersOf(boundary);
    const had = new Map(
      policies.flatMap((policy) =>
        powersOf(policy)
          .filter((power) => within.includes(power))
          .map((power) => [power, policy] as const),
      ),
    );
    const [first] = had;
    if (first === undefined) continue;
    const [power, policy] = first;
    const others = had.size > 1 ? ` (and ${had.size - 1} more powers like it)` : '';
    findings.push({
      proof: 'isolation',
      kind: 'open',
      subject: where,
      message: `by ${policy.where} alone the role ${name} may ${power}${others}, allowed: no power over what runs with others' rights, and none that opens, shares or hides data`,
    });
  }
}

function powersOf({ where, statements }: Policy): string[] {
  const exempt = EXEMPT.filter(({ awsPolicy }) => where.endsWith(`/${awsPolicy}`)).map(({ service }) => `${service}:`);
  return statements.flatMap(allowedBy).filter((power) => !exempt.some((service) => power.startsWith(service)));
}

function allowedBy(statement: Statement): readonly string[] {
  const found = known.get(statement);
  if (found !== undefined) return found;
  const { effect, actions } = statement;
  const starts = actions.not ? [''] : actions.entries.map(beginning);
  const all =
    effect === 'Deny'
      ? []
      : LOWER.filter(
          ({ lower }) => starts.some((start) => mayBeAbout(start, lower)) && coversAction(statement, lower),
        ).map(({ power }) => power);
  known.set(statement, all);
  return all;
}
