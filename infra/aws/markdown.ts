/** A fenced block of Markdown. */
export const code = (language: 'sh' | 'json', ...lines: readonly string[]): string =>
  ['```' + language, ...lines, '```'].join('\n');

export const shell = (...lines: readonly string[]): string => code('sh', ...lines);
