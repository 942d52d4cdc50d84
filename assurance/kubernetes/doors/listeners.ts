import { type Rule, rule } from '../allowed';

export const HTTPS = 443;

/**
 * Policies without TLS 1.1, RSA key exchange or CBC; CloudFormation's default has all three.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/describe-ssl-policies.html (2026-11-26)
 */
export const STRONG_TLS: Rule = rule(
  'a policy of TLS 1.2 at least with forward secrecy and GCM',
  (value) =>
    typeof value === 'string' &&
    /^ELBSecurityPolicy-TLS13-1-(?:2-Res|3)-(?:FIPS-)?(?:PQ-2025-09|2021-06|2023-04)$/.test(value),
);

/** These attributes and no others, in any order. */
export function attributes(wanted: Readonly<Record<string, string>>): Rule {
  const texts = Object.entries(wanted).map(([Key, Value]) => JSON.stringify({ Key, Value }));
  const sorted = (all: readonly unknown[]): string => JSON.stringify(all.map((each) => JSON.stringify(each)).sort());
  return rule(
    `the attributes ${texts.join(', ')}`,
    (value) => Array.isArray(value) && sorted(value) === JSON.stringify([...texts].sort()),
  );
}
