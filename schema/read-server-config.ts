import { EnvironmentFaults, type Fault, pathText, type Path, type Report, show } from './faults';
import { nameAtServer, type ServerConfig, type ServerModel, serverConfigSchema } from './server-config';
import { reportIssues } from './translate-issues';

/**
 * Reads a server's configuration.
 * @param file its name, as faults say it
 * @throws EnvironmentFaults with every fault of it at once
 */
export function readServerConfig(text: string, file: string): ServerConfig {
  const faults: Fault[] = [];
  const report: Report = (at, got, allowed, remedy) => {
    faults.push({ file, path: pathText(at), got, allowed, remedy });
  };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    report([], show(text), 'allowed one JSON document', 'render it anew');
    throw new EnvironmentFaults(faults);
  }
  const parsed = serverConfigSchema.safeParse(value);
  if (!parsed.success) reportIssues(serverConfigSchema, value, parsed.error.issues, report);
  else checkServerConfig(parsed.data, report);
  if (!parsed.success || faults.length > 0) throw new EnvironmentFaults(faults);
  return parsed.data;
}

function checkServerConfig(config: ServerConfig, report: Report): void {
  const names = new Set<string>();
  const digests = new Set<string>();
  const look = (model: ServerModel, at: Path): void => {
    const name = nameAtServer(model);
    if (names.has(name)) report(at, `${show(name)} again`, 'each model at most once', 'remove one of the two');
    else if (digests.has(model.digest))
      // A manifest names one type and one owner.
      report([...at, 'digest'], `${show(model.digest)} again`, 'a content of one model', 'release the model anew');
    names.add(name);
    digests.add(model.digest);
  };
  if (config.engine === 'vllm') look(config.base, ['base']);
  config.models.forEach((model, i) => {
    look(model, ['models', i]);
    if (config.engine === 'triton' && (model.form === 'model') !== (model.tenant === undefined)) {
      const allowed = model.form === 'model' ? 'nobody: a common model' : 'a tenant whose own it is';
      report(['models', i, 'tenant'], show(model.tenant), allowed, 'name the form that it has');
    }
  });
  if (config.engine === 'vllm' && config.models.length > (config.adapters?.slots ?? 0))
    report(
      ['models'],
      String(config.models.length),
      `at most ${config.adapters?.slots ?? 0}, the slots of 'adapters'`,
      'place them on further servers',
    );
}
