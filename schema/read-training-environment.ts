import { EnvironmentFaults, type Fault, pathText, type Path, show } from './faults';
import { type TrainingEnvironment, trainingEnvironmentSchema } from './training-job';
import { reportIssues } from './translate-issues';

/** Those that hold a list. */
const LISTS = ['ATOLL_COMMAND', 'ATOLL_DATA'] as const;
const KEYS = Object.keys(trainingEnvironmentSchema.shape);

/**
 * Reads what a pod tells its training; other variables are nobody's business here.
 * @throws EnvironmentFaults with every fault of it at once
 */
export function readTrainingEnvironment(variables: Readonly<Record<string, string | undefined>>): TrainingEnvironment {
  const faults: Fault[] = [];
  const report = (at: Path, got: string, allowed: string, remedy: string): void => {
    faults.push({ file: 'environment', path: pathText(at), got, allowed, remedy });
  };
  const value: Record<string, unknown> = Object.fromEntries(KEYS.map((key) => [key, variables[key]]));
  const broken = LISTS.filter((key) => {
    const text = variables[key];
    value[key] = text === undefined ? undefined : json(text);
    if (text === undefined || value[key] !== undefined) return false;
    report([key], show(text), 'allowed a list in JSON', 'write it as JSON');
    return true;
  });
  const parsed = trainingEnvironmentSchema.safeParse(value);
  if (!parsed.success) {
    const issues = parsed.error.issues.filter(({ path }) => !broken.some((key) => key === path[0]));
    reportIssues(trainingEnvironmentSchema, value, issues, report);
  }
  if (!parsed.success || faults.length > 0) throw new EnvironmentFaults(faults);
  return parsed.data;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
