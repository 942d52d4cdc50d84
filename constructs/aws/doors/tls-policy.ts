/**
 * TLS 1.3, and 1.2 with forward secrecy and GCM, post-quantum key exchange where the caller knows it. CloudFormation's own default is one of 2016
 * with TLS 1.0.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/describe-ssl-policies.html: what the console chooses (2026-11-26)
 */
export const TLS_POLICY = 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09';
