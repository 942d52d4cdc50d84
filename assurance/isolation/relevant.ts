import type { Condition } from '../iam/condition';
import { fits, isAnything, matches } from '../iam/match';
import { isFree, isVariable, type Pattern, patternKey } from '../iam/pattern';
import type { Policy, Statement } from '../iam/policy';
import type { Resource, Role } from '../iam/world';
import type { Asker } from './asker';
import { beginning, mayBeAbout } from './reach';

/**
 * The statements that can have a part in a question, as texts that say all that decides and nothing else. What is left out has none, whatever a
 * request says: entries that name other resources, or other principals than who asks, and conditions that his ARN alone decides.
 */
export class Relevant {
  readonly #said = new WeakMap<Statement, Map<string, Saying>>();
  readonly #beginnings = new WeakMap<Statement, readonly string[]>();
  readonly #names = new Map<string, readonly string[]>();

  /** @param namesOf what a pattern could tell apart of whoever a resource is of, besides the resource's own */
  constructor(readonly namesOf: (of: string) => readonly string[]) {}

  /** Of policies that stand on a resource, or beside it. @param of as of a spot */
  ofPolicies(policies: readonly Policy[], by: Asker, on: Resource, of: string): string[] {
    return this.#texted(statementsOf(policies), on, of, (statement) => {
      const about = this.#narrowedOn(statement, on);
      const left = about === undefined ? undefined : narrowedTo(statement, by);
      return left === undefined ? undefined : { ...left, ...about };
    });
  }

  /** Of a role's policies, its boundary and its trust. @param of as of a spot */
  ofRole({ policies, boundary, trust }: Role, on: Resource, of: string): string[] {
    const own = (all: readonly Policy[]): string[] =>
      this.#texted(statementsOf(all), on, of, (statement) => this.#narrowedOn(statement, on));
    return [
      ...own(policies),
      ...(boundary === undefined ? [] : ['a boundary', ...own([boundary])]),
      ...this.#texted(trust.statements, on, of, () => WHOLE),
    ];
  }

  /** By the characters with which ARNs begin: it errs to the side of keeping. */
  #narrowedOn(statement: Statement, { arn }: Resource): Narrowed | undefined {
    const { resources } = statement;
    if (resources === undefined || resources.not) return WHOLE;
    const starts = this.#beginnings.get(statement) ?? resources.entries.map(beginning);
    this.#beginnings.set(statement, starts);
    // Most statements are about something else altogether.
    if (!starts.some((start) => mayBeAbout(start, arn))) return undefined;
    return { resources: starts.map((start) => mayBeAbout(start, arn)) };
  }

  #texted(
    statements: readonly Statement[],
    on: Resource,
    of: string,
    narrowed: (statement: Statement) => Narrowed | undefined,
  ): string[] {
    const place = `${of} ${on.arn}`;
    const texts: string[] = [];
    for (const statement of statements) {
      const left = narrowed(statement);
      if (left === undefined) continue;
      const { text, loose, fitting } = this.#saying(statement, left);
      if (loose.length === 0) texts.push(text);
      else {
        const found = fitting.get(place) ?? text + this.#fits(loose, on, of);
        fitting.set(place, found);
        texts.push(found);
      }
    }
    return texts;
  }

  /**
   * What patterns say of the names themselves: one that covers a part of a name fits one tenant's and not another's, though it is the same text.
   */
  #fits(patterns: readonly Pattern[], on: Resource, of: string): string {
    const names = this.#names.get(of) ?? this.namesOf(of);
    this.#names.set(of, names);
    const all = [...names, on.arn, on.name, ...on.aliases, ...Object.values(on.tags)];
    return patterns
      .map((pattern) => {
        // What its variables stand for is not known here: it is the same as no other's.
        if (pattern.units.some((unit) => isVariable(unit) || isFree(unit))) return on.arn.split('').join('\u0008');
        const rest = matches([on.arn, REST], pattern);
        return `\u0007${all.map((name) => (fits(name, pattern) ? '1' : '0')).join('')}${written(rest)}`;
      })
      .join('');
  }

  #saying(statement: Statement, left: Narrowed): Saying {
    const known = this.#said.get(statement) ?? new Map<string, Saying>();
    this.#said.set(statement, known);
    const key = flagsOf(left);
    const saying = known.get(key) ?? {
      text: textOf(statement, left),
      loose: loosePatterns(statement, left),
      fitting: new Map(),
    };
    known.set(key, saying);
    return saying;
  }
}

/** What is left of a statement. */
interface Saying {
  readonly text: string;
  readonly loose: readonly Pattern[];
  /** By resources, the text with what the loose patterns say of their names. */
  readonly fitting: Map<string, string>;
}

/** Which entries of a statement are left, by their numbers. @default - all */
interface Narrowed {
  readonly principals?: readonly boolean[];
  readonly resources?: readonly boolean[];
  readonly conditions?: readonly boolean[];
}
const WHOLE: Narrowed = {};

const flagsOf = ({ principals, resources, conditions }: Narrowed): string =>
  `${bits(principals)} ${bits(resources)} ${bits(conditions)}`;

function bits(flags: readonly boolean[] | undefined): string {
  let all = '';
  for (const flag of flags ?? []) all += flag ? '1' : '0';
  return flags === undefined ? 'all' : all;
}

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

const kept = <T>(all: readonly T[], flags: readonly boolean[] | undefined): readonly T[] =>
  flags === undefined ? all : all.filter((_, i) => flags[i]);

function textOf(statement: Statement, left: Narrowed): string {
  const { effect, principals, actions, resources, conditions } = statement;
  const said = [
    effect,
    principals && { ...principals, entries: kept(principals.entries, left.principals) },
    actions,
    resources && { ...resources, entries: kept(resources.entries, left.resources) },
    kept(conditions, left.conditions).map(({ operator, key, values }) => [operator, key, values]),
  ];
  return written(said);
}

/** As a text in which patterns are as they were written, so that names in them can be found. */
const written = (said: unknown): string =>
  JSON.stringify(said, (_, value: unknown) => (isPattern(value) ? patternKey(value) : value));

const REST = { free: 'rest' } as const;

/** Patterns of what is left of a statement that fit more than one text, but for those that fit every text. */
function loosePatterns({ resources, conditions }: Statement, left: Narrowed): Pattern[] {
  const all = [
    ...kept(resources?.entries ?? [], left.resources),
    ...kept(conditions, left.conditions).flatMap(({ values }) => (values.as === 'patterns' ? values.patterns : [])),
  ];
  return all.filter(
    ({ units, ignoresCase }) =>
      (ignoresCase && units.length > 0 && !isTruth(units)) ||
      (units.some((unit) => typeof unit !== 'string') && !isAnything(units)),
  );
}

const isTruth = (units: Pattern['units']): boolean =>
  units.every((unit) => typeof unit === 'string') && /^(?:true|false)$/.test(units.map(String).join(''));

const isPattern = (value: unknown): value is Pattern =>
  typeof value === 'object' && value !== null && 'units' in value && 'ignoresCase' in value;
