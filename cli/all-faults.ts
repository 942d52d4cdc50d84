/** Does the work for every item and reports what went wrong with all of them together. */
export function allFaults<T, R>(items: readonly T[], work: (item: T) => R): R[] {
  const results: R[] = [];
  const faults: Error[] = [];
  for (const item of items) {
    try {
      results.push(work(item));
    } catch (error) {
      faults.push(error instanceof Error ? error : new Error(String(error)));
    }
  }
  const [first] = faults;
  if (first === undefined) return results;
  // One fault keeps its own stack for --verbose.
  throw faults.length === 1 ? first : new Error([...new Set(faults.map((fault) => fault.message))].join('\n'));
}
