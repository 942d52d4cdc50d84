import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { DatasetScope } from '../../schema/dataset-scope';
import { compare } from '../../schema/faults';
import { byteLimitOf, DATASET_FORMAT, DATASET_MAX_OBJECTS, type Recipe, recipeSchema } from '../../schema/recipe';
import type { Entry } from './draw';
import { EXIT, Refusal } from './refusal';

const text = z.string().min(1).max(1024);
const count = z.number().int().min(0);

/**
 * A dataset: not a copy of anything, but the versions of objects that it is made of, the grant that opened them, and how much may be
 * read of it. Buckets are not named: who reads it knows them by the grant, or not at all.
 */
export const manifestSchema = z.strictObject({
  format: z.literal(DATASET_FORMAT),
  name: text,
  environment: text,
  grant: text,
  purpose: text,
  ticket: text,
  /** When the grant ends, and the dataset with it. */
  end: z.iso.datetime(),
  /** Tenants whose objects it names. */
  tenants: z.array(text).min(1),
  recipe: recipeSchema,
  /** The most that may be read of it. */
  limits: z.strictObject({ objects: count, bytes: count }),
  totals: z.strictObject({ objects: count, bytes: count }),
  objects: z
    .array(z.strictObject({ tenant: text, key: text, version: text, bytes: count }))
    .min(1)
    .max(DATASET_MAX_OBJECTS),
});
export type Manifest = z.output<typeof manifestSchema>;

const byPlace = (a: Entry, b: Entry): number =>
  compare(a.tenant, b.tenant) || compare(a.key, b.key) || compare(a.version, b.version);

/** @param drawn at least one entry */
export function manifestOf(recipe: Recipe, scope: DatasetScope, drawn: readonly Entry[]): Manifest {
  const objects = drawn.toSorted(byPlace).map(({ tenant, key, version, bytes }) => ({ tenant, key, version, bytes }));
  return {
    format: DATASET_FORMAT,
    name: recipe.name,
    environment: scope.environment,
    grant: scope.grant,
    purpose: scope.purpose,
    ticket: scope.ticket,
    end: scope.end,
    tenants: [...new Set(objects.map(({ tenant }) => tenant))],
    recipe,
    limits: { objects: recipe.sample, bytes: byteLimitOf(recipe) },
    totals: { objects: objects.length, bytes: objects.reduce((sum, { bytes }) => sum + bytes, 0) },
    objects,
  };
}

/** The bytes of a manifest, equal for equal datasets, and the hash of them by which it is found. */
export function encoded(manifest: Manifest): { readonly bytes: Buffer; readonly hash: string } {
  const { objects, ...head } = manifest;
  // An object a line: a manifest of a hundred thousand can be looked at by any tool for lines.
  const lines = objects.map((object) => `    ${JSON.stringify(object)}`).join(',\n');
  const start = JSON.stringify(head, undefined, 2).replace(/\n}$/, ',\n');
  const bytes = Buffer.from(`${start}  "objects": [\n${lines}\n  ]\n}\n`, 'utf8');
  return { bytes, hash: createHash('sha256').update(bytes).digest('hex') };
}

/**
 * Reads the bytes of a manifest.
 * @param hash that it must have: the name under which it lies
 * @throws Refusal where it is none, was changed, or is more than it may be
 */
export function decoded(bytes: Uint8Array, hash: string): Manifest {
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== hash)
    throw new Refusal(
      EXIT.recipe,
      `manifest: got bytes of the hash ${found}, allowed ${hash}; build the dataset again`,
    );
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    throw new Refusal(EXIT.recipe, 'manifest: got no JSON, allowed a manifest; build the dataset again');
  }
  const parsed = manifestSchema.safeParse(value);
  if (!parsed.success)
    throw new Refusal(EXIT.recipe, `manifest: got another form, allowed ${DATASET_FORMAT}; build the dataset again`);
  const { limits, totals, objects } = parsed.data;
  const sum = objects.reduce((total, { bytes: size }) => total + size, 0);
  if (
    totals.objects !== objects.length ||
    totals.bytes !== sum ||
    objects.length > limits.objects ||
    sum > limits.bytes
  )
    throw new Refusal(
      EXIT.recipe,
      `manifest: got ${objects.length} objects of ${sum} bytes, allowed what its totals and limits say; build the dataset again`,
    );
  return parsed.data;
}
