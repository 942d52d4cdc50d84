import type { Output } from '../../../assurance/output/output';
import type { Fields, Mutation } from '../edits';
import { editStack } from '../edits';

/** Where a policy lies in a template. */
export interface PolicyPlace {
  readonly stack: string;
  /** Logical id of its resource. */
  readonly resource: string;
  /** Names and indexes from its properties to the document. */
  readonly path: readonly (string | number)[];
  readonly kind: 'identity' | 'resource' | 'trust';
}

const DOCUMENTS: readonly (readonly [type: string, path: readonly (string | number)[], kind: PolicyPlace['kind']])[] = [
  ['AWS::IAM::Role', ['AssumeRolePolicyDocument'], 'trust'],
  ['AWS::IAM::Role', ['Policies', 0, 'PolicyDocument'], 'identity'],
  ['AWS::IAM::ManagedPolicy', ['PolicyDocument'], 'identity'],
  ['AWS::S3::BucketPolicy', ['PolicyDocument'], 'resource'],
  ['AWS::KMS::Key', ['KeyPolicy'], 'resource'],
  ['AWS::SQS::QueuePolicy', ['PolicyDocument'], 'resource'],
  ['AWS::SNS::TopicPolicy', ['PolicyDocument'], 'resource'],
];

/** Every policy of a stack's resources of the given logical ids. */
export function policiesOf(output: Output, stack: string, wanted: (logicalId: string) => boolean): PolicyPlace[] {
  const found = output.stacks.find(({ id }) => id === stack);
  if (found === undefined) throw new Error(`got no stack '${stack}' to change`);
  return Object.entries(found.template().Resources).flatMap(([resource, { Type, Properties }]) =>
    wanted(resource)
      ? DOCUMENTS.filter(([type, path]) => type === Type && within(Properties, path) !== undefined).map(
          ([, path, kind]) => ({ stack, resource, path, kind }),
        )
      : [],
  );
}

const within = (value: unknown, path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((at, name) => (at as Readonly<Record<string, unknown>> | undefined)?.[name], value);

export function statementsAt(output: Output, { stack, resource, path }: PolicyPlace): Fields[] {
  const template = output.stacks.find(({ id }) => id === stack)?.template();
  return (within(template?.Resources[resource]?.Properties, path) as { Statement: Fields[] }).Statement;
}

/** The output with the statements of one policy changed. */
export const editStatements = (
  output: Output,
  { stack, resource, path }: PolicyPlace,
  edit: (statements: Fields[]) => void,
): Output =>
  editStack(output, stack, (draft) => {
    edit((within(draft.Resources[resource]?.Properties, path) as { Statement: Fields[] }).Statement);
  });

/** What can be done to a policy, statement by statement. */
export function statementMutations(
  output: Output,
  place: PolicyPlace,
  others: readonly (readonly [from: string, to: string])[],
): Mutation[] {
  return statementsAt(output, place).flatMap((statement, i) => {
    const sid = typeof statement['Sid'] === 'string' ? statement['Sid'] : String(i);
    const at = `${place.stack}/${place.resource}${place.kind === 'trust' ? ' trust' : ''}[${sid}]`;
    const make = (
      what: string,
      description: string,
      edit: (statements: Fields[], statement: Fields) => void,
    ): Mutation => ({
      id: `${at}: ${what}`,
      description,
      apply: (from) =>
        editStatements(from, place, (statements) => {
          edit(statements, statements[i] ?? {});
        }),
      expects: RELEVANT,
    });
    return [
      ...removals(statement, make),
      ...conditions(statement, make),
      ...widenings(statement, place, make),
      ...others.flatMap((other) => swaps(statement, other, make)),
    ];
  });
}

/** Every finding of the isolation proof names where or who; that it comes at all is what is asked. */
const RELEVANT = /^(?:open|one-lock-left|closed|not-understood) .+/;

type Make = (what: string, description: string, edit: (statements: Fields[], statement: Fields) => void) => Mutation;

function removals(statement: Fields, make: Make): Mutation[] {
  const what = statement['Effect'] === 'Deny' ? 'a missing deny' : 'a missing allow';
  return [
    make('removed', what, (statements, one) => {
      statements.splice(statements.indexOf(one), 1);
    }),
  ];
}

/** A dropped condition: of an Allow it opens; of a Deny it closes what should be open. */
function conditions(statement: Fields, make: Make): Mutation[] {
  const block = (statement['Condition'] ?? {}) as Record<string, Fields>;
  return Object.entries(block).flatMap(([operator, keys]) =>
    Object.keys(keys).map((key) =>
      make(`without ${operator} ${key}`, 'a dropped condition', (_, one) => {
        const inner = (one['Condition'] as Record<string, Fields>)[operator] ?? {};
        Reflect.deleteProperty(inner, key);
        if (Object.keys(inner).length === 0) Reflect.deleteProperty(one['Condition'] as Fields, operator);
      }),
    ),
  );
}

/** Of an Allow: every action of the service, every resource, every principal. Of a Deny: fewer. */
function widenings(statement: Fields, { kind }: PolicyPlace, make: Make): Mutation[] {
  const actions = [statement['Action'] ?? []].flat() as string[];
  const service = actions[0]?.split(':')[0];
  if (statement['Effect'] === 'Allow')
    return [
      ...(service === undefined || kind === 'trust'
        ? []
        : [
            make('every action of the service', 'a wildcard', (_, one) => {
              one['Action'] = `${service}:*`;
            }),
          ]),
      ...(kind === 'identity' && !hasWildcardOnly(statement)
        ? [
            make('every resource', 'a wildcard', (_, one) => {
              one['Resource'] = '*';
            }),
          ]
        : []),
      ...(kind === 'identity'
        ? []
        : [
            make('every principal', 'a wildcard for a principal', (_, one) => {
              one['Principal'] = kind === 'trust' ? { AWS: ACCOUNT_OF_SOMEBODY } : '*';
            }),
          ]),
    ];
  if (actions.length < 2) return [];
  return [
    make('without its first action', 'a deny that covers less', (_, one) => {
      one['Action'] = actions.slice(1);
    }),
  ];
}

const hasWildcardOnly = (statement: Fields): boolean => statement['Resource'] === '*';
/** An account that no environment has: a trust policy cannot name everyone and be read. */
const ACCOUNT_OF_SOMEBODY = 'arn:aws:iam::999999999999:root';

/** A swapped tenant or grant: the statement speaks of another one. */
function swaps(statement: Fields, [from, to]: readonly [string, string], make: Make): Mutation[] {
  if (!JSON.stringify(statement).includes(from)) return [];
  return [
    make(`${to} for ${from}`, 'a swapped name', (_, one) => {
      const changed = JSON.parse(JSON.stringify(one).replaceAll(from, to)) as Fields;
      Object.assign(one, changed);
    }),
  ];
}
