import { z } from 'zod';
import { amount, wholeNumber, wholeNumberOr } from './number-field';
import { tenantIdSchema } from './tenant';
import { DATA_CLASSES } from './vocabulary';

/** Most days from `from` to `to`: each is a list of its own for every tenant and class. */
export const RECIPE_MAX_DAYS = 366;
/** Most objects of a dataset: what is drawn is held in memory while it is drawn, some 300 bytes each. */
export const DATASET_MAX_OBJECTS = 200_000;
/** What a manifest says first of itself; another form is another number. */
export const DATASET_FORMAT = 'atoll-dataset/1';
export const BYTES_A_GIB = 1_073_741_824;

/** Whether a dataset is drawn from what pipelines recorded of objects, or from the objects themselves. */
export const RECIPE_ORIGINS = ['records', 'raw'] as const;

const day = z.iso.date('a day as YYYY-MM-DD');
const seconds = { unit: 'seconds', min: 0, max: 86_400 };

const filtersSchema = z.strictObject({
  minSeconds: amount('Shortest recording.', seconds)
    .optional()
    .describe('Shortest recording, 0 to 86,400 seconds. Default none.'),
  maxSeconds: amount('Longest recording.', seconds)
    .optional()
    .describe('Longest recording, 0 to 86,400 seconds. Default none.'),
  languages: z
    .array(z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, "a BCP 47 tag such as 'de' or 'de-AT'"))
    .min(1)
    .max(50)
    .optional()
    .describe(
      'Languages as BCP 47 tags, 1 to 50, in capitals or not; `de` takes `de-AT` too. Default all, those not known among them.',
    ),
});

/**
 * What a dataset is drawn from: names of classes and tenants, days and amounts. Where things lie is the platform's to know.
 * The same recipe over the same data gives the same manifest, byte for byte.
 */
export const recipeSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,38}[a-z0-9]$/, 'lower-case letters, digits and hyphens, 2 to 40 characters')
    .describe(
      'Name of the dataset, 2 to 40 lower-case letters, digits and hyphens; its manifests lie in a folder of that name.',
    ),
  classes: z.array(z.enum(DATA_CLASSES)).min(1).describe('Data classes, at least 1, each once and each of the grant.'),
  tenants: z
    .array(tenantIdSchema)
    .min(1)
    .optional()
    .describe('Ids of tenants, each once and each of the grant. Default all of the grant.'),
  origin: z
    .enum(RECIPE_ORIGINS)
    .default('records')
    .describe(
      'records (default): the raw objects that pipelines made records of, by the day of the recording. raw: the objects below `raw/` as they ' +
        'are now, by the day of their arrival, whether a pipeline has read them or not; without filters.',
    ),
  from: day.describe(`First day, YYYY-MM-DD, UTC.`),
  to: day.describe(`Last day, YYYY-MM-DD, UTC, at most ${RECIPE_MAX_DAYS} days with the first.`),
  sample: wholeNumber('Most objects, drawn by chance but by the same chance for the same seed.', {
    unit: 'objects',
    min: 1,
    max: DATASET_MAX_OBJECTS,
  }),
  maxGiB: amount('Most bytes of all objects together: drawing stops at the object that would exceed it.', {
    unit: 'GiB',
    min: 0.001,
    max: 65_536,
  }),
  filters: filtersSchema.default({}).describe('What of the records is left out. Default nothing.'),
  seed: wholeNumberOr(0, 'Another seed draws another sample.', { unit: 'as a number', min: 0, max: 2_147_483_647 }),
});
export type RecipeInput = z.input<typeof recipeSchema>;
export type Recipe = z.output<typeof recipeSchema>;

/** The volume limit of a dataset, bytes. */
export const byteLimitOf = ({ maxGiB }: Pick<Recipe, 'maxGiB'>): number => Math.floor(maxGiB * BYTES_A_GIB);

/** Days of a recipe, YYYY-MM-DD, the first and the last among them. */
export function daysOf({ from, to }: Pick<Recipe, 'from' | 'to'>): string[] {
  const first = Date.parse(from);
  const count = Math.round((Date.parse(to) - first) / 86_400_000) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) =>
    new Date(first + i * 86_400_000).toISOString().slice(0, 10),
  );
}
