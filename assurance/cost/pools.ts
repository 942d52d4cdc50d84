import type { ClusterName } from '../../schema/vocabulary';
import type { PlacedObject } from '../output/placed-objects';
import { at, isValues, listOf, shown, type Values } from '../output/values';
import type { Book } from './book';
import { MACHINE_TYPES, type MachineType } from './machine-types';
import { countOf, cpuMillisOf, memoryMiBOf, secondsOf } from './quantities';

/** Seconds from a machine's start, when it is first paid, to its pod's: with images pulled, and with a snapshot that has them (docs/open-claims.md). */
const BOOT_SECONDS = { pulling: 300, snapshot: 60 } as const;

/** gp3 has this much without another price. @see https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html (from memory, docs/open-claims.md) */
const BASE_THROUGHPUT = 125;

/** One NodePool as it was rendered, with the types that it may buy, the cheapest first. */
export interface Pool {
  readonly name: string;
  readonly cluster: ClusterName;
  readonly types: readonly PricedType[];
  /** Whether Karpenter asks for spot machines first. */
  readonly spot: boolean;
  /** Whether it takes machines of a reservation only, which the idle bill names. */
  readonly reserved: boolean;
  readonly limits: { readonly gpus: number; readonly vcpus: number; readonly memoryMiB: number };
  readonly idleSeconds: number;
  readonly bootSeconds: number;
  /** Volumes of each of its machines. */
  readonly volumes: { readonly gib: number; readonly extraThroughput: number };
}

export interface PricedType extends MachineType {
  /** On demand, an hour. */
  readonly usd: number;
}

/** The pools of both clusters by name. What cannot be read is a finding, and no pool. */
export function readPools(objects: readonly PlacedObject[], book: Book): ReadonlyMap<string, Pool> {
  const classes = new Map(
    objects
      .filter(({ type }) => type === 'karpenter.k8s.aws/EC2NodeClass')
      .map(({ cluster, name, shape }) => [`${cluster}/${name}`, shape]),
  );
  const pools = objects
    .filter(({ type }) => type === 'karpenter.sh/NodePool')
    .flatMap((object) => poolOf(object, classes, book) ?? []);
  return new Map(pools.map((pool) => [pool.name, pool]));
}

function poolOf(object: PlacedObject, classes: ReadonlyMap<string, Values>, book: Book): Pool | undefined {
  const { cluster, name, subject, shape } = object;
  const capacity = requirement(shape, 'karpenter.sh/capacity-type');
  const limits = {
    gpus: countOf(gpusIn(at(shape, 'spec.limits'))),
    vcpus: cpuMillisOf(at(shape, 'spec.limits.cpu')),
    memoryMiB: memoryMiBOf(at(shape, 'spec.limits.memory')),
  };
  const idleSeconds = secondsOf(at(shape, 'spec.disruption.consolidateAfter'));
  const nodeClass = classes.get(`${cluster}/${String(at(shape, 'spec.template.spec.nodeClassRef.name'))}`);
  const volumes = nodeClass === undefined ? undefined : volumesOf(nodeClass);
  const { gpus, vcpus, memoryMiB } = limits;
  if (gpus === undefined || vcpus === undefined || memoryMiB === undefined || idleSeconds === undefined) {
    book.report(subject, 'not-understood', `got ${shown({ ...limits, idleSeconds })}, expected limits and a wait`);
    return undefined;
  }
  if (volumes === undefined || capacity.length === 0) {
    book.report(subject, 'not-understood', 'got no class with volumes of a size, or no capacity types, expected both');
    return undefined;
  }
  const types = typesOf(object, book);
  return {
    name,
    cluster,
    types,
    spot: capacity.includes('spot'),
    reserved: capacity.every((each) => each === 'reserved'),
    limits: { gpus, vcpus: vcpus / 1000, memoryMiB },
    idleSeconds,
    bootSeconds: volumes.snapshot ? BOOT_SECONDS.snapshot : BOOT_SECONDS.pulling,
    volumes,
  };
}

const gpusIn = (limits: unknown): unknown => (isValues(limits) ? limits['nvidia.com/gpu'] : undefined) ?? 0;

function requirement(pool: Values, key: string): string[] {
  return listOf(at(pool, 'spec.template.spec.requirements'))
    .filter((each) => at(each, 'key') === key && at(each, 'operator') === 'In')
    .flatMap((each) => listOf(at(each, 'values')).map(String));
}

function volumesOf(nodeClass: Values): (Pool['volumes'] & { readonly snapshot: boolean }) | undefined {
  const volumes = listOf(at(nodeClass, 'spec.blockDeviceMappings')).map((mapping) => at(mapping, 'ebs'));
  const sizes = volumes.map((volume) => memoryMiBOf(at(volume, 'volumeSize')));
  if (volumes.length === 0 || volumes.some((volume) => at(volume, 'volumeType') !== 'gp3')) return undefined;
  if (sizes.includes(undefined)) return undefined;
  const throughput = volumes.map((volume) => Number(at(volume, 'throughput') ?? BASE_THROUGHPUT) - BASE_THROUGHPUT);
  return {
    gib: sizes.reduce<number>((sum, size) => sum + (size ?? 0) / 1024, 0),
    extraThroughput: throughput.reduce((sum, each) => sum + Math.max(0, each), 0),
    snapshot: volumes.some((volume) => at(volume, 'snapshotID') !== undefined),
  };
}

/** Every type of its families and architecture has a price, or the family is named: none is left out of a choice in silence. */
function typesOf({ subject, shape }: PlacedObject, book: Book): PricedType[] {
  const architectures = requirement(shape, 'kubernetes.io/arch');
  const families = requirement(shape, 'karpenter.k8s.aws/instance-family');
  if (families.length === 0) book.report(subject, 'not-understood', 'got no instance families, expected some');
  const found = families.flatMap((family) => {
    const types = MACHINE_TYPES.filter((type) => type.family === family && architectures.includes(type.architecture));
    if (types.length === 0)
      book.report(
        subject,
        'not-understood',
        `got the family '${family}', expected one whose types of ${architectures.join(', ')} are in assurance/cost/machine-types.ts`,
      );
    return types.flatMap((type) => {
      const price = book.prices.prices[`instance ${type.name}`];
      if (price === undefined)
        book.report(
          subject,
          'not-understood',
          `got the family '${family}', of which no price of 'instance ${type.name}' is in assurance/idle/prices/${book.prices.region}.json`,
        );
      return price === undefined ? [] : [{ ...type, usd: price.usd }];
    });
  });
  return found.toSorted((a, b) => a.usd - b.usd || (a.name < b.name ? -1 : 1));
}
