import { checkRecipe } from './check-recipe';
import type { DatasetScope } from './dataset-scope';
import { EnvironmentFaults, type Fault, pathText, type Report } from './faults';
import { type Recipe, recipeSchema } from './recipe';
import { salvage } from './sparse';
import { reportIssues } from './translate-issues';
import { readYaml } from './yaml-source';

/**
 * Reads a recipe against what a grant opens.
 * @param file its name, as faults say it
 * @throws EnvironmentFaults with every fault of it at once
 */
export function readRecipe(text: string, file: string, scope: DatasetScope): Recipe {
  const faults: Fault[] = [];
  const source = readYaml(text, (line, at, got, allowed, remedy) => {
    faults.push({ file, line, path: pathText(at), got, allowed, remedy });
  });
  const report: Report = (at, got, allowed, remedy) => {
    faults.push({ file, line: source.lineOf(at), path: pathText(at), got, allowed, remedy });
  };
  if (source.value === undefined) throw new EnvironmentFaults(faults);
  const parsed = recipeSchema.safeParse(source.value);
  if (!parsed.success) reportIssues(recipeSchema, source.value, parsed.error.issues, report);
  checkRecipe(parsed.success ? parsed.data : (salvage(recipeSchema, source.value) ?? {}), scope, report);
  if (!parsed.success || faults.length > 0) throw new EnvironmentFaults(faults);
  return parsed.data;
}
