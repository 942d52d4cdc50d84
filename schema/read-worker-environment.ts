import { EnvironmentFaults, type Fault, pathText, type Path, show } from './faults';
import { stagesSchema, type WorkerEnvironment, workerEnvironmentSchema } from './pipeline-job';
import { reportIssues } from './translate-issues';

const STAGES = 'ATOLL_STAGES';
const KEYS = Object.keys(workerEnvironmentSchema.shape);

/**
 * Reads what a pod tells its worker; other variables are nobody's business here.
 * @throws EnvironmentFaults with every fault of it at once
 */
export function readWorkerEnvironment(variables: Readonly<Record<string, string | undefined>>): WorkerEnvironment {
  const faults: Fault[] = [];
  const report = (at: Path, got: string, allowed: string, remedy: string): void => {
    faults.push({ file: 'environment', path: pathText(at), got, allowed, remedy });
  };
  const value: Record<string, unknown> = Object.fromEntries(KEYS.map((key) => [key, variables[key]]));
  const text = variables[STAGES];
  if (text !== undefined) value[STAGES] = json(text);
  const broken = text !== undefined && value[STAGES] === undefined;
  if (broken) report([STAGES], show(text), 'allowed a list of stages in JSON', 'write it as JSON');
  const parsed = workerEnvironmentSchema.safeParse(value);
  if (!parsed.success) {
    const issues = parsed.error.issues.filter(({ path }) => !(broken && path[0] === STAGES));
    reportIssues(workerEnvironmentSchema, value, issues, report);
  }
  // By itself, so that it is said beside other faults of the list.
  for (const [index, name] of repeated(value[STAGES]))
    report([STAGES, index, 'name'], `${show(name)} again`, 'each at most once', 'rename one of the two');
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

function repeated(stages: unknown): (readonly [index: number, name: string])[] {
  if (!Array.isArray(stages)) return [];
  const names = stages.map((stage: unknown) => stagesSchema.element.pick({ name: true }).loose().safeParse(stage));
  const seen = new Set<string>();
  return names.flatMap(({ data }, index) => {
    if (data === undefined) return [];
    if (seen.has(data.name)) return [[index, data.name] as const];
    seen.add(data.name);
    return [];
  });
}
