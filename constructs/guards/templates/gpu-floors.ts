import type { Scan } from './scan';
import { asList, at, type CfnTemplateResource, fault, type TemplateContext } from './template';

/**
 * Accelerated instance families of EC2: GPUs, Trainium, Inferentia, Gaudi and Qualcomm, video. FPGAs are left out. The kinds are those of
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/accelerated-computing-instances.html (an old copy, seen 2026-11-24); the letters
 * of the families are from general knowledge, not looked up, see docs/open-claims.md. A generation is any digit, so that a new one is caught.
 */
const ACCELERATED = /^(p\d|g\d|gr\d|trn\d|inf\d|dl\d|vt\d)[a-z0-9-]*\./;

const strings = (values: readonly unknown[]): string[] => values.filter((value) => typeof value === 'string');

/** Where a group names its launch template. */
const TEMPLATES = [
  'LaunchTemplate.Id',
  'LaunchTemplate.LaunchTemplateId',
  'MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification.LaunchTemplateId',
];

/** The accelerated type of a group, by its own types, its launch template's in the same template, or its kind of AMI. */
function acceleratedType(resource: CfnTemplateResource, scan: Scan): string | undefined {
  const properties = resource.Properties;
  const templates = strings(TEMPLATES.map((path) => at(properties, `${path}.Ref`)));
  const types = strings([
    ...asList(at(properties, 'InstanceTypes')),
    at(properties, 'InstanceType'),
    ...asList(at(properties, 'MixedInstancesPolicy.LaunchTemplate.Overrides')).map((o) => at(o, 'InstanceType')),
    ...templates.map((id) => at(scan.template.Resources?.[id]?.Properties, 'LaunchTemplateData.InstanceType')),
  ]);
  const images = strings([at(properties, 'AmiType')]);
  return types.find((type) => ACCELERATED.test(type)) ?? images.find((image) => /NVIDIA|GPU|NEURON/i.test(image));
}

/** Where each kind of resource says how many machines are always there; an instance and a reservation always are one. */
const FLOORS: Readonly<Record<string, readonly string[]>> = {
  'AWS::EKS::Nodegroup': ['ScalingConfig.MinSize', 'ScalingConfig.DesiredSize'],
  'AWS::AutoScaling::AutoScalingGroup': ['MinSize', 'DesiredCapacity'],
  'AWS::EC2::Instance': ['InstanceType'],
};

/** GPUs that cost while nobody works: the platform's accelerated nodes come from Karpenter and go again. */
export function gpuFloorFaults(scan: Scan, context: TemplateContext): string[] {
  const faults: string[] = [];
  for (const [id, resource] of scan.resources) {
    const floors = FLOORS[resource.Type];
    if (floors === undefined) continue;
    const accelerated = acceleratedType(resource, scan);
    if (accelerated === undefined) continue;
    for (const path of floors) {
      const [value] = asList(at(resource.Properties, path));
      if (value === undefined || Number(value) === 0) continue;
      const got = path === 'InstanceType' ? 'an instance' : JSON.stringify(value);
      const place = `${id}: Properties.${path}`;
      const remedy = 'let Karpenter bring it up from zero';
      faults.push(fault(context.stackName, place, `${got} of ${accelerated}`, 'no floor', remedy));
    }
  }
  return faults;
}
