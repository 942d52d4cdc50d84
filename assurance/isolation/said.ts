import { Intrinsics } from '../iam/intrinsics';
import { unknownIntrinsics } from '../iam/known-types';
import { NotUnderstood } from '../iam/not-understood';
import { isValues, type Values } from '../output/values';
import type { Stack, TemplateResource } from '../output/cloud-assembly';

/** What no policy depends on: where a budget ends, when an alarm rings, which files are delivered, of which `prove-deliveries.ts` asks for every tenant. */
const INDIFFERENT: ReadonlySet<string> = new Set([
  'AWS::Budgets::Budget',
  'AWS::CloudWatch::Alarm',
  'Custom::AtollDelivery',
]);
/** A bucket's lifecycle says how long, not who. */
const INDIFFERENT_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  'AWS::S3::Bucket': ['LifecycleConfiguration'],
};

/**
 * All of a resource that a policy may depend on, as a text: the same of two tenants means the same of both. Of what none depends on, only by which a macro could
 * write something else in its place.
 */
export const relevantOf = (id: string, resource: TemplateResource): string =>
  unknownIntrinsics(resource, id).join('\n') +
  (INDIFFERENT.has(resource.Type)
    ? ''
    : JSON.stringify([id, { ...resource, Metadata: undefined, Properties: propertiesOf(resource) }]));

/** The same of a template's other sections. */
export const relevantAround = (sections: Values): string =>
  JSON.stringify({ ...sections, Description: undefined, Metadata: undefined });

/** Something that is said at a place: of what type, and what. */
export interface Said {
  readonly place: string;
  readonly value: unknown;
}

/**
 * What resources of some stacks say, with intrinsics resolved, also into other stacks: a name that is put together is whole here. Where one cannot be
 * resolved it is left out: a policy with it is understood by nobody, and that is a finding.
 */
export function saidBy(stacks: readonly Stack[], intrinsics: Intrinsics): Said[] {
  return stacks.flatMap((stack) =>
    Object.values(stack.template().Resources)
      .filter(({ Type }) => !INDIFFERENT.has(Type))
      .map((resource) => ({
        place: `${stack.id}/${resource.Type}`,
        value: spelled(resolved(intrinsics, stack, propertiesOf(resource))),
      })),
  );
}

function propertiesOf({ Type, Properties = {} }: TemplateResource): unknown {
  const indifferent = INDIFFERENT_PROPERTIES[Type];
  return indifferent === undefined
    ? Properties
    : Object.fromEntries(Object.entries(Properties).filter(([name]) => !indifferent.includes(name)));
}

function resolved(intrinsics: Intrinsics, stack: Stack, value: unknown): unknown {
  try {
    return intrinsics.resolve(stack, stack.name, value);
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error;
  }
  return each(value, (one) => resolved(intrinsics, stack, one));
}

/** A policy's variable with what stands for it where a request does not say it. */
const DEFAULT = /\$\{[^}']*'([^']*)'\s*\}/g;

/** With a text more where a variable has a default, which may be a part of a name. */
function spelled(value: unknown): unknown {
  if (typeof value === 'string') {
    const other = value.replaceAll(DEFAULT, '$1');
    return other === value ? value : [value, other];
  }
  return each(value, spelled);
}

function each(value: unknown, change: (one: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(change);
  return isValues(value) ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, change(one)])) : value;
}
