import type { Finding } from '../finding';
import type { Context, Witness } from '../iam/query';

/** Which lock a question was about: identity and resource together, or one by itself. */
export type Lock = 'both' | 'identity' | 'resource' | 'endpoint' | 'guard rails';

const KEPT = {
  policy: "the resource's own policy still refuses it",
  account: 'the resource is in another account, which no policy of its own opens',
  nothing: 'the resource has no policy of its own that refuses',
} as const;
/** What still stands against a request that a role's own policies allow. */
export type Kept = keyof typeof KEPT;

const BY: Readonly<Record<Exclude<Lock, 'both'>, readonly [whose: string, left: string]>> = {
  identity: ["the identity's policies", ''],
  resource: ["the resource's policy", "policies of the identity's own account are all that is left"],
  endpoint: [
    'the policy of the endpoint',
    "the bucket's owner, who may be anybody, and the role's own policies are all that is left",
  ],
  'guard rails': ["the organisation's policies", 'policies of the account are all that is left'],
};

/**
 * What a request that should have been refused means. A role that is allowed by both locks is through; one that a single lock lets through is
 * held by the other alone.
 */
export function refusedFinding(
  lock: Lock,
  { subject, kept }: { readonly subject: string; readonly kept: Kept },
  witness: Witness,
  actions: readonly string[],
): Finding {
  const request = `${witness.as} may ${witness.action}${andMore(actions)} on ${witness.resource}${shown(witness.context)}`;
  if (lock === 'both') return { proof: 'isolation', kind: 'open', subject, message: `${request}, allowed: nobody` };
  const [whose, left] = BY[lock];
  // Nobody's policies but the resource's have a say in what a service does by itself, or somebody without a name.
  const isAlone =
    lock === 'resource' && (witness.principal.kind === 'service' || witness.principal.kind === 'anonymous');
  const rest = isAlone ? 'no other policy has a say' : lock === 'identity' ? KEPT[kept] : left;
  return {
    proof: 'isolation',
    kind: isAlone || (lock === 'identity' && kept === 'nothing') ? 'open' : 'one-lock-left',
    subject,
    message: `by ${whose} alone ${request}; ${rest}, allowed: nobody`,
  };
}

/** How many actions there are besides the first, which is told. */
export const andMore = ({ length }: readonly string[]): string =>
  length > 1 ? ` (and ${length - 1} more actions like it)` : '';

/** Keys by which a reader knows the request again. */
const TELLING =
  /^(?:aws:(?:principalarn|principaltag\/.*|sourcearn|vpceaccount|calledvia|currenttime|securetransport|sourceidentity|principalisawsservice)|kms:viaservice|kms:resourcealiases|s3:prefix|s3:x-amz-server-side-encryption.*)$/i;

function shown(context: Context): string {
  const kept = Object.entries(context).filter(([key]) => TELLING.test(key));
  return kept.length === 0 ? '' : ` with ${kept.map(([key, value]) => `${key}=${String(value)}`).join(', ')}`;
}
