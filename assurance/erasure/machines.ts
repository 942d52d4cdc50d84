import { at, isValues, listOf, shown } from '../output/values';
import type { Case } from './case';

/** A launch template's volumes go with their machine, or they lie there after it. */
export function judgeLaunchTemplate(subject: Case): void {
  const mappings = listOf(at(subject.properties, 'LaunchTemplateData.BlockDeviceMappings')).filter(isValues);
  const left = mappings.filter(
    (mapping) => mapping['Ebs'] !== undefined && at(mapping, 'Ebs.DeleteOnTermination') !== true,
  );
  for (const mapping of left)
    subject.report(
      'unnamed',
      `volume ${shown(mapping['DeviceName'])}: got one that outlives its machine, expected DeleteOnTermination true`,
    );
  if (left.length === 0)
    subject.empty(
      'volumes of system nodes, on which no pod of a tenant runs: images and what controllers print; they go with the node',
    );
}
