import type { Stack, TemplateResource } from '../output/cloud-assembly';
import { isValues, listOf, shown, type Values } from '../output/values';

/** One resource where it is written. */
export interface PlacedResource {
  readonly stack: Stack;
  readonly id: string;
  readonly resource: TemplateResource;
}

/** What a value may be: what is wrong with it, a line each, by its path. */
export type Rule = (got: unknown, path: string) => readonly string[];

const wrong = (path: string, got: unknown, allowed: string): readonly string[] => [
  `${path}: got ${shown(got)}, allowed ${allowed}`,
];

/** This value and no other; undefined allows none. */
export const just =
  (wanted: unknown): Rule =>
  (got, path) =>
    sorted(got) === sorted(wanted) ? [] : wrong(path, got, shown(wanted));

/** Whatever it is. @param why nobody gets a way by it */
export const free = (why: string): Rule & { readonly why: string } => Object.assign(() => [], { why });

export const like =
  (pattern: RegExp): Rule =>
  (got, path) =>
    typeof got === 'string' && pattern.test(got) ? [] : wrong(path, got, `one like ${String(pattern)}`);

/** An object of these fields and no other; a field that may be missing is one whose rule allows undefined. */
export const fields =
  (rules: Readonly<Record<string, Rule>>): Rule =>
  (got, path) => {
    if (!isValues(got)) return wrong(path, got, `an object of ${Object.keys(rules).join(', ')}`);
    const below = (name: string): string => (path === '' ? name : `${path}.${name}`);
    return [
      ...Object.keys(got)
        .filter((name) => !(name in rules))
        .map((name) => `${below(name)}: got one, allowed ${Object.keys(rules).join(', ')}`),
      ...Object.entries(rules).flatMap(([name, rule]) => rule(got[name], below(name))),
    ];
  };

/** A list of at least one, each by the rule. */
export const each =
  (rule: Rule): Rule =>
  (got, path) =>
    Array.isArray(got) && got.length > 0
      ? got.flatMap((one, i) => rule(one, `${path}[${i}]`))
      : wrong(path, got, 'a list of at least one');

/** A `Ref`, or with an attribute a `Fn::GetAtt`, of a resource of the same template that fits. */
export const reference =
  (
    { stack }: PlacedResource,
    type: string,
    { attribute, fits = () => true }: { readonly attribute?: string; readonly fits?: (one: PlacedResource) => boolean },
  ): Rule =>
  (got, path) => {
    const id = referred(got, attribute);
    const resource = id === undefined ? undefined : stack.template().Resources[id];
    if (id !== undefined && resource?.Type === type && fits({ stack, id, resource })) return [];
    return wrong(path, got, `${attribute ?? 'Ref'} of the ${type} of ${stack.name} that is declared`);
  };

/** Logical id that a value names. */
export function referred(value: unknown, attribute?: string): string | undefined {
  if (!isValues(value) || Object.keys(value).length !== 1) return undefined;
  if (attribute === undefined) return typeof value['Ref'] === 'string' ? value['Ref'] : undefined;
  const [id, name] = listOf(value['Fn::GetAtt']);
  return name === attribute && typeof id === 'string' ? id : undefined;
}

function sorted(value: unknown): string | undefined {
  return JSON.stringify(value, (_, one: unknown) =>
    isValues(one) ? Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1))) : one,
  );
}

/** The text of a property, or undefined. */
export const textAt = (properties: Values | undefined, name: string): string | undefined => {
  const value = properties?.[name];
  return typeof value === 'string' ? value : undefined;
};
