import { alternatives, show, type Report } from './faults';
import type { Sparse } from './sparse';
import type { Tenant } from './tenant';
import { DATA_CLASSES } from './vocabulary';

/** What a tenant expects of a class that it does not hand over would be reckoned nowhere, and nobody would hear of it. */
export function checkExpectedMonth({ data, expectedMonth, models }: Sparse<Tenant>, report: Report): void {
  if (expectedMonth === undefined) return;
  const classes = data?.map((entry) => entry?.class);
  if (classes?.includes(undefined) === false)
    for (const name of DATA_CLASSES)
      if (expectedMonth[name] !== undefined && !classes.includes(name))
        report(
          ['expectedMonth', name],
          'what arrives of it',
          `allowed classes that the tenant hands over (${alternatives(classes.map(String))})`,
          `add class ${show(name)} to data or remove it`,
        );
  const hours = expectedMonth.trainingGpuHours;
  if (hours !== undefined && hours > 0 && models?.length === 0)
    report(['expectedMonth', 'trainingGpuHours'], String(hours), 'allowed 0 of a tenant without models', 'remove it');
}
