import { alarmFaults } from './alarms';
import { encryptionFaults } from './encryption';
import { gpuFloorFaults } from './gpu-floors';
import { limitFaults } from './limits';
import { literalFaults } from './literals';
import { podIdentityFaults } from './pod-identity';
import { policySizeFaults } from './policy-sizes';
import { principalFaults } from './principals';
import { referenceFaults } from './references';
import { nameFaults } from './resource-names';
import { retentionFaults } from './retention';
import { type Scan, scanTemplate } from './scan';
import type { CfnTemplate, TemplateContext } from './template';
import { wildcardFaults } from './wildcards';

/** Every family of rules, in the order of its faults in a report. */
const FAMILIES: readonly ((scan: Scan, context: TemplateContext) => string[])[] = [
  referenceFaults,
  literalFaults,
  limitFaults,
  nameFaults,
  policySizeFaults,
  principalFaults,
  wildcardFaults,
  retentionFaults,
  encryptionFaults,
  gpuFloorFaults,
  podIdentityFaults,
  alarmFaults,
];

/**
 * What a deploy of a synthesized template would refuse, lose or leave open, as one line each:
 * `<stack>/<logicalId>: <path>: got …, allowed …; remedy`. Empty for a template that may be deployed.
 * It takes about 0.2 ms for a tenant's template, so that every template is judged at every synth.
 */
export function templateFaults(template: CfnTemplate, context: TemplateContext): string[] {
  const scan = scanTemplate(template);
  return FAMILIES.flatMap((family) => family(scan, context));
}
