import { EnvironmentFaults, type Fault, pathText, type Path } from './faults';
import { reportIssues } from './translate-issues';
import { type WorkbenchEnvironment, workbenchEnvironmentSchema } from './workbench';

const KEYS = Object.keys(workbenchEnvironmentSchema.shape);

/**
 * Reads what a pod tells its workbench; other variables are nobody's business here.
 * @throws EnvironmentFaults with every fault of it at once
 */
export function readWorkbenchEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
): WorkbenchEnvironment {
  const value = Object.fromEntries(KEYS.map((key) => [key, variables[key]]));
  const parsed = workbenchEnvironmentSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults: Fault[] = [];
  const report = (at: Path, got: string, allowed: string, remedy: string): void => {
    faults.push({ file: 'environment', path: pathText(at), got, allowed, remedy });
  };
  reportIssues(workbenchEnvironmentSchema, value, parsed.error.issues, report);
  throw new EnvironmentFaults(faults);
}
