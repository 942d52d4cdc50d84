import { parseAllDocuments, stringify } from 'yaml';
import type { Asset } from '../../assurance/output/assets';
import type { Stack, Template, TemplateResource } from '../../assurance/output/cloud-assembly';
import type { ObjectFile } from '../../assurance/output/object-files';
import type { Output } from '../../assurance/output/output';

/** One fault that a proof must find. */
export interface Mutation {
  readonly id: string;
  readonly description: string;
  readonly apply: (output: Output) => Output;
  /** The finding that it must cause, as `kind subject: message`. */
  readonly expects: RegExp;
  /** Why it changes nothing, where it is listed to show that. @default - it is found */
  readonly noChange?: string;
}

/** Fields of a resource or an object while a mutation changes them. */
export type Fields = Record<string, unknown>;

/** A template that a mutation may change. */
export interface Draft {
  readonly Resources: Record<string, { Type: string; Properties?: Fields; DeletionPolicy?: string }>;
}

/** The stack with another template. @throws Error where there is no such stack */
export function editStack(output: Output, id: string, edit: (draft: Draft) => void): Output {
  const found = output.stacks.find((stack) => stack.id === id);
  if (found === undefined) throw new Error(`got no stack '${id}' to change`);
  const draft = structuredClone(found.template()) as unknown as Draft;
  edit(draft);
  return { ...output, stacks: output.stacks.map((stack) => (stack === found ? withTemplate(stack, draft) : stack)) };
}

function withTemplate(stack: Stack, draft: Draft): Stack {
  const template = draft as unknown as Template;
  return { ...stack, template: () => template, text: () => JSON.stringify(template, undefined, 1) };
}

/** The stack with other assets. @throws Error where there is no such stack, or nothing changes */
export function editAssets(output: Output, id: string, edit: (asset: Asset) => Asset | undefined): Output {
  const found = output.stacks.find((stack) => stack.id === id);
  const before = found?.assets() ?? [];
  const assets = before.flatMap((asset) => edit(asset) ?? []);
  if (found === undefined || (assets.length === before.length && assets.every((one, i) => one === before[i])))
    throw new Error(`got no asset of '${id}' to change`);
  return { ...output, stacks: output.stacks.map((one) => (one === found ? { ...one, assets: () => assets } : one)) };
}

/** Without the stacks whose id fits. @throws Error where none does */
export function removeStacks(output: Output, id: RegExp): Output {
  const stacks = output.stacks.filter((stack) => !id.test(stack.id));
  if (stacks.length === output.stacks.length) throw new Error(`got no stack ${String(id)} to remove`);
  return { ...output, stacks };
}

/** The properties of the only, or the first, resource of a type. @throws Error where there is none */
export function propertiesOf(draft: Draft, type: string, fits: (properties: Fields) => boolean = () => true): Fields {
  const found = Object.values(draft.Resources).find((each) => each.Type === type && fits(each.Properties ?? {}));
  if (found === undefined) throw new Error(`got no ${type} to change`);
  return (found.Properties ??= {});
}

export const editResource = (
  output: Output,
  stack: string,
  type: string,
  edit: (properties: Fields) => void,
  fits?: (properties: Fields) => boolean,
): Output =>
  editStack(output, stack, (draft) => {
    edit(propertiesOf(draft, type, fits));
  });

/** A property of such a resource with another value, or without one, by its path. */
export const editProperty = (
  output: Output,
  stack: string,
  type: string,
  [path, value]: readonly [path: string, value: unknown],
  fits?: (properties: Fields) => boolean,
): Output =>
  editResource(
    output,
    stack,
    type,
    (properties) => {
      set(properties, path, structuredClone(value));
    },
    fits,
  );

export const addResource = (output: Output, stack: string, resource: TemplateResource): Output =>
  editStack(output, stack, (draft) => {
    draft.Resources['Added'] = structuredClone(resource);
  });

export const removeResource = (output: Output, stack: string, type: string): Output =>
  editStack(output, stack, (draft) => {
    const found = Object.entries(draft.Resources).find(([, resource]) => resource.Type === type);
    if (found === undefined) throw new Error(`got no ${type} to remove`);
    Reflect.deleteProperty(draft.Resources, found[0]);
  });

/**
 * Sets what is below a path of field names and indexes, such as `spec.triggers.0.type`; takes it away where the value is undefined.
 * @throws Error where what should have it is not there
 */
export function set(root: unknown, path: string, value: unknown): void {
  const fields = path.split('.');
  const last = fields.pop() ?? '';
  let at = root;
  for (const field of fields) at = (at as Fields | undefined)?.[field];
  if (typeof at !== 'object' || at === null) throw new Error(`got nothing that could have '${path}'`);
  if (value === undefined && Array.isArray(at)) at.splice(Number(last), 1);
  else if (value === undefined) Reflect.deleteProperty(at, last);
  else (at as Fields)[last] = value;
}

/** Changes the first statement of a policy with this Sid. @throws Error where there is none */
export function editStatement(policy: unknown, sid: string, edit: (statement: Fields) => void): void {
  const found = (policy as { Statement: Fields[] }).Statement.find((statement) => statement['Sid'] === sid);
  if (found === undefined) throw new Error(`got no statement '${sid}' to change`);
  edit(found);
}

/** The first object of a kind, changed. @throws Error where there is none */
export function editObject(
  output: Output,
  kind: string,
  edit: (object: Fields) => void,
  fits: (object: Fields) => boolean = () => true,
): Output {
  for (const file of output.objects) {
    const documents = parseAllDocuments(file.text()).map((document) => document.toJS() as Fields | null);
    const found = documents.find((object) => object?.['kind'] === kind && fits(object));
    if (found === undefined || found === null) continue;
    edit(found);
    return withText(output, file, documents.map((object) => stringify(object)).join('---\n'));
  }
  throw new Error(`got no ${kind} to change`);
}

/** One more object in the file with this key. @throws Error where there is no such file */
export function addObject(output: Output, key: string, object: Fields): Output {
  const file = output.objects.find((each) => each.key === key);
  if (file === undefined) throw new Error(`got no file '${key}' to add to`);
  return withText(output, file, `${file.text().trimEnd()}\n---\n${stringify(object)}`);
}

export function withText(output: Output, file: ObjectFile, text: string): Output {
  return { ...output, objects: output.objects.map((each) => (each === file ? { ...each, text: () => text } : each)) };
}
