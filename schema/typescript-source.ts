import type { Path } from './faults';

/**
 * Finds the line of a property in the object literal of an environment's `index.ts` by matching brackets. No compiler is needed at
 * synth for that, and where the literal uses a spread or a variable the answer is the line of the nearest thing around it.
 */
export function lineInTypeScript(source: string, path: Path): number {
  const text = blank(source);
  const start = /(?:export default|=)\s*\{/.exec(text);
  if (start === null) return 1;
  let at = start.index + start[0].length - 1;
  for (const part of path) {
    const next = typeof part === 'number' ? element(text, at, part) : property(text, at, part);
    if (next === undefined) break;
    at = next;
  }
  return source.slice(0, at).split('\n').length;
}

/** Comments as spaces and strings as underscores, so that a bracket in either counts for nothing; offsets stay. */
function blank(source: string): string {
  return source.replace(
    /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g,
    (found) => found.replace(/[^\n]/g, found.startsWith('/') ? ' ' : '_'),
  );
}

/** Offsets where the entries of the bracket that opens at or after `from` begin; empty where the value is no literal. */
function entries(text: string, from: number, open: '{' | '['): number[] {
  const opening = new RegExp(`^[\\w'"\\s-]*?:?\\s*\\${open}`).exec(text.slice(from));
  if (opening === null) return [];
  const starts: number[] = [];
  let depth = 0;
  let fresh = true;
  for (let at = from + opening[0].length; at < text.length; at++) {
    const sign = text.charAt(at);
    if (depth === 0 && fresh && /[^\s}\],]/.test(sign)) {
      starts.push(at);
      fresh = false;
    }
    if ('{[('.includes(sign)) depth++;
    else if ('}])'.includes(sign) && depth-- === 0) break;
    else if (sign === ',' && depth === 0) fresh = true;
  }
  return starts;
}

function property(text: string, from: number, key: string): number | undefined {
  return entries(text, from, '{').find((at) =>
    new RegExp(`^${key}\\s*[:,}]`).test(text.slice(at, at + key.length + 8)),
  );
}

function element(text: string, from: number, index: number): number | undefined {
  return entries(text, from, '[')[index];
}
