/** A small judge of policies, strict about what it does not know: enough for the operators that these policies use. */
export type Context = Readonly<Record<string, string>>;

export interface Request {
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
}

type Json = Readonly<Record<string, unknown>>;

const list = (value: unknown): string[] => (Array.isArray(value) ? value : [value]) as string[];

function glob(pattern: string, value: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'i').test(value);
}

/** Values of the request for the variables in a policy's own: none here is absent. */
const filledIn = (value: string, context: Context): string =>
  value.replace(/\$\{([\w:/-]+)\}/g, (_, key: string) => context[key] ?? `\0${key}`);

function condition(operator: string, key: string, values: readonly string[], context: Context): boolean {
  const got = context[key];
  const any = (test: (value: string) => boolean): boolean => values.some(test);
  switch (operator) {
    case 'Null':
      return any((value) => (value === 'true') === (got === undefined));
    // ForAnyValue over a set of one value: no request of these tests carries more.
    case 'ArnEquals':
    case 'ArnLike':
    case 'ForAnyValue:StringLike':
    case 'StringLike':
      return got !== undefined && any((value) => glob(value, got));
    case 'ArnNotEquals':
    case 'ArnNotLike':
    case 'StringNotLike':
      return got === undefined || !any((value) => glob(value, got));
    case 'StringEquals':
    case 'Bool':
      return got !== undefined && values.includes(got);
    case 'DateLessThan':
      return got !== undefined && any((value) => Date.parse(got) < Date.parse(value));
    case 'DateGreaterThanEquals':
      return got !== undefined && any((value) => Date.parse(got) >= Date.parse(value));
    case 'ForAnyValue:StringEquals':
      return got !== undefined && values.includes(got);
    case 'ForAllValues:StringLike':
      return got === undefined || any((value) => glob(value, got));
    case 'ForAllValues:StringEquals':
      return got === undefined || values.includes(got);
    case 'ForAllValues:StringNotEquals':
    case 'StringNotEquals':
    case 'StringNotEqualsIfExists':
      return got === undefined || !values.includes(got);
    case 'BoolIfExists':
    case 'StringEqualsIfExists':
      return got === undefined || values.includes(got);
    case 'NumericLessThan':
      return got !== undefined && any((value) => Number(got) < Number(value));
    default:
      throw new Error(`got operator ${operator}, allowed those listed here; add it`);
  }
}

function matches(statement: Json, request: Request): boolean {
  const { Action, NotAction, Resource, NotResource, Condition } = statement;
  const action = (pattern: string): boolean => glob(pattern, request.action);
  const resource = (pattern: string): boolean => glob(pattern, request.resource);
  if (Action !== undefined && !list(Action).some(action)) return false;
  if (NotAction !== undefined && list(NotAction).some(action)) return false;
  if (Resource !== undefined && !list(Resource).some(resource)) return false;
  if (NotResource !== undefined && list(NotResource).some(resource)) return false;
  return Object.entries((Condition ?? {}) as Record<string, Json>).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) =>
      condition(
        operator,
        key,
        list(values).map((value) => filledIn(value, request.context)),
        request.context,
      ),
    ),
  );
}

/** Sids of the Deny statements that meet a request, and of the Allow statements: each lock can be asserted by itself. */
export function judge(policy: unknown, request: Request): { readonly denied: string[]; readonly allowed: string[] } {
  const statements = (policy as { Statement: Json[] }).Statement.filter((statement) => matches(statement, request));
  const sids = (effect: string): string[] =>
    statements.filter((statement) => statement['Effect'] === effect).map((statement) => String(statement['Sid']));
  return { denied: sids('Deny'), allowed: sids('Allow') };
}
