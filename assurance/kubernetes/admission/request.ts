import type { Fields, Labels } from '../objects/kubernetes-object';

export type Operation = 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT';

/** One write to the API server, as admission sees it. */
export interface AdmissionRequest {
  readonly operation: Operation;
  /** '' is the core group. */
  readonly group: string;
  readonly version: string;
  /** Plural, with its subresource: `pods/binding`. */
  readonly resource: string;
  /** Name in the request's path. @default - that of the object */
  readonly name?: string;
  /** The namespace that it goes to, with its labels. @default - what it writes has no namespace */
  readonly namespace?: { readonly name: string; readonly labels: Labels };
  /** Null when something is deleted. */
  readonly object: Fields | null;
  /** Null when something is made. */
  readonly oldObject: Fields | null;
  readonly username: string;
  readonly groups: readonly string[];
}

/** The value with its whole numbers as integers; the same value where it has none, which is most of them. */
function withIntegers(value: unknown): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  let changed: Record<string, unknown> | unknown[] | undefined;
  for (const [key, each] of Object.entries(value)) {
    const other = withIntegers(each);
    if (other === each) continue;
    changed ??= Array.isArray(value) ? [...(value as unknown[])] : { ...value };
    (changed as Record<string, unknown>)[key] = other;
  }
  return changed ?? value;
}

/**
 * What CEL sees of it. Whole numbers are integers there, as the API's own types say.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/#validation-expression (2026-11-25)
 */
export function celInput(request: AdmissionRequest): Record<string, unknown> {
  const { namespace, operation, group, version, username, groups } = request;
  const [resource = '', subResource = ''] = request.resource.split('/');
  const metadata = request.object?.['metadata'] as { readonly name?: unknown } | undefined;
  return {
    object: withIntegers(request.object),
    oldObject: withIntegers(request.oldObject),
    namespaceObject: namespace === undefined ? null : { metadata: { name: namespace.name, labels: namespace.labels } },
    request: {
      operation,
      name: request.name ?? metadata?.name ?? '',
      namespace: namespace?.name ?? '',
      resource: { group, version, resource },
      subResource,
      userInfo: { username, groups },
    },
  };
}
