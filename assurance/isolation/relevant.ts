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
  readonly #texts = new WeakMap<Statement, Map<string, string>>();
  readonly #beginnings = new WeakMap<Statement, readonly string[]>();
  readonly #fitting = new WeakMap<Statement, Map<string, string>>();
  readonly #names = new Map<string, readonly string[]>();

  /** @param namesOf what a pattern could tell apart of whoever a resource is of, besides the resource's own */
  constructor(readonly namesOf: (of: string) => readonly string[]) {}

  /** Of policies that stand on a resource, or beside it. @param of as of a spot */
  ofPolicies(policies: readonly Policy[], by: Asker, on: Resource, of: string): string[] {
    return this.#texted(statementsOf(policies), on, of, (statement) => {
      const left = narrowedTo(statement, by);
      const about = left === undefined ? undefined : this.#narrowedOn(statement, on);
      return left === undefined || about === undefined ? undefined : { ...left, ...about };
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
    const kept = starts.map((start) => mayBeAbout(start, arn));
    return kept.includes(true) ? { ...WHOLE, resources: kept } : undefined;
  }

  #texted(
    statements: readonly Statement[],
    on: Resource,
    of: string,
    narrowed: (statement: Statement) => Narrowed | undefined,
  ): string[] {
    return statements.flatMap((statement) => {
      const left = narrowed(statement);
      return left === undefined ? [] : [this.#text(statement, left) + this.#fits(statement, left, on, of)];
    });
  }

  /**
   * What the patterns of a statement say of the names themselves: one that covers a part of a name fits one tenant's and not another's, though it
   * is the same text.
   */
  #fits(statement: Statement, left: Narrowed, on: Resource, of: string): string {
    const known = this.#fitting.get(statement) ?? new Map<string, string>();
    this.#fitting.set(statement, known);
    const place = `${flagsOf(left)} ${of} ${on.arn}`;
    const found = known.get(place) ?? this.#fitsOf(loosePatterns(statement, left), on, of);
    known.set(place, found);
    return found;
  }

  #fitsOf(patterns: readonly Pattern[], on: Resource, of: string): string {
    if (patterns.length === 0) return '';
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

  #text(statement: Statement, left: Narrowed): string {
    const texts = this.#texts.get(statement) ?? new Map<string, string>();
    this.#texts.set(statement, texts);
    const key = flagsOf(left);
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

const flagsOf = ({ principals, resources, conditions }: Narrowed): string =>
  [principals, resources, conditions].map((flags) => flags?.map(Number).join('') ?? 'all').join(' ');

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
