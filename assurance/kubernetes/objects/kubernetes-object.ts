import { isValues } from '../../output/values';
import { NotUnderstood } from '../not-understood';

export type Fields = Readonly<Record<string, unknown>>;
export type Labels = Readonly<Record<string, string>>;

/** An object as it will be applied. `spec` and the rest are for the reader of its kind to judge. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Labels;
    readonly annotations?: Labels;
  };
  readonly [field: string]: unknown;
}

/** How a finding names an object: `Role tenant-acme/reconciler`. */
export function nameOf({ kind, metadata: { namespace, name } }: KubernetesObject): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

export const isFields = (value: unknown): value is Fields => isValues(value);

const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 120));

/** Reads the fields of an object and fails closed, with the object's name and the field's path, on what it does not know. */
export class Reader {
  constructor(
    readonly subject: string,
    readonly path: string,
    readonly value: Fields,
  ) {}

  static of(subject: string, path: string, value: unknown): Reader {
    if (!isFields(value)) throw new NotUnderstood(subject, `${path}: got ${shown(value)}, allowed an object`);
    return new Reader(subject, path, value);
  }

  /** @throws NotUnderstood where it has a field beside those */
  only(...known: readonly string[]): this {
    const unknown = Object.keys(this.value).filter((key) => !known.includes(key));
    if (unknown.length > 0)
      throw new NotUnderstood(
        this.subject,
        `${this.path}: got the fields ${unknown.join(', ')}, allowed ${known.join(', ')}; the proof does not know what they do`,
      );
    return this;
  }

  has(key: string): boolean {
    return this.value[key] !== undefined;
  }

  text(key: string): string {
    const value = this.value[key];
    if (typeof value !== 'string') throw this.wrong(key, 'a string');
    return value;
  }

  optionalText(key: string): string | undefined {
    return this.has(key) ? this.text(key) : undefined;
  }

  /** A list of strings; without the field an empty one. */
  texts(key: string): readonly string[] {
    const value = this.list(key);
    if (!value.every((each): each is string => typeof each === 'string')) throw this.wrong(key, 'a list of strings');
    return value;
  }

  /** A list of anything; without the field an empty one. */
  list(key: string): readonly unknown[] {
    const value = this.value[key] ?? [];
    if (!Array.isArray(value)) throw this.wrong(key, 'a list');
    return value as readonly unknown[];
  }

  object(key: string): Reader {
    return Reader.of(this.subject, `${this.path}.${key}`, this.value[key]);
  }

  optionalObject(key: string): Reader | undefined {
    return this.has(key) ? this.object(key) : undefined;
  }

  objects(key: string): readonly Reader[] {
    return this.list(key).map((each, i) => Reader.of(this.subject, `${this.path}.${key}[${i}]`, each));
  }

  labels(key: string): Labels {
    const value = this.value[key] ?? {};
    if (!isFields(value) || !Object.values(value).every((each) => typeof each === 'string'))
      throw this.wrong(key, 'strings by their keys');
    return value as Labels;
  }

  wrong(key: string, allowed: string): NotUnderstood {
    return new NotUnderstood(this.subject, `${this.path}.${key}: got ${shown(this.value[key])}, allowed ${allowed}`);
  }
}
