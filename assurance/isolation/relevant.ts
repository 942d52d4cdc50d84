import type { Condition } from '../iam/condition';
import { isVariable, isWild, type Pattern } from '../iam/pattern';
import type { Policy, Statement } from '../iam/policy';
import type { Resource, Role } from '../iam/world';
import type { Asker } from './asker';
import { beginning, mayBeAbout } from './reach';

/**
 * The statements that can have a part in a question, as texts that say all that decides and nothing else. What is left out has none, whatever a
 * request says: entries that name other resources, or other principals than who asks, and conditions that his ARN alone decides.
 */
export class Relevant {
  readonly #texts = new WeakMap<Statement, Map<string, string>>();
  readonly #beginnings = new WeakMap<Statement, readonly string[]>();

  /** Of a resource's policies. */
  ofResource({ policies }: Resource, by: Asker): string[] {
    return this.#texted(statementsOf(policies), (statement) => narrowedTo(statement, by));
  }

  /** Of a role's policies, its boundary and its trust. */
  ofRole({ policies, boundary, trust }: Role, on: Resource): string[] {
    const own = statementsOf(boundary === undefined ? policies : [...policies, boundary]);
    return [
      ...this.#texted(own, (statement) => this.#narrowedOn(statement, on)),
      ...this.#texted(trust.statements, () => WHOLE),
    ];
  }

  /** By the characters with which ARNs begin: it errs to the side of keeping. */
  #narrowedOn(statement: Statement, { arn }: Resource): Narrowed | undefined {
    const { resources } = statement;
    if (resources === undefined || resources.not) return WHOLE;
    const starts = this.#beginnings.get(statement) ?? resources.entries.map(beginning);
    this.#beginnings.set(statement, starts);
    const kept = starts.map((start) => mayBeAbout(start, arn));
    return kept.includes(true) ? { ...WHOLE, resources: kept } : undefined;
  }

  #texted(statements: readonly Statement[], narrowed: (statement: Statement) => Narrowed | undefined): string[] {
    return statements.flatMap((statement) => {
      const left = narrowed(statement);
      return left === undefined ? [] : [this.#text(statement, left)];
    });
  }

  #text(statement: Statement, left: Narrowed): string {
    const texts = this.#texts.get(statement) ?? new Map<string, string>();
    this.#texts.set(statement, texts);
    const key = [left.principals, left.resources, left.conditions]
      .map((flags) => flags?.map(Number).join('') ?? 'all')
      .join(' ');
    const text = texts.get(key) ?? textOf(statement, left);
    texts.set(key, text);
    return text;
  }
}

/** Which entries of a statement are left, by their numbers. @default - all */
interface Narrowed {
  readonly principals?: readonly boolean[];
  readonly resources?: readonly boolean[];
  readonly conditions?: readonly boolean[];
}
const WHOLE: Narrowed = {};

const statementsOf = (policies: readonly Policy[]): Statement[] => policies.flatMap(({ statements }) => statements);

/** What of a statement of a resource's policy is about requests of somebody; none where it can apply to none of them. */
function narrowedTo({ principals, conditions }: Statement, by: Asker): Narrowed | undefined {
  const named = principals?.not === false ? principals.entries.map((entry) => by.mayBe(entry)) : undefined;
  if (named?.includes(true) === false) return undefined;
  const decided = conditions.map((condition) => byArn(condition, by));
  if (decided.includes(false)) return undefined;
  return {
    conditions: decided.map((answer) => answer === undefined),
    ...(named === undefined ? {} : { principals: named }),
  };
}

/** Whether a condition on `aws:PrincipalArn` holds in every request of somebody, or in none; undefined where that is open, and for every other key. */
function byArn({ key, operator, values }: Condition, by: Asker): boolean | undefined {
  if (key.toLowerCase() !== 'aws:principalarn' || values.as !== 'patterns' || operator.over !== 'one') return undefined;
  const each = values.patterns.map((pattern) => by.fits(pattern));
  const fitting = each.includes(true) ? true : each.includes(undefined) ? undefined : false;
  if (fitting === undefined) return undefined;
  const holds = fitting !== operator.negated;
  // Where the key is absent, it holds all the same.
  return !holds && operator.ifExists ? undefined : holds;
}

function textOf(statement: Statement, left: Narrowed): string {
  const { effect, principals, actions, resources, conditions } = statement;
  const kept = <T>(all: readonly T[], flags: readonly boolean[] | undefined): readonly T[] =>
    flags === undefined ? all : all.filter((_, i) => flags[i]);
  const said = [
    effect,
    principals && { ...principals, entries: kept(principals.entries, left.principals) },
    actions,
    resources && { ...resources, entries: kept(resources.entries, left.resources) },
    kept(conditions, left.conditions).map(({ operator, key, values }) => [operator, key, values]),
  ];
  return JSON.stringify(said, (_, value: unknown) => (isPattern(value) ? patternText(value) : value));
}

const isPattern = (value: unknown): value is Pattern =>
  typeof value === 'object' && value !== null && 'units' in value && 'ignoresCase' in value;

/** Apart from every text in which the same characters stand for themselves. */
const patternText = ({ units, ignoresCase }: Pattern): string =>
  (ignoresCase ? '\u0005' : '') +
  units
    .map((unit) => {
      if (typeof unit === 'string') return unit;
      if (isWild(unit)) return `\u0006${unit.wild} ${unit.of}\u0006`;
      return isVariable(unit)
        ? `\u0006${unit.variable} ${unit.otherwise ?? '\u0007'}\u0006`
        : `\u0006free ${unit.free}\u0006`;
    })
    .join('');
