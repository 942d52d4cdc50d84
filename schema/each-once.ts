import { show, type Path, type Report } from './faults';

/** Reports each later value of a list that an earlier one is already. */
export function eachOnce(values: readonly (string | undefined)[] | undefined, path: Path, report: Report): void {
  values?.forEach((value, i) => {
    if (value !== undefined && values.indexOf(value) < i)
      report([...path, i], `${show(value)} again`, 'each at most once', 'remove one of the two');
  });
}
