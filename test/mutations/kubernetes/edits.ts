import { parse } from 'yaml';
import type { Stack, Template } from '../../../assurance/output/cloud-assembly';
import type { ObjectFile } from '../../../assurance/output/object-files';
import type { Output } from '../../../assurance/output/output';
import type { ClusterName } from '../../../schema/vocabulary';

/** One fault that the proof of the clusters must find. */
export interface Mutation {
  readonly id: string;
  readonly description: string;
  readonly apply: (output: Output) => Output;
  /** The finding that it must cause, as `kind subject: message`. */
  readonly expects: RegExp;
  /** Why it changes nothing, where it is listed to show that. @default - it is found */
  readonly noChange?: string;
}

/** Fields of an object or a resource while a mutation changes them. */
export type Draft = Record<string, unknown>;

/** What lies at a path of field names and indexes, such as `spec.triggers.0.type`. @throws Error where nothing does */
export function at(root: unknown, path: string): unknown {
  let value = root;
  for (const field of path.split('.')) value = (value as Draft | undefined)?.[field];
  if (value === undefined) throw new Error(`got nothing at '${path}', allowed something to change`);
  return value;
}

/** Sets what lies at a path, or takes it away where the value is undefined. A dot in a name is written `\\.`. */
export function set(root: unknown, path: string, value: unknown): void {
  const fields = path.split(/(?<!\\)\./).map((field) => field.replaceAll('\\.', '.'));
  const last = fields.pop() ?? '';
  let parent = root;
  for (const field of fields) parent = (parent as Draft | undefined)?.[field];
  if (typeof parent !== 'object' || parent === null) throw new Error(`got nothing that could have '${path}'`);
  if (value !== undefined) (parent as Draft)[last] = value;
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else Reflect.deleteProperty(parent, last);
}

/** Which object is changed. */
export interface Place {
  readonly cluster: ClusterName;
  readonly kind: string;
  readonly name: string;
  /** @default - the first of that kind and name */
  readonly namespace?: string;
}

const documents = (text: string): string[] => text.split(/^---[ \t]*$/m);
/** JSON is YAML, and a document of one line. */
const written = (value: unknown): string => `\n${JSON.stringify(value)}\n`;

function isPlace(text: string, { kind, name, namespace }: Place): Draft | undefined {
  if (!text.includes(`kind: ${kind}\n`) || !text.includes(name)) return undefined;
  const value = parse(text) as Draft & { readonly metadata: { readonly name: string; readonly namespace?: string } };
  const { metadata } = value;
  const right =
    value['kind'] === kind && metadata.name === name && (namespace === undefined || metadata.namespace === namespace);
  return right ? value : undefined;
}

/** The file with the object, with what becomes of its document: another text, or none. @throws Error where there is no such object */
function edit(output: Output, place: Place, change: (value: Draft) => string | undefined): Output {
  for (const file of output.objects) {
    if (file.cluster !== place.cluster) continue;
    const parts = documents(file.text());
    for (const [i, part] of parts.entries()) {
      const value = isPlace(part, place);
      if (value === undefined) continue;
      const text = change(value);
      return withText(
        output,
        file,
        [...parts.slice(0, i), ...(text === undefined ? [] : [text]), ...parts.slice(i + 1)].join('---'),
      );
    }
  }
  throw new Error(`got no ${place.cluster}: ${place.kind} ${place.namespace ?? ''}/${place.name} to change`);
}

export const withText = (output: Output, file: ObjectFile, text: string): Output => ({
  ...output,
  objects: output.objects.map((each) => (each === file ? { ...each, text: () => text } : each)),
});

/** The object changed in place. @throws Error where that changes nothing */
export const changeObject = (output: Output, place: Place, change: (value: Draft) => void): Output =>
  edit(output, place, (value) => {
    const before = written(value);
    change(value);
    if (written(value) === before) throw new Error(`${place.kind} ${place.name}: got no change, allowed a fault`);
    return written(value);
  });

export const removeObject = (output: Output, place: Place): Output => edit(output, place, () => undefined);

/** One more object in a file. @throws Error where there is no such file */
export function addObject(output: Output, cluster: ClusterName, key: string, object: unknown): Output {
  const file = output.objects.find((each) => each.cluster === cluster && each.key === key);
  if (file === undefined) throw new Error(`got no file ${cluster}/${key} to add to`);
  return withText(output, file, `${file.text().trimEnd()}\n---${written(object)}`);
}

/** The text of a file replaced. @throws Error where there is no such file, or the text is not in it */
export function changeText(
  output: Output,
  cluster: ClusterName,
  key: string,
  from: string | RegExp,
  to: string,
): Output {
  const file = output.objects.find((each) => each.cluster === cluster && each.key === key);
  const before = file?.text();
  const text = before?.replace(from, to);
  if (file === undefined || text === undefined || text === before)
    throw new Error(`${cluster}/${key}: got no ${String(from)} to change`);
  return withText(output, file, text);
}

/** What Flux is told at its bootstrap, with a text replaced. @throws Error where it is not in it */
export function changeChart(output: Output, cluster: ClusterName, from: string | RegExp, to: string): Output {
  const chart = output.charts.find((each) => each.cluster === cluster);
  const text = chart?.text().replace(from, to);
  if (chart === undefined || text === undefined || text === chart.text())
    throw new Error(`${cluster}: chart: got no ${String(from)} to change`);
  return { ...output, charts: output.charts.map((each) => (each === chart ? { ...each, text: () => text } : each)) };
}

/** A stack with its resources changed. @throws Error where there is no such stack, or nothing changes */
export function changeStack(output: Output, id: string, change: (resources: Resources) => void): Output {
  const found = output.stacks.find((stack) => stack.id === id);
  if (found === undefined) throw new Error(`got no stack '${id}' to change`);
  const resources = structuredClone(found.template().Resources) as Resources;
  change(resources);
  const template: Template = { ...found.template(), Resources: resources };
  if (JSON.stringify(template) === JSON.stringify(found.template()))
    throw new Error(`${id}: got no change, allowed a fault`);
  const changed: Stack = { ...found, template: () => template, text: () => JSON.stringify(template) };
  return { ...output, stacks: output.stacks.map((stack) => (stack === found ? changed : stack)) };
}

/** Resources of a template while a mutation changes them. */
export type Resources = Record<string, { Type: string; Properties?: Draft }>;

/** The properties of the first resource of a type that fits. @throws Error where there is none */
export function resource(resources: Resources, type: string, fits: (properties: Draft) => boolean = () => true): Draft {
  const found = Object.values(resources).find((each) => each.Type === type && fits(each.Properties ?? {}));
  if (found === undefined) throw new Error(`got no ${type} to change`);
  return (found.Properties ??= {});
}

/** Takes out the first resource of a type that fits. @throws Error where there is none */
export function removeResource(
  resources: Resources,
  type: string,
  fits: (properties: Draft) => boolean = () => true,
): void {
  const found = Object.entries(resources).find(([, each]) => each.Type === type && fits(each.Properties ?? {}));
  if (found === undefined) throw new Error(`got no ${type} to take out`);
  Reflect.deleteProperty(resources, found[0]);
}
