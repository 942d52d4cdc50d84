import { show, type Path, type Report } from './faults';

/** Reports each later item of a list whose field an earlier one has already. */
export function once<T extends object>(
  items: readonly (T | undefined)[] | undefined,
  list: string,
  field: keyof T & string,
  report: Report,
): void {
  const seen = new Set<unknown>();
  items?.forEach((item, i) => {
    const value = item?.[field];
    const path: Path = [list, i, field];
    if (value !== undefined && seen.has(value)) report(path, `${show(value)} again`, 'each at most once', 'change it');
    seen.add(value);
  });
}
