import { at, isValues, listOf } from '../output/values';

/**
 * Families of EC2 with accelerators: GPUs, Trainium, Inferentia, Gaudi and Qualcomm, video. The same letters as in
 * constructs/guards/templates/gpu-floors.ts, which no proof imports; they are from memory (docs/open-claims.md).
 */
const FAMILY = /^(p\d|g\d|gr\d|trn\d|inf\d|dl\d|vt\d)[a-z0-9-]*$/;

/** @param type a family such as `g6`, or a type such as `g6.xlarge` */
export const isAccelerated = (type: string): boolean => FAMILY.test(type.split('.')[0] ?? '');

/** AMI types of node groups that are made for accelerators. */
export const isAcceleratedImage = (amiType: string): boolean => /NVIDIA|GPU|NEURON/i.test(amiType);

/** Devices that a container may ask for. */
const DEVICE = /^(nvidia\.com|amd\.com|aws\.amazon\.com|habana\.ai|gpu\.intel\.com)\//;

/** The accelerators that one pod of a template asks for, such as `1 nvidia.com/gpu`; nothing where it asks for none. */
export function acceleratorsOf(template: unknown): string | undefined {
  const containers = ['spec.containers', 'spec.initContainers'].flatMap((path) => listOf(at(template, path)));
  for (const container of containers)
    for (const field of ['resources.limits', 'resources.requests']) {
      const asked = at(container, field);
      for (const [device, count] of Object.entries(isValues(asked) ? asked : {}))
        if (DEVICE.test(device) && Number(count) !== 0) return `${String(count)} ${device}`;
    }
  return undefined;
}
