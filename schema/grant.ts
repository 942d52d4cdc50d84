import { z } from 'zod';
import { tenantIdSchema } from './tenant';
import { DATA_CLASSES, PURPOSES } from './vocabulary';

/** At most this many days from `issued` to `expires`. */
export const GRANT_MAX_DAYS = 90;
/** About 60 tenants in one grant exceed a role's inline policy (10,240 characters): 40 leaves room. */
export const GRANT_MAX_TENANTS = 40;

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
    .describe('Id of the grant, by custom also the name of its file. Contract.'),
  team: z.string().describe('Id of a research team of the environment.'),
  people: z
    .array(z.email())
    .min(1)
    .max(50)
    .describe('E-mail addresses, as the sign-in knows them, of the only people who may use it.'),
  tenants: z
    .array(tenantIdSchema)
    .min(1)
    .max(GRANT_MAX_TENANTS)
    .describe(`Ids of the tenants it opens, 1 to ${GRANT_MAX_TENANTS}.`),
  classes: z
    .array(z.enum(DATA_CLASSES))
    .min(1)
    .describe('Data classes it opens; every tenant must have handed each over.'),
  purpose: z.enum(PURPOSES).describe('Why, from the closed list.'),
  justification: z.string().min(JUSTIFICATION_MIN_CHARACTERS).max(500).describe('Why, in a sentence.'),
  approver: z.email().describe('Who approved; not one of `people`.'),
  ticket: z
    .string()
    .regex(/^[A-Z][A-Z0-9]+-\d+$/, "a ticket such as 'DATA-123'")
    .describe('The ticket in which it was asked for and approved.'),
  issued: day.describe('First day, YYYY-MM-DD.'),
  expires: day.describe(`Last day, YYYY-MM-DD, at most ${GRANT_MAX_DAYS} days after issued; nothing opens after it.`),
});
export type GrantInput = z.input<typeof grantSchema>;
export type Grant = z.output<typeof grantSchema>;
