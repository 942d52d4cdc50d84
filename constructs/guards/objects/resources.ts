import type { Container } from './pod-template';
import { child, type Report, shown } from './subject';

const GPU = 'nvidia.com/gpu';
const SIDES = ['requests', 'limits'] as const;
const MEASURES = ['cpu', 'memory'] as const;
/** A Kubernetes quantity other than zero. @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
const QUANTITY = /^(?!0+(\.0+)?[a-zA-Z]*$)\d+(\.\d+)?(m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?$/;
const WHOLE = /^[1-9]\d*$/;

/** Whether any side asks for a GPU, in whatever form: a malformed wish is a wish. */
export function asksForGpu(container: Container): boolean {
  const resources = child(container.spec, 'resources');
  return SIDES.some((side) => GPU in child(resources, side));
}

/** Requests and limits of cpu and memory on every container; GPUs as whole strings, the same on both sides. */
export function resourceFaults(container: Container, report: Report): void {
  const resources = child(container.spec, 'resources');
  for (const side of SIDES) {
    const given = child(resources, side);
    for (const measure of MEASURES) {
      const value = given[measure];
      if (typeof value !== 'string' || !QUANTITY.test(value)) {
        report(
          `${container.path}.resources.${side}.${measure}: got ${shown(value)}, allowed a quantity string above 0; set it`,
        );
      }
    }
  }
  if (!asksForGpu(container)) return;
  const [requested, limited] = [child(resources, 'requests')[GPU], child(resources, 'limits')[GPU]];
  for (const [side, value] of [
    ['requests', requested],
    ['limits', limited],
  ] as const) {
    if (typeof value !== 'string' || !WHOLE.test(value)) {
      report(
        `${container.path}.resources.${side}.${GPU}: got ${shown(value)}, allowed a whole number above 0 as a string; write it as a string`,
      );
    }
  }
  if (requested !== limited) {
    report(
      `${container.path}.resources: got ${shown(requested)} GPUs requested and ${shown(limited)} limited, allowed the same; a GPU cannot be overcommitted`,
    );
  }
}
