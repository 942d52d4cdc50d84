import type { AuditOutput, AuditResource, GuardRailFile } from '../../../assurance/output/audit-account';
import type { Output } from '../../../assurance/output/output';
import type { Fields, Mutation } from '../edits';

/** Statements of the organisation's policies that hold a tenant's data; the others hold deploys, clusters and evidence. */
const HOLDS_DATA =
  /^(?:Buckets|Keys|GrantsOnKeys|Queues|Topics|Roles|RolesHandedOver|Logs)ByDeploysOnly$|^KeysEndByErasureOnly$|^TenantsLogsInNeedOnly$|^OfTheOrganisationOnly$/;

interface Statement extends Fields {
  Sid: string;
  Action: string | string[];
  Resource: string | string[];
  Condition?: Record<string, Fields>;
}

/** Faults in the organisation's policies and in the auditors' role. @param output of `mutatedEnvironment()` */
export function guardRailMutations(output: Output): Mutation[] {
  return [...railMutations(output), ...fileMutations(), ...auditorMutations()];
}

function railMutations(output: Output): Mutation[] {
  const rails = output.audits.flatMap((audit) => audit.guardRails());
  return rails
    .filter(({ name }) => !name.includes('-audit-'))
    .flatMap((rail) =>
      statementsOf(rail)
        .filter(({ Sid }) => HOLDS_DATA.test(Sid))
        .flatMap((statement) => statementMutations(rail.name, statement)),
    );
}

function statementMutations(rail: string, { Sid, Action, Condition = {} }: Statement): Mutation[] {
  const make = (
    what: string,
    description: string,
    edit: (statement: Statement, all: Statement[]) => void,
  ): Mutation => ({
    id: `${rail}[${Sid}]: ${what}`,
    description,
    apply: (output) =>
      editRail(output, rail, (statements) => {
        const found = statements.find((one) => one.Sid === Sid);
        if (found === undefined) throw new Error(`got no statement '${Sid}' to change`);
        edit(found, statements);
      }),
    expects: /^(?:one-lock-left|closed) /,
  });
  const actions = [Action].flat();
  return [
    make('removed', 'a missing deny', (one, all) => {
      all.splice(all.indexOf(one), 1);
    }),
    ...(actions.length < 2
      ? []
      : actions.map((action) =>
          make(`without ${action}`, 'a deny that covers less', (one) => {
            one.Action = actions.filter((other) => other !== action);
          }),
        )),
    ...Object.entries(Condition).flatMap(([operator, keys]) =>
      Object.keys(keys).map((key) =>
        make(`without ${operator} ${key}`, 'a dropped condition', (one) => {
          Reflect.deleteProperty((one.Condition ?? {})[operator] ?? {}, key);
          if (Object.keys((one.Condition ?? {})[operator] ?? {}).length === 0)
            Reflect.deleteProperty(one.Condition ?? {}, operator);
        }),
      ),
    ),
    ...('ArnNotLike' in Condition
      ? [
          make('everybody exempt', 'a wildcard for a principal', (one) => {
            one.Condition = { ...one.Condition, ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:*' } };
          }),
        ]
      : []),
    make('of another environment', 'a swapped resource', (one) => {
      const swapped = JSON.stringify(one.Resource)
        .replaceAll('sample', 'another')
        .replace('"*"', '"arn:aws:s3:::another"');
      one.Resource = JSON.parse(swapped) as Statement['Resource'];
    }),
  ];
}

function fileMutations(): Mutation[] {
  const make = (id: string, edit: (rails: GuardRailFile[]) => GuardRailFile[], expects: RegExp): Mutation => ({
    id: `guard rails: ${id}`,
    description: 'a policy that is not attached',
    apply: (output) => withAudit(output, (audit) => ({ ...audit, guardRails: () => edit([...audit.guardRails()]) })),
    expects,
  });
  const POLICIES = 'service-control-policy-sample-policies';
  return [
    make('none', () => [], /^one-lock-left /),
    make('the policies are not there', (all) => all.filter(({ name }) => name !== POLICIES), /^one-lock-left /),
    make(
      'the policies are of one account only',
      (all) => all.map((one) => (one.name === POLICIES ? { ...one, targets: one.targets.slice(1) } : one)),
      /^not-understood .+targets/,
    ),
    make(
      'no account of the environment has them',
      (all) => all.map((one) => ({ ...one, targets: ['999999999999'] })),
      /^one-lock-left /,
    ),
    {
      id: 'audit account: no output',
      description: 'something that the proof cannot read',
      apply: (output) => ({ ...output, audits: [] }),
      expects: /^not-understood .+audit account/,
    },
  ];
}

function auditorMutations(): Mutation[] {
  const make = (id: string, edit: (resources: AuditResource[]) => AuditResource[], expects: RegExp): Mutation => ({
    id: `auditors: ${id}`,
    description: 'an auditor who reads more than evidence',
    apply: (output) => withAudit(output, (audit) => ({ ...audit, resources: () => edit([...audit.resources()]) })),
    expects,
  });
  const allowed =
    (Action: string): ((resources: AuditResource[]) => AuditResource[]) =>
    (all) =>
      all.map((one) =>
        one.type === 'aws:iam/rolePolicy:RolePolicy'
          ? {
              ...one,
              inputs: {
                ...one.inputs,
                policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] },
              },
            }
          : one,
      );
  return [
    make('read every bucket', allowed('s3:GetObject'), /^one-lock-left .+atoll-audit-reader/),
    make('decrypt by every key', allowed('kms:Decrypt'), /^one-lock-left .+atoll-audit-reader/),
    make('read every log', allowed('logs:GetLogEvents'), /^one-lock-left .+atoll-audit-reader/),
    make(
      'a user beside them',
      (all) => [...all, { type: 'aws:iam/user:User', name: 'somebody', inputs: {} }],
      /^not-understood .+aws:iam\/user:User/,
    ),
  ];
}

const statementsOf = ({ document }: GuardRailFile): Statement[] => (document as { Statement: Statement[] }).Statement;

/** One of the organisation's policies, with other statements. */
export function editRail(output: Output, rail: string, edit: (statements: Statement[]) => void): Output {
  return withAudit(output, (audit) => {
    const changed = audit.guardRails().map((one) => {
      if (one.name !== rail) return one;
      const copy = structuredClone(one);
      edit(statementsOf(copy));
      return copy;
    });
    return { ...audit, guardRails: () => changed };
  });
}

const withAudit = (output: Output, change: (audit: AuditOutput) => AuditOutput): Output => ({
  ...output,
  audits: output.audits.map(change),
});
