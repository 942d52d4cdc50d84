/** A count with its noun, in the plural where it is not one. */
export const counted = (count: number | undefined, one: string, many = `${one}s`): string =>
  `${(count ?? 0).toLocaleString('en')} ${count === 1 ? one : many}`;
