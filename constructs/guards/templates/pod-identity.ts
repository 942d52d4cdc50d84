import type { Scan } from './scan';
import { fault, type TemplateContext } from './template';

/** EKS refuses a session policy beside session tags, and CloudFormation learns of it only at the deploy. */
export function podIdentityFaults(scan: Scan, context: TemplateContext): string[] {
  return scan.resources
    .filter(([, { Type: type }]) => type === 'AWS::EKS::PodIdentityAssociation')
    .filter(([, { Properties: p }]) => p?.['Policy'] !== undefined && p['DisableSessionTags'] !== true)
    .map(([id]) => {
      const remedy = 'leave the policy out where trust or policies read session tags';
      return fault(
        context.stackName,
        `${id}: Properties.Policy`,
        'a policy',
        'DisableSessionTags true beside it',
        remedy,
      );
    });
}
