/** A CEL string literal: single quotes, so that YAML needs none around it. */
export function celString(value: string): string {
  if (!/^[\w .:/@+=-]*$/.test(value)) {
    throw new Error(`cel: got the string '${value}', allowed letters, digits and ' .:/@+=-_'; rename it`);
  }
  return `'${value}'`;
}

export const celList = (values: readonly string[]): string => `[${values.map(celString).join(', ')}]`;

/** The label of the namespace that a request goes to. The namespace, not the object: whoever writes a pod writes its labels. */
export const namespaceLabel = (key: string): string => `namespaceObject.metadata.labels[${celString(key)}]`;
