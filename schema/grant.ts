import { z } from 'zod';
import { referenceSchema } from './slug';
import { tenantIdSchema } from './tenant';
import { DATA_CLASSES, GRANT_WAYS, PURPOSES } from './vocabulary';

/** At most this many days from `issued` to `expires`. */
export const GRANT_MAX_DAYS = 90;
/**
 * Most tenants of one grant. With three classes and the longest names, 40 fill the 10 managed policies that a role takes
 * (test/constructs/aws/data-access/grant-sizes.test.ts).
 */
export const GRANT_MAX_TENANTS = 40;

/**
 * Most sources of one grant: five of either kind, of the longest names, fit beside the most tenants into the 10 managed policies of a role
 * (test/constructs/aws/data-access/grant-sizes.test.ts).
 */
export const GRANT_MAX_SOURCES = 5;

/**
 * Most people of a grant that opens sessions: the trust policy of its role names each, within 2,048 characters
 * (test/constructs/aws/data-access/grant-sizes.test.ts).
 */
export const SESSION_PEOPLE_MAX = 16;

/**
 * Most grants that name the same tenant: with the longest names, three classes and both ways, that many fill the 20 KB of the policy of its
 * bucket, beside three servers that have its models (test/constructs/aws/data-access/grant-sizes.test.ts).
 */
export const GRANTS_PER_TENANT_MAX = 4;

/**
 * Most grants that name the same corpus: that many, with the longest names and both ways, fit into the 20 KB of the policy of its bucket
 * (test/constructs/aws/data-access/grant-sizes.test.ts).
 */
export const GRANTS_PER_CORPUS_MAX = 18;

/** A purpose is on a list; why this data and these people needs a sentence. */
export const JUSTIFICATION_MIN_CHARACTERS = 20;

/**
 * A person is known by the name of the sign-in's session and by the source identity, which take no more.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html (2026-11-25)
 */
const SESSION_NAME_MAX_CHARACTERS = 64;

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
    .array(z.email().max(SESSION_NAME_MAX_CHARACTERS))
    .min(1)
    .max(50)
    .describe(
      'E-mail addresses, as the sign-in knows them and each of at most 64 characters, of the only people who may use it: 1 to 50, each once, ' +
        `in capitals or not; at most ${SESSION_PEOPLE_MAX} where ways has sessions.`,
    ),
  tenants: z
    .array(tenantIdSchema)
    .max(GRANT_MAX_TENANTS)
    .default([])
    .describe(
      `Ids of the tenants it opens, at most ${GRANT_MAX_TENANTS}, each once: active or suspended ones. Default none: it opens sources alone.`,
    ),
  classes: z
    .array(z.enum(DATA_CLASSES))
    .default([])
    .describe(
      'Data classes it opens, at least 1 where it has tenants, else none, each once; every tenant must have handed each over. Default none.',
    ),
  sources: z
    .array(referenceSchema)
    .max(GRANT_MAX_SOURCES)
    .default([])
    .describe(
      `Ids of the environment's sources that it opens besides, at most ${GRANT_MAX_SOURCES}, each once; at least 1 where it has no tenants. A ` +
        'relational source opens only if all of its tenants are among those of the grant. Default none.',
    ),
  ways: z
    .array(z.enum(GRANT_WAYS))
    .min(1)
    .default(['pods'])
    .describe(
      "By which ways it opens, each once. pods (default): Jobs that one of its people makes with the grant's service account. sessions: also a " +
        'role that one of its people assumes from their own sign-in with source identity, purpose and ticket; it reads from inside the ' +
        "research cluster's network only.",
    ),
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

export const MILLISECONDS_A_DAY = 86_400_000;

/** The first moment at which a grant opens nothing any more, as policies write it: midnight, UTC, after its last day. */
export function endOfGrant(grant: Pick<Grant, 'expires'>): string {
  return new Date(Date.parse(grant.expires) + MILLISECONDS_A_DAY).toISOString().replace('.000Z', 'Z');
}
