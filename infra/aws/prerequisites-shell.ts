/** A block of commands in Markdown. */
export const shell = (...lines: readonly string[]): string => ['```sh', ...lines, '```'].join('\n');
