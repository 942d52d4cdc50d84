import type { Scan } from './scan';
import { fault, type TemplateContext } from './template';

/** Tokens that the CDK did not resolve, and credentials written out: both would be deployed as they stand. */
export function literalFaults(scan: Scan, context: TemplateContext): string[] {
  const { stackName } = context;
  return [
    ...scan.tokens.map(({ place, text }) =>
      fault(stackName, place, text, 'no unresolved token', 'pass the name by schema/names.ts in place of an attribute'),
    ),
    ...scan.secrets.map(({ place, text }) =>
      fault(stackName, place, text, '{{resolve:secretsmanager:…}}', 'keep the secret out of the template'),
    ),
  ];
}
