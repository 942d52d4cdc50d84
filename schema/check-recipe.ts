import type { DatasetScope } from './dataset-scope';
import { alternatives, compare, meant, show, type Report } from './faults';
import { daysOf, RECIPE_MAX_DAYS, type Recipe } from './recipe';
import type { Sparse } from './sparse';

/** The rules between a recipe's fields, and between it and what the grant opens. */
export function checkRecipe(recipe: Sparse<Recipe>, scope: DatasetScope, report: Report): void {
  const tenants = scope.tenants.map(({ id }) => id);
  checkNames('classes', recipe.classes, scope.classes, scope, report);
  checkNames('tenants', recipe.tenants, tenants, scope, report);
  checkDays(recipe, report);
  const { minSeconds, maxSeconds, languages } = recipe.filters ?? {};
  if (minSeconds !== undefined && maxSeconds !== undefined && minSeconds > maxSeconds)
    report(['filters', 'minSeconds'], String(minSeconds), `at most ${maxSeconds}, the maxSeconds`, 'lower it');
  if (recipe.origin === 'raw')
    for (const [key, value] of Object.entries({ minSeconds, maxSeconds, languages }))
      if (value !== undefined)
        report(['filters', key], show(value), "allowed with origin 'records'", 'take it out, or draw from records');
}

function checkNames(
  field: 'classes' | 'tenants',
  names: readonly (string | undefined)[] | undefined,
  open: readonly string[],
  { grant }: DatasetScope,
  report: Report,
): void {
  names?.forEach((name, i) => {
    if (name === undefined) return;
    if (names.indexOf(name) !== i)
      report([field, i], `${show(name)} again`, 'each at most once', 'remove one of the two');
    if (!open.includes(name))
      report(
        [field, i],
        show(name),
        `allowed ${alternatives([...open].sort(compare))}, which the grant '${grant}' opens`,
        meant(name, open, 'take it out, or ask for a grant'),
      );
  });
}

function checkDays({ from, to }: Sparse<Recipe>, report: Report): void {
  if (from === undefined || to === undefined) return;
  const days = daysOf({ from, to }).length;
  if (days < 1) report(['to'], show(to), `at least '${from}', the day of from`, 'correct one of the two days');
  if (days > RECIPE_MAX_DAYS)
    report(
      ['to'],
      `${show(to)}, ${days} days with the first`,
      `at most ${RECIPE_MAX_DAYS} days`,
      'make two datasets of it',
    );
}
