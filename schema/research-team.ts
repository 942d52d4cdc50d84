import { z } from 'zod';
import { teamMonthSchema } from './expected-month';
import { amount, wholeNumber, wholeNumberOr } from './number-field';
import { roleArnSchema } from './role-arn';
import { slugSchema } from './slug';

/** A team of the research cluster: a namespace, a queue, and what of the machines is guaranteed to it. */
export const researchTeamSchema = z.strictObject({
  id: slugSchema.describe(
    'Id of the team, 2 to 20 lower-case letters, digits and hyphens: its namespace is `research-<id>`. Contract: another id is ' +
      'another team, and the namespace with all its Jobs goes.',
  ),
  group: z
    .string()
    .regex(/^[\w.-]{3,64}$/, "a group name of the organisation's sign-in")
    .describe("Kubernetes group that the team's access entry maps to, 3 to 64 characters; of one team only."),
  roleArn: roleArnSchema.describe(
    "ARN of the IAM role that the team's people assume by the organisation's sign-in, in the research account; of one team only, and " +
      'no administrator or viewer of the research cluster. It must exist before the deploy.',
  ),
  cpu: wholeNumber(
    'vCPUs guaranteed to the team before it borrows; all guarantees together fit in the research pools. Guaranteed is not running.',
    { unit: 'vCPUs', min: 1, max: 5000 },
  ),
  memoryGiB: wholeNumber('Memory guaranteed to the team before it borrows.', { unit: 'GiB', min: 1, max: 50_000 }),
  gpus: wholeNumber(
    'GPUs guaranteed to the team before it borrows. Guaranteed is not running: an idle team costs nothing.',
    { unit: 'GPUs', min: 0, max: 512 },
  ),
  queryLimitGiB: wholeNumberOr(
    256,
    'Most data that one Athena query of the team may read; a query that would read more is cancelled, and what it read is paid.',
    { unit: 'GiB', min: 1, max: 65_536 },
  ),
  monthlyBudgetUsd: amount(
    "Budget of what carries the team's tag, so of its store and not of its machines: mails to alertEmail at 80 and 100 % of what was spent. " +
      'It stops nothing; the limits of the research pools do.',
    { unit: 'US dollars a month', min: 1, max: 1_000_000 },
  ),
  expectedMonth: teamMonthSchema
    .optional()
    .describe('What its people do in a usual month, for `atoll cost` alone. Default none: it is not known.'),
});
export type ResearchTeam = z.output<typeof researchTeamSchema>;
