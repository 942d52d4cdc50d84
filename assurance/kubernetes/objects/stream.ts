import { parseAllDocuments } from 'yaml';
import { NotUnderstood } from '../not-understood';
import { isFields, type KubernetesObject } from './kubernetes-object';

/**
 * Objects by the text of their document. A thousand tenants' files differ in a name and in numbers, and YAML takes a millisecond for
 * each object: no text is parsed twice.
 */
const parsed = new Map<string, readonly KubernetesObject[]>();

/** A line that ends a document. Content of a block is indented, so that at the first column it is never content. */
const SEPARATOR = /^---[ \t]*$/m;
/** Directives, document ends, and documents that begin on the separator's line: legal, and nothing that ours have. */
const RARE = /^(?:%|\.\.\.|---[ \t]+\S)/m;

/**
 * The objects of a YAML stream, frozen.
 * @param where the file, for what cannot be read
 * @throws NotUnderstood where a document is no YAML, has a key twice, or is no object with apiVersion, kind and name
 */
export function parseStream(text: string, where: string): readonly KubernetesObject[] {
  const documents = RARE.test(text) ? [text] : text.split(SEPARATOR);
  return documents.flatMap((document) => {
    const known = parsed.get(document);
    if (known !== undefined) return known;
    const objects = parseDocuments(document, where);
    parsed.set(document, objects);
    return objects;
  });
}

function parseDocuments(text: string, where: string): readonly KubernetesObject[] {
  return parseAllDocuments(text, { uniqueKeys: true }).flatMap((document): KubernetesObject[] => {
    for (const problem of [...document.errors, ...document.warnings])
      throw new NotUnderstood(where, `is no YAML that can be read: ${problem.message.split('\n')[0] ?? ''}`);
    const value = document.toJS() as unknown;
    return value === null ? [] : [deepFreeze(objectOf(value, where))];
  });
}

function objectOf(value: unknown, where: string): KubernetesObject {
  const metadata = isFields(value) ? value['metadata'] : undefined;
  if (
    !isFields(value) ||
    typeof value['apiVersion'] !== 'string' ||
    typeof value['kind'] !== 'string' ||
    !isFields(metadata) ||
    typeof metadata['name'] !== 'string'
  )
    throw new NotUnderstood(
      where,
      `got ${JSON.stringify(value).slice(0, 80)}, allowed objects with apiVersion, kind and metadata.name`,
    );
  const { namespace, labels = {}, annotations = {} } = metadata;
  const texts = (map: unknown): boolean =>
    isFields(map) && Object.values(map).every((each) => typeof each === 'string');
  if ((namespace !== undefined && typeof namespace !== 'string') || !texts(labels) || !texts(annotations))
    throw new NotUnderstood(
      where,
      `${value['kind']} ${metadata['name']}: metadata: allowed a namespace, labels and annotations of strings`,
    );
  return value as unknown as KubernetesObject;
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const each of Object.values(value)) deepFreeze(each);
  }
  return value;
}
