import { z } from 'zod';
import { chosenOption } from './translate-issues';

/** A value of which any part may be missing, because that part of the file was faulty. */
export type Sparse<T> = T extends readonly (infer U)[]
  ? readonly (Sparse<U> | undefined)[]
  : T extends object
    ? { readonly [K in keyof T]?: Sparse<T[K]> | undefined }
    : T;

/**
 * What of a faulty value is right, with defaults filled in. So the rules between fields and files are still checked, and one
 * person's first attempt brings up all faults instead of the first kind of them.
 */
export function salvage<T extends z.ZodType>(schema: T, value: unknown): Sparse<z.output<T>> | undefined {
  return part(schema, value) as Sparse<z.output<T>> | undefined;
}

function part(schema: unknown, value: unknown): unknown {
  const whole = (schema as z.ZodType).safeParse(value);
  if (whole.success) return whole.data;
  const inner = chosenOption(schema, value);
  // An empty list that must not be empty says nothing: what depends on its items is not judged.
  if (inner instanceof z.ZodArray && Array.isArray(value) && value.length > 0)
    return value.map((item) => part(inner.element, item));
  if (inner instanceof z.ZodObject && typeof value === 'object' && value !== null && !Array.isArray(value))
    return Object.fromEntries(
      Object.entries(inner.shape as z.ZodRawShape).map(([key, field]) => [
        key,
        part(field, (value as Record<string, unknown>)[key]),
      ]),
    );
  return undefined;
}
