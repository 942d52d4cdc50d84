import { auditNames } from '../../schema/audit-names';
import type { Environment } from '../../schema/model';
import { roleNames, stackNames } from '../../schema/names';
import type { Tenant } from '../../schema/tenant';
import type { Stack } from '../output/cloud-assembly';
import type { Output } from '../output/output';
import { type PlacedObject, placedObjects } from '../output/placed-objects';
import { livingTenants, tenantsByStack } from '../output/tenant-stacks';
import type { Values } from '../output/values';
import { Case, type Shared } from './case';
import type { Eraser, ErasureResult, KeptRow } from './coverage';
import { eraserArn, erasersOf } from './eraser';
import { Ledger } from './ledger';
import { judgeObject, type ObjectVerdict } from './object-holdings';
import { RESOURCE_JUDGES } from './resource-holdings';

/** Tenant's resources that an erasure needs; without them a pass would be one on nothing. */
const NEEDED = ['AWS::S3::Bucket', 'AWS::KMS::Key', 'AWS::Logs::LogGroup'];

/**
 * Every resource and object that can hold tenants' data names its tenant and by what it ends, or says why it holds none. What no table
 * knows is a finding.
 */
export function proveErasure(environment: Environment, output: Output): ErasureResult {
  const ledger = new Ledger();
  const buckets = bucketsOf(output.stacks);
  const shared = { environment, ledger, buckets, erasers: erasersOf(environment) };
  const tenants = tenantsByStack(environment);
  for (const stack of output.stacks) judgeStack(shared, stack, tenants.get(stack.id));
  for (const id of tenants.keys())
    if (!output.stacks.some((stack) => stack.id === id))
      ledger.report(id, 'not-understood', 'got no stack, expected one of every tenant that is not erased');
  const { objects, unreadable } = placedObjects(
    output.objects,
    livingTenants(environment).map(({ id }) => id),
  );
  for (const { subject, message } of unreadable) ledger.report(subject, 'not-understood', message);
  judgeObjects(objects, ledger);
  const eraser = eraserRow(environment, output.stacks);
  return {
    findings: ledger.findings,
    covered: {
      resources: ledger.resources,
      objects: objects.length,
      tenants: tenants.size,
      'holding data': ledger.holdings.length,
      'ended by the eraser': ledger.holdings.filter(({ endings }) => endings.some(({ by }) => by === 'eraser')).length,
    },
    eraser,
    holdings: ledger.holdings,
    empty: ledger.empties(),
    kept: keptRows(environment),
  };
}

function judgeStack(shared: Shared, stack: Stack, tenant: Tenant | undefined): void {
  const { ledger } = shared;
  if (tenant === undefined && stack.id.startsWith(stackNames.tenant('')))
    ledger.report(
      stack.id,
      'not-understood',
      'got a stack of no tenant that lives, expected one that the environment has',
    );
  const resources = Object.entries(stack.template().Resources);
  ledger.resources += resources.length;
  for (const [id, resource] of resources) {
    const subject = new Case(shared, stack, id, resource, tenant);
    const judge = RESOURCE_JUDGES[resource.Type];
    if (judge !== undefined) judge(subject);
    else
      subject.report(
        'not-understood',
        `got ${resource.Type}, expected a type of assurance/erasure/resource-holdings.ts; say there what it holds`,
      );
  }
  if (tenant === undefined) return;
  for (const type of NEEDED)
    if (!resources.some(([, resource]) => resource.Type === type))
      ledger.report(stack.id, 'not-understood', `got no ${type}, expected the tenant's`);
}

function bucketsOf(stacks: readonly Stack[]): Map<string, Values> {
  const buckets = new Map<string, Values>();
  for (const stack of stacks)
    for (const { Type, Properties } of Object.values(stack.template().Resources))
      if (Type === 'AWS::S3::Bucket' && Properties !== undefined)
        buckets.set(String(Properties['BucketName']), Properties);
  return buckets;
}

/** Tenants that have an object alike share what was found about it. */
function judgeObjects(objects: readonly PlacedObject[], ledger: Ledger): void {
  const seen = new Map<Values, Map<string, ObjectVerdict>>();
  for (const { type, shape, tenant, subject } of objects) {
    const owned = tenant !== undefined;
    const verdicts = seen.get(shape) ?? new Map<string, ObjectVerdict>();
    seen.set(shape, verdicts);
    const verdict = verdicts.get(String(owned)) ?? judgeObject(type, shape, owned);
    verdicts.set(String(owned), verdict);
    for (const { kind, message } of verdict.faults) ledger.report(subject, kind, message);
    if (verdict.empty !== undefined) ledger.countEmpty(type, verdict.empty);
    const tenants = tenant === undefined ? ('whoever runs there' as const) : [tenant];
    if (verdict.holding !== undefined) ledger.holdings.push({ subject, type, tenants, ...verdict.holding });
  }
}

function eraserRow(environment: Environment, stacks: readonly Stack[]): Eraser {
  const name = roleNames.eraser(environment);
  const made = stacks.some((stack) =>
    Object.values(stack.template().Resources).some(
      ({ Type, Properties }) => Type === 'AWS::IAM::Role' && Properties?.['RoleName'] === name,
    ),
  );
  const meaning = made
    ? 'the role is there; what it may do is checked on the side of the data only, its own policy is not judged here'
    : 'no template makes the role: policies leave room for it and nothing erases yet; what ends today ends by expiry or with its owner';
  return { role: eraserArn(environment), made, meaning };
}

/** Evidence is kept from everybody, the eraser too. */
const keptRows = (environment: Environment): KeptRow[] => [
  {
    subject: `audit/${auditNames.archiveBucket(environment.accounts.audit)}`,
    holds: 'evidence: events with the keys of objects and the names of people who worked here',
    because:
      'an Object Lock keeps it: evidence that somebody can delete is none. Ids of people in the keys of objects are to be pseudonyms, ' +
      'by a key of each tenant that is erased with it; whoever uploads sees to that, and no template shows it',
  },
];
