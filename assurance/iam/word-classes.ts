import { reached, stepsOf } from './match';
import { isWild, type Pattern } from './pattern';

/** Texts that no pattern of a list tells apart: which of the patterns they fit, and the shortest of them as an example. */
export interface WordClass {
  readonly fits: readonly boolean[];
  readonly example: string;
}

/** More states than this are not explored: such patterns go to the solver as they are. */
const MOST_STATES = 20_000;

/**
 * All classes into which patterns part the texts, none where they are too many to be listed. The list is whole: the patterns are
 * automata, and every state that their product reaches is visited, so that the solver may choose a class instead of a text.
 * @param patterns without open parts
 */
export function wordClasses(patterns: readonly Pattern[]): readonly WordClass[] | undefined {
  const letters = representatives(patterns);
  const start = patterns.map((pattern) => reached(pattern, [0]));
  const seen = new Map<string, true>([[stateKey(start), true]]);
  const classes = new Map<string, WordClass>();
  let frontier: State[] = [{ positions: start, word: '' }];
  while (frontier.length > 0) {
    const next: State[] = [];
    for (const { positions, word } of frontier) {
      const fits = patterns.map((pattern, i) => positions[i]?.has(pattern.units.length) === true);
      const key = fits.map(Number).join('');
      if (!classes.has(key)) classes.set(key, { fits, example: word });
      for (const letter of lettersAt(patterns, positions, letters)) {
        const after = patterns.map((pattern, i) =>
          reached(
            pattern,
            [...(positions[i] ?? [])].flatMap((at) => stepsOf(pattern, at, letter)),
          ),
        );
        const state = stateKey(after);
        if (seen.has(state)) continue;
        seen.set(state, true);
        if (seen.size > MOST_STATES) return undefined;
        next.push({ positions: after, word: word + letter });
      }
    }
    frontier = next;
  }
  return [...classes.values()];
}

interface State {
  readonly positions: readonly ReadonlySet<number>[];
  readonly word: string;
}

const stateKey = (positions: readonly ReadonlySet<number>[]): string =>
  positions.map((set) => [...set].sort((a, b) => a - b).join(',')).join(';');

/** Letters and digits in the order in which an example prefers them. */
const READABLE = 'xyzabcdefghijklmnopqrstuvwABCDEFGHIJKLMNOPQRSTUVWXYZ';
const DIGITS = '0123456789';

interface Representatives {
  /** Stands for every character that no pattern names and that is neither digit nor colon. */
  readonly letter: string;
  readonly digits: readonly string[];
}

function representatives(patterns: readonly Pattern[]): Representatives {
  const named = new Set(
    patterns.flatMap(({ units, ignoresCase }) =>
      units.flatMap((unit) => (typeof unit !== 'string' ? [] : ignoresCase ? bothCases(unit) : [unit])),
    ),
  );
  const digits = Array.from(DIGITS).filter((digit) => !named.has(digit));
  return { letter: unnamed(named), digits: digits.slice(0, 1) };
}

function unnamed(named: ReadonlySet<string>): string {
  const readable = Array.from(READABLE).find((letter) => !named.has(letter));
  if (readable !== undefined) return readable;
  // Beyond every alphabet that a policy is written in.
  let code = 0x2460;
  while (named.has(String.fromCodePoint(code))) code++;
  return String.fromCodePoint(code);
}

/** The characters that can lead to different states: those that stand next in some pattern, and one for all others of each kind. */
function lettersAt(
  patterns: readonly Pattern[],
  positions: readonly ReadonlySet<number>[],
  { letter, digits }: Representatives,
): Set<string> {
  const found = new Set<string>([letter]);
  patterns.forEach(({ units, ignoresCase }, i) => {
    for (const at of positions[i] ?? []) {
      const unit = units[at];
      if (typeof unit === 'string') for (const char of ignoresCase ? bothCases(unit) : [unit]) found.add(char);
      else if (unit !== undefined && isWild(unit)) {
        if (unit.of === 'segment') found.add(':');
        if (unit.of === 'digit') for (const digit of digits) found.add(digit);
      }
    }
  });
  return found;
}

const bothCases = (char: string): string[] => [char, char.toLowerCase(), char.toUpperCase()];
