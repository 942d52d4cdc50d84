import { z } from 'zod';
import { referenceSchema } from './slug';
import { tenantIdSchema } from './tenant';
import { DATA_CLASSES, PURPOSES } from './vocabulary';

/** At most this many days from `issued` to `expires`. */
export const GRANT_MAX_DAYS = 90;
/** About 60 tenants in one grant exceed a role's inline policy (10,240 characters): 40 leaves room. */
const GRANT_MAX_TENANTS = 40;

/** A purpose is on a list; why this data and these people needs a sentence. */
export const JUSTIFICATION_MIN_CHARACTERS = 20;

const day = z.iso.date('a day as YYYY-MM-DD');

/** One grant: the only way a researcher's pod reads tenant data. */
export const grantSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'lower-case letters, digits and single hyphens')
    .min(3)
    .max(24)
    .describe(
      'Id of the grant, 3 to 24 lower-case letters, digits and single hyphens, by custom also the name of its file; its service account is ' +
        '`grant-<id>`. Contract: a renewal has a new id.',
    ),
  team: referenceSchema.describe('Id of a research team of the environment, in whose namespace it holds.'),
  people: z
    .array(z.email().max(254))
    .min(1)
    .max(50)
    .describe(
      'E-mail addresses, as the sign-in knows them, of the only people who may use it: 1 to 50, each once, in capitals or not.',
    ),
  tenants: z
    .array(tenantIdSchema)
    .min(1)
    .max(GRANT_MAX_TENANTS)
    .describe(`Ids of the tenants it opens, 1 to ${GRANT_MAX_TENANTS}, each once: active or suspended ones.`),
  classes: z
    .array(z.enum(DATA_CLASSES))
    .min(1)
    .describe('Data classes it opens, at least 1, each once; every tenant must have handed each over.'),
  purpose: z
    .enum(PURPOSES)
    .describe('Why, from the closed list: the only reasons for which research may read tenant data.'),
  justification: z
    .string()
    .min(JUSTIFICATION_MIN_CHARACTERS)
    .max(500)
    .describe(
      `Why this data and these people, in a sentence of ${JUSTIFICATION_MIN_CHARACTERS} to 500 characters beside blanks.`,
    ),
  approver: z.email().max(254).describe('E-mail address of who approved it; not one of `people`, in capitals or not.'),
  ticket: z
    .string()
    .regex(/^[A-Z][A-Z0-9]+-\d+$/, "a ticket such as 'DATA-123'")
    .describe(
      'The ticket in which it was asked for and approved; of no other grant of the environment, a renewal included.',
    ),
  issued: day.describe('First day, YYYY-MM-DD; not after the day on which it is added.'),
  expires: day.describe(`Last day, YYYY-MM-DD, at most ${GRANT_MAX_DAYS} days after issued; nothing opens after it.`),
});
export type GrantInput = z.input<typeof grantSchema>;
export type Grant = z.output<typeof grantSchema>;
