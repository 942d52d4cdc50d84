import { labels } from '../../../schema/names';
import { child, type GateContext, type Json, type Report, shown, type Subject } from './subject';

const REQUIRED = [labels.name, labels.partOf, labels.managedBy, labels.environment, labels.owner] as const;
const VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

const TENANT_NAMESPACE = 'tenant-';
const RESEARCH_NAMESPACE = 'research-';

/** The label set on the object, and the tenant or team that its namespace belongs to. */
export function labelFaults(context: GateContext, subject: Subject, report: Report): void {
  checkSet(context, subject, child(child(subject.object, 'metadata'), 'labels'), 'metadata.labels', report);
}

/** The same for the pods that it makes: bills, log routing and admission read the labels of pods. */
export function checkSet(context: GateContext, subject: Subject, found: Json, path: string, report: Report): void {
  for (const key of REQUIRED) {
    if (typeof found[key] !== 'string' || found[key] === '') {
      report(`${path}.${key}: got ${shown(found[key])}, allowed a label; use labelSet`);
    }
  }
  for (const key in found) {
    const value = found[key];
    if (typeof value !== 'string' || !VALUE.test(value)) {
      report(`${path}.${key}: got ${shown(value)}, allowed at most 63 letters, digits, '-', '_' and '.'; shorten it`);
    }
  }
  expectValue(found, labels.environment, context.env.name, path, report);
  const room = subject.kind === 'Namespace' ? subject.name : (subject.namespace ?? '');
  if (room.startsWith(TENANT_NAMESPACE)) {
    expectValue(found, labels.tenant, room.slice(TENANT_NAMESPACE.length), path, report);
  } else if (room.startsWith(RESEARCH_NAMESPACE)) {
    expectValue(found, labels.team, room.slice(RESEARCH_NAMESPACE.length), path, report);
  }
}

function expectValue(found: Json, key: string, expected: string, path: string, report: Report): void {
  if (found[key] !== undefined || key !== labels.environment) {
    if (found[key] !== expected) {
      report(`${path}.${key}: got ${shown(found[key])}, allowed ${shown(expected)}; use labelSet`);
    }
  }
}
