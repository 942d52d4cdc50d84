import type { Text } from './formula';
import type { Role } from './world';

/** Who makes a symbolic request. */
export interface Requester {
  readonly kind: 'identity' | 'service' | 'federated' | 'anonymous';
  /** For a reader. */
  readonly label: string;
  /** Of an identity. */
  readonly account: Text | undefined;
  /** Value of `aws:PrincipalArn` of an identity. */
  readonly arn: Text | undefined;
  /** Where policies of its own are known; others have all rights that they could. */
  readonly role: Role | undefined;
  /** Name of its session, where it has one. */
  readonly session: Text;
  /** Of a service, such as `s3.amazonaws.com`. */
  readonly service: Text | undefined;
  /** Of a federated requester. */
  readonly provider: string | undefined;
}
