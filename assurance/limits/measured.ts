import { QUOTAS } from '../../schema/quotas';
import type { Stack } from '../output/cloud-assembly';
import type { QuotaKey } from './limit';
import type { Mentions } from './mentions';
import { compactLength, type Document, documentsOf } from './policy-documents';
import type { Measured } from './rows';

/** Sizes of templates, policies and names: of each quota the largest, and what grows with the tenants that it names. */
export function measuredQuotas(
  stacks: readonly Stack[],
  tenants: ReadonlyMap<string, unknown>,
  mentions: Mentions,
): Measured[] {
  const largest = new Map<QuotaKey, Measured>();
  const growing: Measured[] = [];
  const add = (measured: Measured): void => {
    const before = largest.get(measured.quota);
    if (before === undefined || before.used < measured.used) largest.set(measured.quota, measured);
    if (measured.perTenant > 0) growing.push(measured);
  };
  for (const stack of stacks) {
    const shared = tenants.has(stack.id) ? undefined : mentions;
    for (const measured of [...templateSizes(stack, shared), ...names(stack)]) add(measured);
    for (const document of documentsOf(stack)) add(documentSize(document, shared));
  }
  const rest = growing.filter((measured) => largest.get(measured.quota) !== measured);
  return [...largest.values(), ...firstToBreak(rest)];
}

const fixed = { perTenant: 0, tenants: 0, counts: 'tenants that it names' } as const;

/** A template that names tenants grows by what names one of them. */
function templateSizes(stack: Stack, mentions: Mentions | undefined): Measured[] {
  const { Resources, Outputs = {} } = stack.template();
  const where = stack.id;
  const resources = Object.values(Resources);
  const sizes: Measured[] = [
    { quota: 'resourcesPerTemplate', where, used: resources.length, ...fixed },
    { quota: 'templateBytes', where, used: Buffer.byteLength(stack.text()), ...fixed },
    { quota: 'outputsPerTemplate', where, used: Object.keys(Outputs).length, ...fixed },
  ];
  if (mentions === undefined) return sizes;
  const counts = new Map<string, { resources: number; bytes: number }>();
  for (const resource of resources) {
    const text = JSON.stringify(resource);
    const named = mentions(text);
    for (const id of named) {
      const count = counts.get(id) ?? { resources: 0, bytes: 0 };
      // A resource that names several tenants is there without one of them, too.
      if (named.size === 1) count.resources += 1;
      count.bytes += named.size === 1 ? text.length : 0;
      counts.set(id, count);
    }
  }
  const most = (field: 'resources' | 'bytes'): number =>
    Math.max(0, ...[...counts.values()].map((count) => count[field]));
  return sizes.map((size) => {
    if (size.quota === 'outputsPerTemplate') return size;
    const perTenant = most(size.quota === 'templateBytes' ? 'bytes' : 'resources');
    return { ...size, perTenant, tenants: counts.size };
  });
}

/** A policy that names tenants in lists grows by the entries of one of them. */
function documentSize({ quota, where, parts }: Document, mentions: Mentions | undefined): Measured {
  const size = (skip?: (text: string) => boolean): number =>
    parts.reduce<number>((sum, part) => sum + compactLength(part, skip), 0);
  const used = size();
  if (mentions === undefined) return { quota, where, used, ...fixed };
  const ids = mentions(JSON.stringify(parts));
  const grown = [...ids].map((id) => used - size((text) => mentions(text).has(id)));
  return { quota, where, used, perTenant: Math.max(0, ...grown), tenants: ids.size, counts: 'tenants that it names' };
}

/** Properties that are names with a quota on their length. */
const NAMES: Readonly<Record<string, readonly [property: string, quota: QuotaKey]>> = {
  'AWS::IAM::Role': ['RoleName', 'roleName'],
  'AWS::S3::Bucket': ['BucketName', 'bucketName'],
  'AWS::SQS::Queue': ['QueueName', 'queueName'],
  'AWS::Lambda::Function': ['FunctionName', 'functionName'],
};

const names = (stack: Stack): Measured[] =>
  Object.entries(stack.template().Resources).flatMap(([id, { Type, Properties }]) => {
    const [property = '', quota] = NAMES[Type] ?? [];
    const name = Properties?.[property];
    return quota === undefined || typeof name !== 'string'
      ? []
      : [{ quota, where: `${stack.id}/${id}`, used: name.length, ...fixed }];
  });

/** Of each quota the one that breaks with the fewest further tenants. */
function firstToBreak(growing: readonly Measured[]): Measured[] {
  const left = ({ quota, used, perTenant }: Measured): number => (QUOTAS[quota].value - used) / perTenant;
  const first = new Map<QuotaKey, Measured>();
  for (const measured of growing) {
    const before = first.get(measured.quota);
    if (before === undefined || left(measured) < left(before)) first.set(measured.quota, measured);
  }
  return [...first.values()];
}
