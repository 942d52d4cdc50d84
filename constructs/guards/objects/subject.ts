import type { Environment } from '../../../schema/model';
import type { ClusterName } from '../../../schema/vocabulary';

/** Any JSON object: the gate trusts no type of the constructs whose output it judges. */
export type Json = Readonly<Record<string, unknown>>;

/** One object under judgement, with what the rules ask of it read once. */
export interface Subject {
  readonly object: Json;
  readonly kind: string;
  readonly apiVersion: string;
  readonly name: string;
  readonly namespace: string | undefined;
}

/** Where the objects are bound for. */
export interface GateContext {
  readonly env: Environment;
  readonly cluster: ClusterName;
}

/** Called with `path: got X, allowed Y; remedy`. */
export type Report = (fault: string) => void;

const NOTHING: Json = {};

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The child object at `key`, or an empty one: a missing parent is the same fault as a missing child. */
export function child(parent: Json, key: string): Json {
  const value = parent[key];
  return isJson(value) ? value : NOTHING;
}

/** The child objects of the list at `key`; none if there is no list. */
export function children(parent: Json, key: string): readonly Json[] {
  const value = parent[key];
  return Array.isArray(value) ? value.filter(isJson) : [];
}

export function text(parent: Json, key: string): string | undefined {
  const value = parent[key];
  return typeof value === 'string' ? value : undefined;
}

/** A value as it is shown in a fault. */
export function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}

export function subjectOf(object: Json): Subject {
  const metadata = child(object, 'metadata');
  return {
    object,
    kind: text(object, 'kind') ?? '',
    apiVersion: text(object, 'apiVersion') ?? '',
    name: text(metadata, 'name') ?? '',
    namespace: text(metadata, 'namespace'),
  };
}
