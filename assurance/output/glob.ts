/** Whether a text fits a pattern of a policy, in which `*` stands for any characters and `?` for one. */
export function fits(pattern: string, text: string): boolean {
  const wild = pattern.search(/[*?]/);
  if (wild === -1) return pattern === text;
  if (wild === pattern.length - 1 && pattern.endsWith('*')) return text.startsWith(pattern.slice(0, -1));
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(text);
}
