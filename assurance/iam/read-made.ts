import { isValues } from '../output/values';
import type { Stack } from '../output/cloud-assembly';
import { type Intrinsics } from './intrinsics';
import { type Made, type Names, namesOf, whereOf } from './names';
import { NotUnderstood } from './not-understood';
import { type Policy, type PolicyPlace, policyOf } from './policy';
import type { Tags } from './world';

/** One resource of a template, read. */
export class Reader {
  readonly where: string;

  constructor(
    readonly made: Made,
    readonly intrinsics: Intrinsics,
  ) {
    this.where = whereOf(made);
  }

  get stack(): Stack {
    return this.made.stack;
  }

  /** What `Ref` and `Fn::GetAtt` give of it. @throws NotUnderstood naming a type whose names are not known */
  get names(): Names {
    return namesOf(this.made);
  }

  get arn(): string {
    const { attributes, ref } = this.names;
    return attributes['Arn'] ?? ref;
  }

  /** @throws NotUnderstood naming a property that is not of the list */
  allow(properties: readonly string[]): void {
    const got = Object.keys(this.made.resource.Properties ?? {}).filter((name) => !properties.includes(name));
    if (got.length > 0)
      throw new NotUnderstood(
        got.map((name) => `${this.where}: got the property '${name}', allowed ${properties.join(', ')}`),
      );
  }

  value(property: string): unknown {
    const value = this.made.resource.Properties?.[property];
    return value === undefined ? undefined : this.intrinsics.resolve(this.stack, `${this.where}.${property}`, value);
  }

  text(property: string): string | undefined {
    return this.made.text(property);
  }

  /** @throws NotUnderstood where the property is not there */
  required(property: string): string {
    const text = this.text(property);
    if (text !== undefined) return text;
    throw new NotUnderstood([`${this.where}: got no ${property}, allowed one`]);
  }

  list(property: string): unknown[] {
    const value = this.value(property) ?? [];
    return Array.isArray(value) ? (value as unknown[]) : [value];
  }

  texts(property: string): string[] {
    return this.list(property).map(String);
  }

  policy(property: string, place: PolicyPlace): Policy {
    return policyOf(`${this.where}.${property}`, this.value(property), place);
  }

  tags(): Tags {
    return Object.fromEntries(
      this.list('Tags')
        .filter(isValues)
        .map(({ Key, Value }) => [String(Key), String(Value)]),
    );
  }
}
