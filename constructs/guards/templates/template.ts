/** A resource of a synthesized template, as plain JSON. */
export interface CfnTemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly Metadata?: Readonly<Record<string, unknown>>;
  readonly Condition?: string;
}

/** A synthesized CloudFormation template, as plain JSON. */
export interface CfnTemplate {
  readonly Resources?: Readonly<Record<string, CfnTemplateResource>>;
  readonly Parameters?: Readonly<Record<string, unknown>>;
  readonly Outputs?: Readonly<Record<string, unknown>>;
  readonly [section: string]: unknown;
}

/** What a template does not say of itself. */
export interface TemplateContext {
  /** The stack's name in CloudFormation (`stack.stackName`), not its path in the app. */
  readonly stackName: string;
  /** The account that it is deployed to, 12 digits. @default '000000000000' stands for it */
  readonly account?: string;
  /** Roles outside the template that exist before it is deployed, such as the ingest principal. @default none */
  readonly knownRoleArns?: ReadonlySet<string>;
}

export type Json = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What CloudFormation lets one write as a value or as a list of values. */
export const asList = (value: unknown): readonly unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? (value as unknown[]) : [value];

/** The value at a dotted path such as `BucketEncryption.ServerSideEncryptionConfiguration`. */
export function at(value: unknown, path: string): unknown {
  let current = value;
  for (const key of path.split('.')) {
    if (!isRecord(current)) return undefined;
    current = current[key];
  }
  return current;
}

/** One fault, in the one form that every guard has. */
export const fault = (stackName: string, place: string, got: string, allowed: string, remedy: string): string =>
  `${stackName}/${place}: got ${got}, allowed ${allowed}; ${remedy}`;

/** Fewest characters of a written reason: enough for a clause, too many for 'n/a'. */
const REASON_MIN_CHARACTERS = 20;

/** Whether a resource's metadata holds a written reason under a key: `atoll:reason` or `atoll:retired`. */
export function hasReason(resource: CfnTemplateResource, key: 'atoll:reason' | 'atoll:retired'): boolean {
  const reason = resource.Metadata?.[key];
  return typeof reason === 'string' && reason.trim().length >= REASON_MIN_CHARACTERS;
}
