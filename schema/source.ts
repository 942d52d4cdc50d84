import { z } from 'zod';
import { roleArnSchema } from './role-arn';
import { referenceSchema, slugSchema } from './slug';

/** Fewest and most characters of a sentence that says why or what. */
const SENTENCE = { min: 20, max: 300 } as const;
const sentence = z.string().min(SENTENCE.min).max(SENTENCE.max);

/**
 * Types of a column, those of Athena that need no parameter. An array of texts stands for the many that JSON has.
 * @see https://docs.aws.amazon.com/athena/latest/ug/data-types.html (2026-11-25)
 */
export const COLUMN_TYPES = ['string', 'bigint', 'double', 'boolean', 'date', 'timestamp', 'array<string>'] as const;

const columnSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,62}$/, 'lower-case letters, digits and underscores, 1 to 63 characters')
    .describe('Name of the column, 1 to 63 lower-case letters, digits and underscores; each once.'),
  type: z
    .enum(COLUMN_TYPES)
    .describe("Type of the column in Athena's words. An array<string> holds any number of texts."),
});

const tableSchema = z.strictObject({
  format: z
    .enum(['json', 'parquet'])
    .describe('Form of the files below `table/`: lines of JSON, or Parquet. All of them have the same.'),
  columns: z.array(columnSchema).min(1).max(100).describe('Columns of the table, 1 to 100, each name once.'),
});

const id = slugSchema.describe(
  'Id of the source, 2 to 20 lower-case letters, digits and hyphens, by which grants name it. Contract: another id is another source, ' +
    'and a corpus of another id is another, empty bucket.',
);
const description = sentence.describe(
  `What it holds, in a sentence of ${SENTENCE.min} to ${SENTENCE.max} characters; whoever asks for a grant reads it.`,
);

export const corpusSchema = z.strictObject({
  kind: z
    .literal('corpus')
    .describe(
      "A shared corpus that holds no tenant's data: a bucket of the research account with a key of its own, 1 $ a month besides what it stores.",
    ),
  id,
  description,
  licence: sentence.describe(
    `Under which licence or contract it may be used, in a sentence of ${SENTENCE.min} to ${SENTENCE.max} characters. It is not enforced.`,
  ),
  importPrincipal: roleArnSchema.describe(
    'ARN of the one role that may assume the corpus’s `import` role, and so put and withdraw files; it reads none. In any account of the ' +
      'organisation; it must exist before the deploy.',
  ),
  table: tableSchema
    .optional()
    .describe(
      'The table by which Athena joins what lies below `table/` with what grants open. Default none: files below `objects/` alone.',
    ),
});

export const relationalSchema = z.strictObject({
  kind: z
    .literal('relational')
    .describe(
      "Tables of a database, read from a replica of somebody else's by a user whose password lies in Secrets Manager. The first one of an " +
        'environment adds an interface endpoint to the research VPC, about 7.30 $ a month and zone.',
    ),
  id,
  description,
  tenants: z
    .array(referenceSchema)
    .max(40)
    .describe(
      'Ids of the tenants whose rows the database user sees, each once, 0 to 40, none of them erased. A grant that names the source names ' +
        'all of them, and none of it is open unless all are active. [] needs holdsNoTenantData.',
    ),
  holdsNoTenantData: sentence
    .optional()
    .describe(
      `Why no row is a tenant's, in a sentence of ${SENTENCE.min} to ${SENTENCE.max} characters, where tenants is []. Default none: it holds theirs.`,
    ),
  secretArn: z
    .string()
    .max(160)
    .regex(
      /^arn:aws:secretsmanager:[a-z]{2}-[a-z]+-\d:\d{12}:secret:[\w/+=.@-]+-[A-Za-z0-9]{6}$/,
      'the ARN of a secret with its six random characters',
    )
    .describe(
      'ARN of the secret with host, user and password, at most 160 characters, its six random ones included: in the region, and in any ' +
        'account of the organisation but research, where a right alone would open it. PREREQUISITES.md has the policies that its owner ' +
        'attaches. Whoever read it knows the password until it is rotated.',
    ),
  keyArn: z
    .string()
    .regex(
      /^arn:aws:kms:[a-z]{2}-[a-z]+-\d:\d{12}:key\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
      'the ARN of a KMS key with its id',
    )
    .describe(
      "ARN of the KMS key that encrypts the secret, in the secret's account: a key of its owner's, not AWS's own.",
    ),
  cidrBlock: z
    .string()
    .regex(/^\d{1,3}(\.\d{1,3}){3}\/(2\d|3[0-2])$/, "an IPv4 block of /20 to /32 such as '10.60.4.0/26'")
    .describe(
      'IPv4 block of the replica, /20 to /32, private, without overlap with a VPC of an environment, clients or addresses of Services. It is ' +
        'reached over the transit gateway of network.connectedNetwork, by an address or by a name of RDS in the region, the only ones of ' +
        'a database that the DNS Firewall lets through.',
    ),
  port: z
    .number()
    .int()
    .min(1024)
    .max(65_535)
    .describe('TCP port of the replica, 1024 to 65535, such as 5432 of PostgreSQL or 3306 of MySQL.'),
});

/** In the schema and not among the rules between fields: a reason that is too short must not bring up a second fault that there is none. */
const relationalWithReason = relationalSchema.superRefine(({ tenants, holdsNoTenantData }, context) => {
  const add = (field: 'tenants' | 'holdsNoTenantData', message: string, remedy: string): void => {
    context.addIssue({ code: 'custom', path: [field], message, params: { remedy } });
  };
  if (tenants.length === 0 && holdsNoTenantData === undefined)
    add(
      'tenants',
      'at least 1 in the list where holdsNoTenantData says nothing',
      "name the tenants whose rows its user sees, or say why no row is a tenant's",
    );
  if (tenants.length > 0 && holdsNoTenantData !== undefined)
    add('holdsNoTenantData', 'allowed where tenants is []', 'remove it, or the tenants');
});

/** Something besides tenants' data that a grant may open: what a research team mixes with it. */
export const sourceSchema = z.discriminatedUnion('kind', [corpusSchema, relationalWithReason]);
export type SourceInput = z.input<typeof sourceSchema>;
export type Source = z.output<typeof sourceSchema>;
export type Corpus = z.output<typeof corpusSchema>;
export type RelationalSource = z.output<typeof relationalSchema>;
