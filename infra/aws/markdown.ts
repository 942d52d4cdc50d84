/** A fenced block of Markdown. */
export const code = (language: 'sh' | 'json', ...lines: readonly string[]): string =>
  ['```' + language, ...lines, '```'].join('\n');

export const shell = (...lines: readonly string[]): string => code('sh', ...lines);

/** A table; no cell may hold a `|`. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `|${cells.map((cell) => (cell === '' ? ' ' : ` ${cell} `)).join('|')}|`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
