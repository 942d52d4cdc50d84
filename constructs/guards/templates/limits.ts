import { QUOTAS } from '../../../schema/quotas';
import type { Scan } from './scan';
import { fault, type TemplateContext } from './template';

/** What a template may be at most: below AWS's own limits, so that the next change of the platform still deploys. */
const TEMPLATE_BUDGET = {
  /** Fewer resources than this, count; AWS's limit is 500. */
  resources: 400,
  /** Fewer bytes than this; AWS's limit is 1 MB. */
  bytes: 800_000,
} as const;

/** Bytes of a template as the CDK writes it, indented by one blank. */
const bytesOf = (template: object): number => Buffer.byteLength(JSON.stringify(template, undefined, 1));

/** Resources, bytes and outputs of a template. */
export function limitFaults(scan: Scan, context: TemplateContext): string[] {
  const { stackName } = context;
  const faults: string[] = [];
  const { length: count } = scan.resources;
  if (count >= TEMPLATE_BUDGET.resources) {
    const allowed = `fewer than ${TEMPLATE_BUDGET.resources} (${QUOTAS.resourcesPerTemplate.name}: ${QUOTAS.resourcesPerTemplate.value})`;
    faults.push(fault(stackName, 'Resources', `${count} resources`, allowed, 'split the stack'));
  }
  // Indentation is less than two thirds of a template, so a small one needs no exact count.
  const bytes = scan.characters * 3 < TEMPLATE_BUDGET.bytes ? 0 : bytesOf(scan.template);
  if (bytes >= TEMPLATE_BUDGET.bytes) {
    const allowed = `fewer than ${TEMPLATE_BUDGET.bytes} (${QUOTAS.templateBytes.name}: ${QUOTAS.templateBytes.value})`;
    faults.push(fault(stackName, 'Resources', `${bytes} bytes`, allowed, 'split the stack'));
  }
  const outputs = Object.keys(scan.template.Outputs ?? {}).length;
  if (outputs > QUOTAS.outputsPerTemplate.value) {
    const allowed = `${QUOTAS.outputsPerTemplate.value} (${QUOTAS.outputsPerTemplate.name})`;
    faults.push(fault(stackName, 'Outputs', `${outputs} outputs`, allowed, 'leave out what nobody reads'));
  }
  return faults;
}
