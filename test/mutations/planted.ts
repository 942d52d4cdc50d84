import type { Finding } from '../../assurance/finding';
import type { Output } from '../../assurance/output/output';
import { told } from './run';

/** A fault as the runner needs it. */
export interface Planted {
  readonly id: string;
  readonly apply: (output: Output) => Output;
  /** The finding that it must cause, as `kind subject: message`. */
  readonly expects: RegExp;
  /** Why it changes nothing, where it is listed to show that. */
  readonly noChange?: string;
}

export interface Verdict {
  /** Whether it was caught as expected, or changed nothing as was said. */
  readonly right: boolean;
  /** A line for the table. */
  readonly text: string;
}

const WIDTH = 150;

/** Plants one fault and says what caught it. */
export async function verdictOf(
  { id, apply, expects, noChange }: Planted,
  output: Output,
  before: readonly Finding[],
  prove: (output: Output) => Promise<readonly Finding[]>,
): Promise<Verdict> {
  const known = new Set(told(before));
  const lines = told(await prove(apply(output))).filter((line) => !known.has(line));
  const caught = lines.find((line) => expects.test(line));
  if (noChange !== undefined)
    return lines.length === 0
      ? { right: true, text: `no change  ${id}: ${noChange}` }
      : { right: false, text: `CHANGED    ${id}: said to change nothing, got ${shortened(lines[0] ?? '')}` };
  if (caught !== undefined) return { right: true, text: `caught     ${id}: ${shortened(caught)}` };
  return {
    right: false,
    text: `MISSED     ${id}: ${lines.length === 0 ? 'no finding' : `got ${shortened(lines[0] ?? '')}`}`,
  };
}

const shortened = (line: string): string => (line.length > WIDTH ? `${line.slice(0, WIDTH)}…` : line);
