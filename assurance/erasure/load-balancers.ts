import { at, listOf, shown } from '../output/values';
import type { Case } from './case';

/** Attributes by which a load balancer writes down who called it, each under its prefix of names. */
const LOGS = /^(?:access_logs|connection_logs|health_check_logs)\./;

/**
 * A load balancer passes on what others hold, and keeps nothing while it writes no logs: those have callers' addresses and what they asked for,
 * in a bucket that it alone names.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#load-balancer-attributes (2026-11-26)
 */
export function judgeLoadBalancer(subject: Case): void {
  const written = listOf(subject.properties['LoadBalancerAttributes']).find((each) =>
    LOGS.test(String(at(each, 'Key'))),
  );
  if (written === undefined) subject.empty('passes on what others hold, and keeps nothing');
  else
    subject.report(
      'unnamed',
      `LoadBalancerAttributes: got ${shown(at(written, 'Key'))}, expected no logs: nobody erases who called from them`,
    );
}
