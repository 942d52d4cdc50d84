import type { Policy } from './policy';

/** Tags by key. */
export type Tags = Readonly<Record<string, string>>;

export interface Role {
  readonly arn: string;
  readonly name: string;
  /** Account, 12 digits. */
  readonly account: string;
  /** Stack and logical id, such as `prod-us-tenant-acme/Role`. */
  readonly where: string;
  readonly trust: Policy;
  /** Inline, attached by a policy resource, managed of the stacks' own and of AWS. */
  readonly policies: readonly Policy[];
  readonly boundary: Policy | undefined;
  readonly tags: Tags;
}

/** Service and kind of a resource that requests are about. */
export type ResourceKind =
  | 's3:bucket'
  | 'kms:key'
  | 'sqs:queue'
  | 'sns:topic'
  | 'logs:log-group'
  | 'ecr:repository'
  | 'lambda:function'
  | 'secretsmanager:secret'
  | 'athena:workgroup'
  | 'glue:catalog'
  | 'glue:database'
  | 'glue:table'
  | 'iam:role';

export interface Resource {
  readonly kind: ResourceKind;
  readonly arn: string;
  /** Any resource whose ARN begins with `arn` and goes on. @default - the one of this ARN */
  readonly any?: true;
  /** It is somebody else's: its account, tags and aliases are not known, and may be anything. @default - they are as they stand here */
  readonly foreign?: true;
  readonly name: string;
  readonly account: string;
  /** @default - none: its ARN names no region */
  readonly region: string;
  readonly where: string;
  /** Its own policies; for a role its trust policy. Empty where it has none. */
  readonly policies: readonly Policy[];
  readonly tags: Tags;
  /** ARN or name of the key under which it encrypts. @default - none of its own, or it encrypts nothing */
  readonly encryptedWith?: string | undefined;
  /** Of a key: its aliases, such as `alias/atoll/…`. */
  readonly aliases: readonly string[];
  /** Of a bucket: ARNs of whom it tells of its objects, `EventBridge` for the account's bus. @default - nobody */
  readonly notifies?: readonly string[];
  /** Of a queue: ARN of the queue that gets what nobody was done with. @default - none */
  readonly deadLettersTo?: string | undefined;
  /** Of a queue: ARNs of the queues whose dead letters it takes. @default - it is no queue */
  readonly deadLettersFrom?: readonly string[] | 'any';
}

/** Sends on whatever comes into a log group. */
export interface LogFilter {
  readonly where: string;
  /** Name of the group. */
  readonly logGroup: string;
}

/** Sends on whatever comes to a topic. */
export interface TopicSubscription {
  readonly where: string;
  /** ARN of the topic. */
  readonly topic: string;
  /** ARN or address. */
  readonly endpoint: string;
  /** ARN of the queue that gets what the endpoint refuses. */
  readonly deadLettersTo: string | undefined;
}

/** A pod of this service account in this namespace gets sessions of the role. */
export interface Association {
  readonly where: string;
  readonly role: string;
  readonly clusterArn: string;
  readonly clusterName: string;
  readonly namespace: string;
  readonly serviceAccount: string;
}

export interface Endpoint {
  readonly where: string;
  /** Value of `aws:SourceVpce`. */
  readonly id: string;
  readonly vpc: string;
  readonly account: string;
  readonly region: string;
  /** Such as `s3` or `ecr.api`. */
  readonly service: string;
  /** @default - one that allows everything */
  readonly policy: Policy | undefined;
}

/** Policies of an organisation over the accounts of the world: at each level something must allow, and nothing may deny. */
export interface GuardRails {
  readonly scps: readonly (readonly Policy[])[];
  readonly rcps: readonly (readonly Policy[])[];
}

/** All that decides about requests, as far as the templates of some stacks say it. */
export interface World {
  /** Accounts of the stacks. */
  readonly accounts: readonly string[];
  /** Id of the organisation, such as `o-exampleorg01`. @default - not known: `aws:PrincipalOrgID` is open */
  readonly organisation: string | undefined;
  readonly roles: ReadonlyMap<string, Role>;
  /** By ARN. */
  readonly resources: ReadonlyMap<string, Resource>;
  readonly associations: readonly Association[];
  readonly endpoints: readonly Endpoint[];
  readonly logFilters: readonly LogFilter[];
  readonly subscriptions: readonly TopicSubscription[];
  readonly guardRails: GuardRails | undefined;
}
