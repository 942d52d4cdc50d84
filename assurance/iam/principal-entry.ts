import { NotUnderstood } from './not-understood';

/** Whom one entry of `Principal` or `NotPrincipal` means. */
export type PrincipalEntry =
  | { readonly kind: 'everyone' }
  /** An account as a whole: it trusts that account's own policies. */
  | { readonly kind: 'account'; readonly account: string }
  /** A role, with every session of it, or a user. */
  | { readonly kind: 'identity'; readonly arn: string }
  | { readonly kind: 'session'; readonly account: string; readonly role: string; readonly session: string }
  | { readonly kind: 'service'; readonly service: string }
  | { readonly kind: 'federated'; readonly provider: string };

/** The account of an ARN of IAM's, or of the beginning of one that has it. */
export const accountOfIdentity = (arn: string): string | undefined => /^arn:aws:iam::(\d{12}):/.exec(arn)?.[1];

const ROOT = /^arn:aws:iam::(\d{12}):root$/;
const IDENTITY = /^arn:aws:iam::\d{12}:(?:role|user)\/[^*?]+$/;
const SESSION = /^arn:aws:sts::(\d{12}):assumed-role\/([^/*?]+)\/([^/*?]+)$/;
const PROVIDER = /^(?:arn:aws:iam::\d{12}:(?:saml|oidc)-provider\/[^*?]+|[a-z0-9.-]+)$/;

/**
 * Reads `Principal` or `NotPrincipal` (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html,
 * 2026-11-25).
 * @throws NotUnderstood naming a kind or an entry that the proof does not know. A canonical user is one: the account behind it shows
 * in no template.
 */
export function principalEntries(where: string, value: unknown): PrincipalEntry[] {
  if (value === '*') return [{ kind: 'everyone' }];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unknown(where, value);
  const entries = Object.entries(value).flatMap(([kind, names]) =>
    (Array.isArray(names) ? (names as unknown[]) : [names]).map((name) => entryOf(`${where}.${kind}`, kind, name)),
  );
  if (entries.length === 0) throw unknown(where, value);
  return entries;
}

function entryOf(where: string, kind: string, name: unknown): PrincipalEntry {
  if (typeof name !== 'string') throw unknown(where, name);
  if (kind === 'AWS') return awsEntry(where, name);
  if (kind === 'Service' && /^[a-z0-9.-]+$/.test(name)) return { kind: 'service', service: name };
  if (kind === 'Federated' && PROVIDER.test(name)) return { kind: 'federated', provider: name };
  throw unknown(where, name);
}

function awsEntry(where: string, name: string): PrincipalEntry {
  if (name === '*') return { kind: 'everyone' };
  const account = /^\d{12}$/.exec(name)?.[0] ?? ROOT.exec(name)?.[1];
  if (account !== undefined) return { kind: 'account', account };
  if (IDENTITY.test(name)) return { kind: 'identity', arn: name };
  const [, of, role, session] = SESSION.exec(name) ?? [];
  if (of !== undefined && role !== undefined && session !== undefined)
    return { kind: 'session', account: of, role, session };
  throw unknown(where, name);
}

const unknown = (where: string, got: unknown): NotUnderstood =>
  new NotUnderstood([
    `${where}: got ${JSON.stringify(got)}, allowed '*', or AWS with an account, a role, a user or a session, Service or Federated with a name`,
  ]);
