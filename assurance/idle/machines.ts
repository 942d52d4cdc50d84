import { at, isValues, listOf, shown, type Values } from '../output/values';
import { isAccelerated, isAcceleratedImage } from './accelerated';
import { HOURS } from './bill';
import type { BilledResource } from './billed';

/** A node group's machines run always: as many as it never goes below, with the volumes of their launch template. */
export function billNodeGroup(billed: BilledResource): void {
  const { values } = billed;
  const [least, wanted] = ['MinSize', 'DesiredSize'].map((field) => at(values, `ScalingConfig.${field}`));
  if (typeof least !== 'number') {
    billed.report('not-understood', `ScalingConfig.MinSize: got ${shown(least)}, expected a number of nodes`);
    return;
  }
  const nodes = Math.max(least, typeof wanted === 'number' ? wanted : least);
  const types = [...listOf(values['InstanceTypes']), ...listOf(launchTemplate(billed)?.['InstanceType'])];
  const image = values['AmiType'];
  const named = types.filter((type) => typeof type === 'string');
  const accelerated =
    named.find(isAccelerated) ?? (typeof image === 'string' && isAcceleratedImage(image) ? image : undefined);
  if (accelerated !== undefined && nodes > 0) {
    const got = `${nodes} nodes of ${accelerated} without any work`;
    billed.report('unbounded', `got ${got}, expected none: GPUs come up from zero and go again`);
  }
  const [type, ...others] = types;
  if (typeof type !== 'string' || others.length > 0) {
    billed.report('not-understood', `InstanceTypes: got ${shown(types)}, expected one type, so that it has one price`);
    return;
  }
  if (values['CapacityType'] !== undefined && values['CapacityType'] !== 'ON_DEMAND') {
    billed.report(
      'not-understood',
      `CapacityType: got ${shown(values['CapacityType'])}, expected ON_DEMAND, which is priced`,
    );
    return;
  }
  billed.charge(`instance ${type}`, nodes * HOURS, `nodes of ${type} that always run, hours`);
  billVolumes(billed, nodes);
}

/** gp3 has these without another price. @see https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html (from memory, docs/open-claims.md) */
const BASE = { Iops: 3000, Throughput: 125 } as const;

function billVolumes(billed: BilledResource, nodes: number): void {
  const volumes = listOf(launchTemplate(billed)?.['BlockDeviceMappings']).map((mapping) => at(mapping, 'Ebs'));
  if (volumes.length === 0)
    billed.report(
      'not-understood',
      'LaunchTemplate: got no volumes in this template, expected them, so that they are priced',
    );
  for (const volume of volumes) {
    const size = at(volume, 'VolumeSize');
    const extra = Object.entries(BASE).find(([field, base]) => Number(at(volume, field) ?? base) > base);
    if (at(volume, 'VolumeType') !== 'gp3' || typeof size !== 'number' || extra !== undefined)
      billed.report('not-understood', `got the volume ${shown(volume)}, expected gp3 of a size, at its base rate`);
    else billed.charge('volume-gp3', nodes * size, 'volumes of nodes that always run, GB');
  }
}

/** Data of the launch template that the group names, in the same stack. */
function launchTemplate({ values, stack }: BilledResource): Values | undefined {
  const id = at(values, 'LaunchTemplate.Id.Ref');
  const found = typeof id === 'string' ? stack.template().Resources[id]?.Properties : undefined;
  const data = found?.['LaunchTemplateData'];
  return isValues(data) ? data : undefined;
}

/** Machines that are there whether anybody works or not, and that no line prices. */
export function billMachine(billed: BilledResource): void {
  const { values } = billed;
  const type = at(values, 'InstanceType');
  const accelerated = typeof type === 'string' && isAccelerated(type);
  if (accelerated) billed.report('unbounded', `got ${type} without any work, expected none: GPUs come up from zero`);
  else billed.report('not-understood', `got ${billed.type}, expected machines of node groups, which are priced`);
}

/** A reservation is paid whether it is used or not. */
export function billReservation(billed: BilledResource): void {
  billed.report('unbounded', `got ${billed.type}, expected none: it is paid whether anybody works or not`);
}
